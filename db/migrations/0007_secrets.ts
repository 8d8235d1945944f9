import type { Knex } from 'knex';

/** What signs links; whoever reads this table can make them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table secrets (
      name text primary key,
      secret text not null,
      created_at timestamptz(3) not null default now()
    );
  `);
}
