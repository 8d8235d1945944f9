import type { Knex } from 'knex';

/** Orders, their lines, their history, and what became of each command. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table shops (
      hash text primary key,
      -- Not jsonb, which forgets the order of keys: a pipeline's statuses have one.
      "table" json not null,
      created_at timestamptz(3) not null default now()
    );

    create table orders (
      number text primary key,
      seq integer not null,
      version integer not null,
      status text not null,
      visible boolean not null
        generated always as (status not in ('(unplaced)', '(placing)', '(withdrawn)')) stored,
      payment_status text not null,
      shipping_summary text not null,
      on_hold boolean not null,
      needs_attention boolean not null,
      currency text not null,
      total_excl_tax bigint not null check (abs(total_excl_tax) <= 1000000000000),
      total_incl_tax bigint not null check (abs(total_incl_tax) <= 1000000000000),
      authorised bigint not null check (authorised >= captured),
      captured bigint not null check (captured >= refunded),
      refunded bigint not null check (refunded >= 0),
      voided bigint not null check (voided >= 0),
      pending bigint not null check (pending >= 0),
      balance bigint not null,
      customer_name text,
      customer_email text,
      placed_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      source text,
      shop_hash text not null references shops,
      state jsonb not null,
      -- What a program's number holds exactly: a row that could not be read would end every list it is in.
      constraint orders_readable
        check (greatest(authorised, voided, pending, abs(balance)) <= 9000000000000000)
    ) with (fillfactor = 80);
    create index orders_by_date on orders (placed_at desc, number) where visible;
    create index orders_by_status on orders (status, placed_at desc, number) where visible;
    create index orders_by_payment on orders (payment_status, placed_at desc, number) where visible;
    create index orders_on_hold on orders (placed_at desc, number) where on_hold;
    create index orders_needing_attention on orders (placed_at desc, number) where needs_attention;
    create index orders_by_email on orders (lower(customer_email));
    create index orders_by_prefix on orders (number text_pattern_ops);

    create table order_lines (
      order_number text not null references orders on delete cascade,
      position integer not null,
      line_id text not null,
      sku text not null,
      upc text,
      title text not null,
      partner text,
      kind text not null,
      quantity bigint not null check (quantity between 1 and 1000000),
      status text not null,
      allocated bigint not null check (allocated >= 0),
      consumed bigint not null check (consumed >= 0),
      primary key (order_number, line_id),
      check (allocated + consumed <= quantity)
    ) with (fillfactor = 80);
    create index order_lines_by_sku on order_lines (sku, order_number);
    create index order_lines_by_upc on order_lines (upc, order_number) where upc is not null;
    create index order_lines_by_partner on order_lines (partner, order_number) where partner is not null;

    create table events (
      id bigint generated always as identity primary key,
      order_number text not null references orders on delete cascade,
      seq integer not null,
      event_id text not null,
      type text not null,
      at timestamptz(3) not null,
      actor_role text not null,
      actor_name text not null,
      cause text,
      outcome text not null check (outcome in ('accepted', 'refused')),
      event jsonb not null,
      facts jsonb not null,
      refusal jsonb,
      -- False while the order is still being placed: nobody is told of it yet.
      visible boolean not null,
      -- The transaction that made it visible.
      txid xid8 not null default pg_current_xact_id(),
      unique (order_number, seq),
      unique (order_number, event_id)
    );
    create index events_in_commit_order on events (txid, id) where visible;

    -- For good: they outlive a placing that was withdrawn, whose number may then be used again.
    create table commands (
      order_number text not null,
      id text not null,
      type text not null,
      outcome text not null check (outcome in ('done', 'refused', 'pending')),
      seq integer not null,
      refusal jsonb,
      actor_role text not null,
      actor_name text not null,
      at timestamptz(3) not null,
      primary key (order_number, id)
    );

    -- Placings that came to nothing, by the event that ended them; the order itself is gone.
    create table withdrawals (
      order_number text not null,
      event_id text not null,
      seq integer not null,
      at timestamptz(3) not null,
      primary key (order_number, event_id)
    );

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% only grows: % is refused', tg_table_name, lower(tg_op)
        using errcode = 'restrict_violation';
    end $$;

    create function refuse_change_of_order() returns trigger language plpgsql as $$
    begin
      -- What belongs to a withdrawn placing goes with it; by then its order is gone already.
      if tg_op = 'DELETE' and not exists (select from orders where number = old.order_number) then
        return old;
      end if;
      raise exception '% of order % only grow: % is refused', tg_table_name, old.order_number, lower(tg_op)
        using errcode = 'restrict_violation';
    end $$;

    create function show_event_or_refuse_change() returns trigger language plpgsql as $$
    declare
      shown events := old;
    begin
      -- An event of the placing takes its place in the feed with the transaction that shows the order.
      shown.visible := true;
      shown.txid := pg_current_xact_id();
      if not old.visible and new is not distinct from shown then
        return new;
      end if;
      raise exception '% of order % only grow: % is refused', tg_table_name, old.order_number, lower(tg_op)
        using errcode = 'restrict_violation';
    end $$;

    create function refuse_deletion_of_order() returns trigger language plpgsql as $$
    begin
      raise exception 'order % was placed and stays', old.number using errcode = 'restrict_violation';
    end $$;

    create trigger orders_stay before delete on orders
      for each row when (old.visible) execute function refuse_deletion_of_order();
    create trigger orders_stay_all before truncate on orders execute function refuse_change();
    create trigger events_only_grow before delete on events
      for each row execute function refuse_change_of_order();
    create trigger events_are_only_shown before update on events
      for each row execute function show_event_or_refuse_change();
    create trigger events_only_grow_all before truncate on events execute function refuse_change();
  `);
}
