import type { Knex } from 'knex';

/** Requests: those we sent to gateways, and those that were sent to us under a key. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- For good: a gateway forgets its keys after a day.
    create table gateway_calls (
      key text primary key,
      order_number text not null,
      kind text not null check (kind in ('authorise', 'capture', 'refund', 'void')),
      payment text not null,
      gateway text not null,
      amount bigint not null check (amount between 1 and 1000000000000),
      currency text not null,
      -- sent: it may have reached the gateway; unreachable: it surely did not.
      status text not null check (status in ('sent', 'moved', 'declined', 'unreachable')),
      moved bigint,
      reference text,
      code text,
      message text,
      expires_at timestamptz(3),
      attempts integer not null default 0,
      created_at timestamptz(3) not null default now(),
      settled_at timestamptz(3)
    );
    create index gateway_calls_of_order on gateway_calls (order_number);
    create index gateway_calls_open on gateway_calls (created_at) where status = 'sent';

    create table idempotency_keys (
      scope text not null,
      key text not null,
      body_hash text not null,
      order_number text,
      state text not null check (state in ('running', 'done')),
      locked_until timestamptz(3) not null,
      status integer,
      headers jsonb,
      body jsonb,
      created_at timestamptz(3) not null default now(),
      primary key (scope, key)
    );
    create index idempotency_keys_by_age on idempotency_keys (created_at);

    create sequence order_numbers;
  `);
}
