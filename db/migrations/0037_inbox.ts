import type { Knex } from 'knex';

/** What partners said, each message once for good, and what became of it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table partner_inbox (
      partner text not null references partners,
      -- The partner's own id of the message; a repetition has the same.
      id text not null,
      -- Counts messages as they arrived.
      place bigint not null generated always as identity,
      via text not null check (via in ('callback', 'feed')),
      type text not null,
      -- Null for what could not be read: the same id may come again, and be read.
      order_number text,
      -- As it came; what is no JSON at all as a text.
      said jsonb not null,
      received_at timestamptz(3) not null default now(),
      -- Sent again by the partner so often.
      repeated integer not null default 0,
      -- What came under the same id and said something else; it counts for nothing.
      other jsonb,
      -- waiting: not tried yet; parked: the order cannot take it yet.
      status text not null default 'waiting'
        check (status in ('waiting', 'parked', 'done', 'refused')),
      why text,
      refusal jsonb,
      -- Its place in the order's history.
      seq integer,
      -- Counts the commands that were made of it: one that was refused can be tried anew.
      round integer not null default 1,
      -- The order's version that it was parked on; null where there was no order.
      parked_on integer,
      tries integer not null default 0,
      next_at timestamptz(3) not null default now(),
      -- Somebody has it in hand until then.
      claimed_until timestamptz(3),
      settled_at timestamptz(3),
      primary key (partner, id),
      check ((status in ('done', 'refused')) = (settled_at is not null)),
      check (order_number is not null or status = 'refused')
    );
    create index partner_inbox_open on partner_inbox (next_at) where settled_at is null;
    create index partner_inbox_open_of_order on partner_inbox (order_number) where settled_at is null;
    create index partner_inbox_log on partner_inbox (partner, received_at desc, id);
  `);
}
