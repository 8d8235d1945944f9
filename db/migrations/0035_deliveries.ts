import type { Knex } from 'knex';

/** What was sent to webhooks and partners, with each attempt; and tasks that belong to no order. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A test of a webhook is about no order.
    alter table outbox alter column order_number drop not null;

    -- One for each row of the outbox that is posted, or dropped as a file, from when it is first written.
    create table deliveries (
      id uuid primary key references outbox on delete cascade,
      kind text not null check (kind in ('webhook', 'partner')),
      -- The id of the webhook endpoint, or the partner's code.
      target text not null,
      order_number text references orders on delete cascade,
      type text not null,
      -- Counts what this target was told of this order; null for what is about none.
      sequence integer check (sequence >= 1),
      -- As sent, byte for byte, at every attempt.
      body text not null,
      status text not null default 'waiting'
        check (status in ('waiting', 'delivered', 'failed', 'stopped')),
      attempts integer not null default 0,
      why text,
      created_at timestamptz(3) not null default now(),
      -- When it is tried again, while it waits.
      next_at timestamptz(3),
      settled_at timestamptz(3),
      check ((status = 'waiting') = (settled_at is null)),
      unique (kind, target, order_number, sequence)
    );
    create index deliveries_of_target on deliveries (kind, target, created_at desc, id);
    create index deliveries_of_order on deliveries (order_number, created_at);

    create table delivery_attempts (
      delivery uuid not null references deliveries on delete cascade,
      attempt integer not null,
      at timestamptz(3) not null default now(),
      took_ms integer,
      -- The HTTP status; null where nothing answered, or for a file.
      status integer,
      -- The beginning of what was answered.
      excerpt text,
      why text,
      primary key (delivery, attempt)
    );

    create table house_tasks (
      id uuid primary key default gen_random_uuid(),
      reason text not null,
      -- What it is about: a webhook endpoint, a partner.
      about text not null,
      text text not null,
      since timestamptz(3) not null default now(),
      closed_at timestamptz(3),
      closed_role text,
      closed_name text,
      closed_how text check (closed_how in ('people', 'itself')),
      note text,
      check ((closed_at is null) = (closed_how is null))
    );
    create unique index house_tasks_open on house_tasks (reason, about) where closed_at is null;
  `);
}
