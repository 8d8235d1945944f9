import type { Knex } from 'knex';

/** What left the building, what money moved, and what is to be told. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table shipping_events (
      order_number text not null references orders on delete cascade,
      id text not null,
      type text not null,
      at timestamptz(3) not null,
      reference text,
      carrier text,
      tracking_number text,
      lines jsonb not null,
      event_seq integer not null,
      primary key (order_number, id)
    );
    create index shipping_events_by_tracking on shipping_events (tracking_number)
      where tracking_number is not null;

    create table payment_ledger (
      id bigint generated always as identity primary key,
      order_number text not null references orders on delete cascade,
      event_seq integer not null,
      -- The shop's own word for it.
      event text not null,
      kind text not null check (kind in ('authorise', 'capture', 'refund', 'void')),
      payment text not null,
      gateway text not null,
      amount bigint not null check (amount between 1 and 9000000000000000),
      currency text not null,
      key text unique,
      reference text,
      at timestamptz(3) not null,
      lines jsonb,
      charges jsonb,
      reason text
    );
    create index payment_ledger_of_order on payment_ledger (order_number, id);
    create index payment_ledger_by_reference on payment_ledger (reference) where reference is not null;

    create trigger payment_ledger_only_grows before update or delete on payment_ledger
      for each row execute function refuse_change_of_order();
    create trigger payment_ledger_only_grows_all before truncate on payment_ledger
      execute function refuse_change();

    create function keep_money_in_bounds() returns trigger language plpgsql as $$
    declare
      broken record;
    begin
      select order_number, authorised, captured, refunded into broken
      from (
        select order_number,
          coalesce(sum(amount) filter (where kind = 'authorise'), 0) as authorised,
          coalesce(sum(amount) filter (where kind = 'capture'), 0) as captured,
          coalesce(sum(amount) filter (where kind = 'refund'), 0) as refunded
        from payment_ledger
        where order_number in (select order_number from added)
        group by order_number
      ) as sums
      where captured > authorised or refunded > captured
      limit 1;
      if found then
        raise exception 'the ledger of order % would have % authorised, % captured, % refunded',
          broken.order_number, broken.authorised, broken.captured, broken.refunded
          using errcode = 'check_violation', constraint = 'payment_ledger_in_bounds';
      end if;
      return null;
    end $$;

    -- Once per statement, when all its rows are in: an offline capture brings its authorisation along.
    create trigger payment_ledger_in_bounds after insert on payment_ledger
      referencing new table as added
      for each statement execute function keep_money_in_bounds();

    create table outbox (
      id uuid primary key default gen_random_uuid(),
      order_number text not null references orders on delete cascade,
      seq integer not null,
      topic text not null,
      kind text not null,
      cause text not null,
      payload jsonb not null,
      created_at timestamptz(3) not null default now(),
      started_at timestamptz(3),
      unique (order_number, kind, cause)
    );
    create index outbox_waiting on outbox (created_at, id) where started_at is null;
  `);
}
