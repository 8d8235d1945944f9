import type { Knex } from 'knex';

/** Endpoints that are told what happens to orders, and how far each has been told. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table webhook_endpoints (
      id uuid primary key default gen_random_uuid(),
      url text not null,
      description text not null default '',
      -- Types of webhooks; empty means all.
      events text[] not null default '{}',
      status text not null default 'active' check (status in ('active', 'paused', 'stopped')),
      -- Why it was paused or stopped, and by whom: people, failures, 410.
      why text,
      -- Sealed; the former one signs beside it until then.
      secret text not null,
      former_secret text,
      former_until timestamptz(3),
      -- Since when nothing has been delivered; null while deliveries go through.
      failing_since timestamptz(3),
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      check ((former_secret is null) = (former_until is null))
    );

    -- How far in the feed of events webhooks have been written for an endpoint. Beside the endpoint, so that
    -- whoever writes for it and whoever delivers to it do not wait for each other.
    create table webhook_cursors (
      endpoint uuid primary key references webhook_endpoints on delete cascade,
      cursor text not null
    );

    -- The last number that an endpoint was given for an order.
    create table webhook_sequences (
      endpoint uuid not null references webhook_endpoints on delete cascade,
      order_number text not null references orders on delete cascade,
      last integer not null,
      primary key (endpoint, order_number)
    );

    -- The row of the outbox by which it is sent now, where that is not the first: another is not to send it too.
    alter table deliveries add column sent_by uuid;
    create index deliveries_waiting on deliveries (kind, target) where settled_at is null;
  `);
}
