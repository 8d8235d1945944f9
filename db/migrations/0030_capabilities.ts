import type { Knex } from 'knex';

/** What a gateway lets be done with an authorisation, as it said when it was made. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`alter table gateway_calls add column can jsonb`);
}
