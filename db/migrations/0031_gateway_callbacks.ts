import type { Knex } from 'knex';

/** What gateways told of their own accord, each telling once, and whether its order is known. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table gateway_callbacks (
      gateway text not null,
      id text not null,
      kind text not null check (kind in ('authorise', 'capture', 'refund', 'void')),
      outcome text not null check (outcome in ('moved', 'declined')),
      -- As the gateway said it: it knows neither for a movement that was made elsewhere.
      key text,
      order_number text,
      reference text not null,
      authorisation text not null,
      amount bigint not null,
      currency text not null,
      news jsonb not null,
      created_at timestamptz(3) not null default now(),
      -- When it was handed to the outbox of its order; null while no such order is known.
      matched_at timestamptz(3),
      primary key (gateway, id)
    );
    create index gateway_callbacks_unmatched on gateway_callbacks (created_at) where matched_at is null;
  `);
}
