import type { Knex } from 'knex';

/** Batches: one command for many orders, chosen once, and what became of it at each. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table batches (
      id text primary key,
      -- Not jsonb, which forgets the order of keys: a command may bring a table.
      command json not null,
      -- How the orders were chosen: { "filter" } or { "numbers" }, as it was asked.
      chosen jsonb not null,
      actor_role text not null,
      actor_name text not null,
      created_at timestamptz(3) not null default now(),
      cancelled_at timestamptz(3),
      cancelled_name text
    );
    create index batches_by_date on batches (created_at desc, id);

    create table batch_orders (
      batch text not null references batches on delete cascade,
      position integer not null,
      order_number text not null,
      -- running: it may have been sent; pending: its order has it, and its money is on the way.
      outcome text not null default 'waiting' check (outcome in
        ('waiting', 'running', 'done', 'pending', 'refused', 'failed', 'cancelled')),
      refusal jsonb,
      why text,
      tries integer not null default 0,
      at timestamptz(3),
      primary key (batch, position),
      unique (batch, order_number)
    ) with (fillfactor = 80);
    create index batch_orders_by_outcome on batch_orders (batch, outcome, position);
  `);
}
