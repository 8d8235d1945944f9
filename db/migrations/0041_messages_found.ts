import type { Knex } from 'knex';

/** Messages of all orders are listed newest first, those that were not sent found at once, and those to an address. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index outbox_messages on outbox (created_at, id) where topic = 'message';
    create index messages_not_sent on messages (status) where status <> 'sent';
    create index messages_to on messages (lower(recipient));
  `);
}
