import type { Knex } from 'knex';

/** What partners said, each message once for good, and what became of it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table partner_inbox (
      partner text not null references partners,
      -- The partner's own id of the message; a repetition has the same.
      id text not null,
      via text not null check (via in ('callback', 'feed')),
      type text not null,
      order_number text not null,
      said jsonb not null,
      received_at timestamptz(3) not null default now(),
      -- Sent again by the partner so often.
      repeated integer not null default 0,
      -- waiting: not tried yet; parked: the order cannot take it yet.
      status text not null default 'waiting'
        check (status in ('waiting', 'parked', 'done', 'refused')),
      why text,
      refusal jsonb,
      -- Its place in the order's history.
      seq integer,
      tries integer not null default 0,
      next_at timestamptz(3) not null default now(),
      -- Somebody has it in hand until then.
      claimed_until timestamptz(3),
      settled_at timestamptz(3),
      primary key (partner, id),
      check ((status in ('done', 'refused')) = (settled_at is not null))
    );
    create index partner_inbox_open on partner_inbox (next_at) where settled_at is null;
    create index partner_inbox_open_of_order on partner_inbox (order_number) where settled_at is null;
    create index partner_inbox_log on partner_inbox (partner, received_at desc, id);
  `);
}
