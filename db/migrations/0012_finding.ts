import type { Knex } from 'knex';
import { fillSearch } from '../finding/fill';

/**
 * Orders are found on every axis without reading them all: a facet, the words people search for, and
 * what statistics add up.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create extension if not exists pg_trgm;

    alter table orders
      -- Units that are not cancelled, what the order costs now, and since when it stands where it does.
      add column units bigint not null default 0,
      add column owed bigint not null default 0,
      add column status_since timestamptz(3) not null default now(),
      -- Every axis with few values: one index finds all combinations, each in the order of a list.
      add column facet text[] not null generated always as (array[
        status,
        payment_status,
        case when shipping_summary like '% of %' then 'in progress' else shipping_summary end,
        case when on_hold then 'h' else '' end,
        case when needs_attention then 'a' else '' end,
        case when open_returns > 0 then 'r' else '' end
      ]) stored;

    alter table order_lines
      add column kept bigint not null default 0 check (kept between 0 and quantity),
      add column placed_at timestamptz(3) not null default now();

    update order_lines as l set
      placed_at = o.placed_at,
      kept = l.quantity - least(l.quantity, coalesce((
        select sum(p.value::bigint) from jsonb_array_elements(o.state -> 'context' -> 'lines') as s,
          jsonb_each_text(s -> 'passed') as p
        where s ->> 'id' = l.line_id
          and h."table" -> 'shippingEvents' -> p.key ->> 'means' = 'cancelled'), 0))
    from orders as o join shops as h on h.hash = o.shop_hash
    where o.number = l.order_number;

    -- What an order owes is its balance and its captures, but for one that was paid back in part.
    update orders as o set
      units = coalesce((select sum(kept)::bigint from order_lines where order_number = o.number), 0),
      owed = case when balance <> 0 then balance + captured - case when balance < 0 then refunded else 0 end
        else captured - refunded end,
      status_since = coalesce(nullif(o.state -> 'context' ->> 'statusSince', '')::timestamptz, o.placed_at);

    alter table order_lines alter column placed_at drop default;

    drop index orders_by_date, orders_by_status, orders_by_payment, orders_on_hold,
      orders_needing_attention, orders_with_open_returns, orders_by_email;
    create index orders_by_date on orders (placed_at desc, number)
      include (currency, status, units, owed, total_incl_tax) where visible;
    create index orders_by_facet on orders (facet, placed_at desc, number) where visible;
    create index orders_by_update on orders (facet, updated_at desc, number) where visible;
    create index orders_by_total on orders (facet, total_incl_tax desc, number) where visible;
    create index orders_by_stay on orders (status, status_since, number) where visible;
    create index order_lines_by_date on order_lines (placed_at) include (sku, kept, order_number);
    create index payment_ledger_by_date on payment_ledger (at) include (kind, amount, currency);

    -- What people type to find an order; it changes only when a reference or a tracking number comes in.
    create table order_search (
      number text primary key references orders on delete cascade,
      -- Name and e-mail without accents and in small letters, for any part of them.
      customer text not null,
      -- Words, and words of a kind such as t:mug of a title.
      words tsvector not null
    );
    alter table order_search alter column words set statistics 1000;
    create index order_search_by_word on order_search using gin (words);
    create index order_search_by_customer on order_search using gin (customer gin_trgm_ops);

    -- How long an order was in a status, once it has left it.
    create table stays (
      order_number text not null references orders on delete cascade,
      seq integer not null,
      status text not null,
      next_status text not null,
      entered_at timestamptz(3) not null,
      left_at timestamptz(3) not null,
      primary key (order_number, seq, status)
    );
    create index stays_by_date on stays (left_at) include (status, entered_at);

    insert into stays
    select order_number, seq, status, next_status, entered_at, at from (
      select e.order_number, e.seq, e.at, f.fact ->> 'from' as status, f.fact ->> 'to' as next_status,
        lag(e.at) over (partition by e.order_number order by e.seq, f.position) as entered_at
      from events as e, jsonb_array_elements(e.facts) with ordinality as f(fact, position)
      where f.fact ->> 'type' = 'order-status'
    ) as moves
    where entered_at is not null and status not like '(%)'
    on conflict do nothing;
  `);
  await fillSearch(knex);
}
