-- Believable orders of the default shop, as many as :orders, spread over three years up to :until.
-- Every figure is drawn from the order's own place in the row, so the same call makes the same orders.
-- Runs on a database that is migrated and has no order yet; nobody else may use it meanwhile.

set local synchronous_commit = off;
-- Neither the foreign keys nor the triggers are asked about each of millions of rows.
set local session_replication_role = replica;
set local work_mem = '128MB';
set local maintenance_work_mem = '512MB';

create function pg_temp.dice(n bigint, salt bigint) returns double precision language sql immutable
  as $$ select (hashint8extended(n, salt) & 2147483647) / 2147483648.0 $$;
create function pg_temp.pick(words text[], share double precision) returns text language sql immutable
  as $$ select words[1 + floor(share * cardinality(words))::integer] $$;
create function pg_temp.iso(at timestamptz) returns text language sql stable
  as $$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
create function pg_temp.pieces(word text) returns text[] language sql immutable
  as $$ select case when word ~ '[^a-z0-9]' then array[word, regexp_replace(word, '[^a-z0-9]+', '', 'g')]
    || regexp_split_to_array(word, '[^a-z0-9]+') else array[word] end $$;
create function pg_temp.identifier(word text) returns text[] language sql immutable
  as $$ select case when word is null then '{}' else pg_temp.pieces(word) || ('<' || reverse(word)) end $$;

-- Each order's life, decided once.
create temporary table drafts on commit drop as
with lives as (
  select n, (2000000 + n)::text as number, pg_temp.dice(n, 1) as fate,
    :until::timestamptz - interval '1 minute' * floor(1576800 * (1 - power(n / (:orders + 1.0), 0.8))) as old_at,
    :until::timestamptz - interval '1 minute' * floor(30000 * pg_temp.dice(n, 2)) as new_at,
    pg_temp.pick(array['Ann','Ben','Cleo','Dora','Émile','Finn','Grace','Hugo','Ines','Jörg','Kim','Lena','Max','Nora','Otis','Petra'], pg_temp.dice(n / 4, 3)) as first,
    pg_temp.pick(array['Smith','Jones','Brown','Taylor','Hopper','Müller','O''Brien','Garcia','Novak','Silva','Okafor','Tanaka','Ivanov','Dubois','Rossi','Larsen','Kowalski','Haddad','Nguyen','Lindqvist'], pg_temp.dice(n / 4, 4))
      || case when pg_temp.dice(n / 4, 5) < 0.3 then '-' || chr(65 + (n / 4 % 26)::integer) || chr(97 + (n / 104 % 26)::integer) || chr(97 + (n / 2704 % 26)::integer) else '' end as last,
    1 + floor(pg_temp.dice(n, 6) * pg_temp.dice(n, 7) * 5)::integer as line_count,
    case when pg_temp.dice(n, 8) < 0.70 then 'GBP' when pg_temp.dice(n, 8) < 0.95 then 'EUR' when pg_temp.dice(n, 8) < 0.99 then 'JPY' else 'KWD' end as currency,
    case when pg_temp.dice(n, 9) < 0.75 then 'card' when pg_temp.dice(n, 9) < 0.97 then 'wallet' else 'gift-card' end as method,
    case when pg_temp.dice(n, 10) < 0.8 then 'web' when pg_temp.dice(n, 10) < 0.97 then 'app' else 'phone' end as source,
    case when pg_temp.dice(n, 11) < 0.03 then 'SAVE' || (1 + n % 20) when pg_temp.dice(n, 11) < 0.031 then 'ONCE-' || n end as voucher
  from generate_series(1, :orders) as n
), kinds as (
  select *, case when fate < 0.82 then 'complete' when fate < 0.85 then 'returned' when fate < 0.89 then 'unpaid-cancelled'
      when fate < 0.92 then 'refunded' when fate < 0.945 then 'paid' when fate < 0.955 then 'part-shipped'
      when fate < 0.985 then 'authorised' else 'unpaid' end as life
  from lives
)
select n, number, life, first || ' ' || last as name,
  case when life = 'part-shipped' then greatest(line_count, 2) else line_count end as line_count, currency, method, source, voucher,
  lower(replace(replace(translate(first, 'Éö', 'eo'), ' ', ''), '''', '')) || '.'
    || lower(replace(replace(translate(last, 'ü', 'u'), '''', ''), '-', '')) || (n / 4 % 97)
    || '@' || pg_temp.pick(array['example.com','example.org','mail.example','post.example'], pg_temp.dice(n / 4, 12)) as email,
  date_trunc('milliseconds', case when life in ('paid','part-shipped','authorised','unpaid') and pg_temp.dice(n, 13) > 0.01 then new_at else old_at end) as placed_at,
  life in ('complete','returned','refunded','paid','part-shipped') as captured_some,
  life in ('complete','returned','part-shipped') as shipped_some,
  life in ('unpaid-cancelled','refunded') as is_cancelled,
  life in ('paid','part-shipped','authorised') and pg_temp.dice(n, 14) < 0.02 as held,
  life in ('refunded','paid','authorised') and pg_temp.dice(n, 15) < 0.01 as attention,
  interval '1 minute' * (5 + floor(600 * pg_temp.dice(n, 16) * pg_temp.dice(n, 17))) as until_paid,
  interval '1 minute' * (60 + floor(6000 * pg_temp.dice(n, 18) * pg_temp.dice(n, 19))) as until_shipped,
  'auth-' || n as reference, 'capture-' || n as capture_reference, 'ZX' || (700000000 + n) || 'GB' as tracking
from kinds;

create temporary table draft_lines on commit drop as
select d.n, d.number, d.placed_at, p - 1 as position, chr(64 + p) as line_id, item,
  pg_temp.pick(array['MUG','TEA','BOOK','LAMP','SOCK','BAG'], item % 6 / 6.0) || '-' || lpad(item::text, 4, '0') as sku,
  case when item % 3 = 0 then (5000000000000 + item)::text end as upc,
  pg_temp.pick(array['Blue','Red','Green','Black','White','Striped','Plain','Old'], item % 8 / 8.0) || ' '
    || pg_temp.pick(array['mug','tea','book','lamp','sock','bag'], item % 6 / 6.0) || ' no' || item as title,
  case when item % 10 < 3 then pg_temp.pick(array['acme','northwind','initech','hooli','umbrella','rare-goods'],
    power(pg_temp.dice(item, 23), 2)) end as partner,
  1 + floor(pg_temp.dice(d.n * 8 + p, 20) * 3)::integer as quantity,
  500 + item % 4500 as price,
  d.life, d.is_cancelled, d.shipped_some, d.captured_some
from drafts as d, generate_series(1, d.line_count) as p,
  lateral (select 1 + floor(5000 * power(pg_temp.dice(d.n * 8 + p, 21), 3))::integer as item) as chosen;
create index on draft_lines (n);
analyze drafts (n), draft_lines (n);

alter table draft_lines add column shipped integer, add column cancelled integer;
update draft_lines set
  shipped = case when life = 'part-shipped' and position > 0 then 0 when shipped_some then quantity else 0 end,
  cancelled = case when is_cancelled then quantity else 0 end;

create temporary table totals on commit drop as
select n, sum(quantity * price) + 500 as total, sum(quantity) as units, sum(shipped) as shipped,

  jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', line_id, 'sku', sku, 'upc', upc, 'title', title, 'quantity', quantity,
    'unitPrice', jsonb_build_object('exclTax', price, 'inclTax', price),
    'priceBreakdown', jsonb_build_array(jsonb_build_object('quantity', quantity, 'exclTax', price, 'inclTax', price)),
    'partner', partner, 'kind', 'physical', 'trackStock', true)) order by position) as placed_lines,
  jsonb_agg(jsonb_build_object('id', line_id,
    'status', case when shipped = quantity then 'Shipped' when cancelled > 0 then 'Cancelled'
      when captured_some then 'Being processed' else 'Pending' end,
    'allocated', quantity - shipped - cancelled, 'consumed', shipped,
    'passed', jsonb_strip_nulls(jsonb_build_object('Shipped', nullif(shipped, 0), 'Cancelled', nullif(cancelled, 0),
      'Returned', case when life = 'returned' and position = 0 then quantity end,
      'Settled', case when captured_some then quantity end))) order by position) as line_states,
  jsonb_agg(jsonb_build_object('id', line_id, 'quantity', shipped) order by position) filter (where shipped > 0) as parcel,
  min(quantity * price) filter (where position = 0) as first_price, min(quantity) filter (where position = 0) as first_units,
  string_agg(lower(sku) || ' ' || coalesce(upc, ''), ' ') as skus, string_agg(lower(title), ' ') as titles
from draft_lines group by n;
create index on totals (n);
analyze totals (n);

-- What each order comes to, beside its draft.
create temporary table lives on commit drop as
select d.*, total, units, shipped, placed_lines, line_states, parcel, first_price, first_units, skus, titles,
  placed_at + until_paid as paid_at, placed_at + until_paid + until_shipped as shipped_at,
  placed_at + until_paid + until_shipped + interval '9 days' as returned_at,
  case when is_cancelled then 'Cancelled' when life in ('complete','returned') then 'Complete'
    when captured_some then 'Being processed' else 'Pending' end as status,
  case life when 'complete' then 'paid' when 'paid' then 'paid' when 'part-shipped' then 'paid' when 'returned' then 'partly refunded'
    when 'refunded' then 'refunded' when 'authorised' then 'authorised' else 'unpaid' end as payment_status,
  case when is_cancelled then 'cancelled' when life = 'complete' then 'Shipped'
    when life = 'returned' and line_count = 1 then 'Returned'
    when life = 'returned' then 'Shipped, ' || first_units || ' of ' || units || ' Returned'
    when life = 'part-shipped' then shipped || ' of ' || units || ' Shipped' else 'none' end as shipping_summary,
  case when life in ('unpaid', 'unpaid-cancelled') then 0 else total end as authorised,
  case when captured_some then total else 0 end as captured,
  case life when 'refunded' then total when 'returned' then first_price else 0 end as refunded,
  case when is_cancelled then 0 else total end as owed
from drafts as d join totals as t using (n);
alter table lives add column shop_hash text, add column since timestamptz, add column updated timestamptz;
update lives set shop_hash = (select hash from shops limit 1),
  since = case when status = 'Complete' then shipped_at when life = 'refunded' then shipped_at
    when life = 'unpaid-cancelled' then placed_at + interval '14 days' when captured_some then paid_at else placed_at end,
  updated = case when life = 'returned' then returned_at when life in ('complete','part-shipped','refunded') then shipped_at
    when life = 'unpaid-cancelled' then placed_at + interval '14 days' when captured_some then paid_at else placed_at end;
analyze lives (n);

insert into orders (number, seq, version, status, payment_status, shipping_summary, on_hold, needs_attention,
  currency, total_excl_tax, total_incl_tax, authorised, captured, refunded, voided, pending, balance, units, owed,
  status_since, customer_name, customer_email, placed_at, updated_at, source, shop_hash, state)
select number, seq, seq, status, payment_status, shipping_summary, held, attention, currency, total, total,
  authorised, captured, refunded, 0, 0, owed - captured + case when captured >= owed then captured - owed else 0 end,
  case when is_cancelled then 0 else units end, owed, since, name, email, placed_at, updated, source, shop_hash,
  jsonb_build_object('value', jsonb_build_object('status', status, 'payment', 'idle', 'hold', case when held then 'held' else 'free' end),
  'context', jsonb_strip_nulls(jsonb_build_object(
    'placement', jsonb_build_object('number', number, 'currency', currency, 'placedAt', pg_temp.iso(placed_at), 'source', source,
      'customer', jsonb_build_object('name', name, 'email', email),
      'shippingAddress', jsonb_build_object('name', name, 'lines', jsonb_build_array((n % 300)::text || ' High Street'), 'city', 'Sometown', 'country', 'GB'),
      'lines', placed_lines, 'shipping', jsonb_build_object('code', 'standard', 'name', 'Standard', 'exclTax', 500, 'inclTax', 500),
      'discounts', case when voucher is null then '[]' else jsonb_build_array(jsonb_build_object('kind', 'deferred',
        'name', 'A voucher', 'voucher', voucher, 'exclTax', 0, 'inclTax', 0)) end,
      'surcharges', '[]'::jsonb, 'total', jsonb_build_object('exclTax', total, 'inclTax', total),
      'payments', jsonb_build_array(case when authorised = 0 then jsonb_build_object('gateway', 'offline', 'method', 'bank-transfer')
        else jsonb_build_object('gateway', 'sandbox', 'method', method) end), 'status', 'Pending'),
    'lines', line_states,
    'payments', jsonb_build_array(jsonb_build_object('id', 'p1', 'gateway', case when authorised = 0 then 'offline' else 'sandbox' end,
      'method', case when authorised = 0 then 'bank-transfer' else method end, 'reference', case when authorised > 0 then reference end,
      'requested', total, 'authorised', authorised, 'captured', captured, 'refunded', refunded, 'voided', 0)),
    'settledCharges', case when captured_some then '["shipping"]' else '[]' end::jsonb,
    'refundedCharges', case when life = 'refunded' then '["shipping"]' else '[]' end::jsonb,
    'movements', '[]'::jsonb, 'movementCount', (authorised > 0)::integer + captured_some::integer + (refunded > 0)::integer,
    'shipments', case when parcel is null then '[]' else jsonb_build_array(jsonb_build_object('id', number || '-s1', 'event', 'Shipped',
      'at', pg_temp.iso(shipped_at), 'lines', parcel, 'tracking', jsonb_build_object('carrier', 'Royal Mail', 'number', tracking))) end,
    'notes', '[]'::jsonb,
    'attention', case when attention then jsonb_build_array(jsonb_build_object('reason', 'capture-failed',
      'text', 'The capture was declined.', 'since', pg_temp.iso(placed_at))) else '[]' end,
    'hold', case when held then jsonb_build_object('reason', 'Address?', 'owner', 'Carol', 'since', pg_temp.iso(placed_at)) end,
    'statusSince', pg_temp.iso(since), 'placingFailed', false))
    || case when held then '{}' else '{"hold": null}' end::jsonb)
from (select *, 1 + (authorised > 0)::integer + 2 * captured_some::integer + shipped_some::integer
  + is_cancelled::integer + (life = 'refunded')::integer + 3 * (life = 'returned')::integer as seq from lives) as l
order by n;
insert into order_lines (order_number, position, line_id, sku, upc, title, partner, kind, quantity, placed_at, status, allocated, consumed, kept)
select number, position, line_id, sku, upc, title, partner, 'physical', quantity, placed_at,
  case when shipped = quantity then 'Shipped' when cancelled > 0 then 'Cancelled' when captured_some then 'Being processed' else 'Pending' end,
  quantity - shipped - cancelled, shipped, quantity - cancelled
from draft_lines order by n, position;

insert into order_search (number, customer, words)
select number, translate(lower(name), 'éöü', 'eou') || ' ' || email, array_to_tsvector(array(
  select distinct word from unnest(
    pg_temp.identifier(number) || pg_temp.identifier(case when authorised > 0 then reference end)
    || pg_temp.identifier(case when captured_some then capture_reference end)
    || pg_temp.identifier(case when refunded > 0 then 'refund-' || n end)
    || pg_temp.identifier(case when shipped_some then lower(tracking) end)
    || array['c:' || lower(currency), 's:' || source, 'm:' || case when authorised = 0 then 'bank-transfer' else method end,
      'g:' || case when authorised = 0 then 'offline' else 'sandbox' end]
    || case when voucher is null then '{}' else array['v:' || lower(voucher)] end
    || array(select unnest(pg_temp.pieces(w)) from unnest(regexp_split_to_array(translate(lower(name), 'éöü', 'eou'), ' ')
      || regexp_split_to_array(replace(replace(translate(lower(name), 'é', 'e'), 'ö', 'oe'), 'ü', 'ue'), ' ') || email
      || regexp_split_to_array(trim(skus), ' +')) as w)
    || array(select 't:' || w from unnest(regexp_split_to_array(titles, ' ')) as w)
  ) as word where word <> ''))
from lives order by n;

create temporary table happened on commit drop as
select number, seq, type, at, event, facts from lives, lateral (values
  (1, 'place', placed_at, jsonb_build_object('placement', jsonb_build_object('number', number, 'currency', currency)),
    case when authorised > 0 then '[]' else '[{"type":"order-placed"},{"type":"order-status","from":null,"to":"Pending"}]' end::jsonb),
  (case when authorised > 0 then 2 end, 'payment.authorised', placed_at, jsonb_build_object('key', number || '/1/authorise', 'reference', reference, 'amount', total),
    jsonb_build_array('{"type":"order-placed"}'::jsonb, '{"type":"order-status","from":null,"to":"Pending"}'::jsonb,
      jsonb_build_object('type', 'payment-event', 'event', 'Authorised', 'kind', 'authorise', 'payment', 'p1', 'gateway', 'sandbox', 'amount', total, 'reference', reference))),
  (case when captured_some then 3 end, 'take-payment', paid_at, '{}', '[]'),
  (case when captured_some then 4 end, 'payment.captured', paid_at, jsonb_build_object('key', number || '/2/capture', 'reference', capture_reference, 'amount', total),
    jsonb_build_array(jsonb_build_object('type', 'payment-event', 'event', 'Settled', 'kind', 'capture', 'payment', 'p1', 'gateway', 'sandbox', 'amount', total, 'reference', capture_reference),
      '{"type":"order-status","from":"Pending","to":"Being processed"}'::jsonb)),
  (case when shipped_some then 5 end, 'record-shipping-event', shipped_at, jsonb_build_object('event', 'Shipped', 'tracking', jsonb_build_object('number', tracking)),
    jsonb_build_array(jsonb_build_object('type', 'shipping-event', 'id', number || '-s1', 'event', 'Shipped', 'lines', parcel, 'tracking', jsonb_build_object('number', tracking)))
    || case when life = 'part-shipped' then '[]' else '[{"type":"order-status","from":"Being processed","to":"Complete"}]' end::jsonb),
  (case when life = 'returned' then 6 end, 'record-shipping-event', returned_at, '{"event":"Returned"}',
    jsonb_build_array(jsonb_build_object('type', 'shipping-event', 'id', number || '-s2', 'event', 'Returned', 'lines', jsonb_build_array(jsonb_build_object('id', 'A', 'quantity', first_units))))),
  (case when life = 'returned' then 7 end, 'refund', returned_at, '{"reason":"returned"}', '[]'),
  (case life when 'returned' then 8 when 'refunded' then 6 end, 'payment.refunded', updated, jsonb_build_object('key', number || '/3/refund', 'reference', 'refund-' || n, 'amount', refunded),
    jsonb_build_array(jsonb_build_object('type', 'payment-event', 'event', 'Refunded', 'kind', 'refund', 'payment', 'p1', 'gateway', 'sandbox', 'amount', refunded, 'reference', 'refund-' || n))),
  (case life when 'refunded' then 5 when 'unpaid-cancelled' then 2 end, case life when 'refunded' then 'cancel' else 'deadline' end, updated,
    case life when 'refunded' then '{"reason":"asked for"}' else '{"name":"unpaid"}' end::jsonb,
    jsonb_build_array(jsonb_build_object('type', 'order-status', 'from', case life when 'refunded' then 'Being processed' else 'Pending' end, 'to', 'Cancelled')))
) as e(seq, type, at, event, facts) where seq is not null;

insert into events (order_number, seq, event_id, type, at, actor_role, actor_name, outcome, event, facts, visible)
select number, seq, number || '-' || seq, type, at, role, name, 'accepted',
  event || jsonb_build_object('type', type, 'id', number || '-' || seq, 'at', pg_temp.iso(at), 'actor', jsonb_build_object('role', role, 'name', name)), facts, true
from happened, lateral (select case when type like 'payment.%' or type = 'deadline' then 'system' when type = 'place' then 'storefront' else 'clerk' end as role,
  case when type like 'payment.%' then 'gateway' when type = 'deadline' then 'clock' when type = 'place' then 'web' else 'Carol' end as name) as actor
order by number, seq;

insert into stays (order_number, seq, status, next_status, entered_at, left_at)
select number, seq, status, next_status, entered_at, at from (
  select number, seq, at, f ->> 'from' as status, f ->> 'to' as next_status, lag(at) over (partition by number order by seq) as entered_at
  from happened, jsonb_array_elements(facts) as f where f ->> 'type' = 'order-status') as moves
where entered_at is not null order by at;

insert into shipping_events (order_number, id, type, at, carrier, tracking_number, lines, event_seq)
select number, number || '-s1', 'Shipped', shipped_at, 'Royal Mail', tracking, parcel, 5 from lives where shipped_some;

insert into payment_ledger (order_number, event_seq, event, kind, amount, currency, at)
select number, 1, 'place', 'bill', total, currency, placed_at from lives
union all select number, seq, case life when 'refunded' then 'cancel' else 'deadline' end, 'unbill', total - owed, currency, updated
from (select *, case life when 'refunded' then 5 else 2 end as seq from lives where owed < total) as cancelled
union all select number, 8, 'payment.refunded', 'allow', refunded, currency, updated from lives where life = 'returned';
insert into payment_ledger (order_number, event_seq, event, kind, payment, gateway, amount, currency, key, reference, at)
select number, 2, 'Authorised', 'authorise', 'p1', 'sandbox', total, currency, number || '/1/authorise', reference, placed_at from lives where authorised > 0
union all select number, 4, 'Settled', 'capture', 'p1', 'sandbox', total, currency, number || '/2/capture', capture_reference, paid_at from lives where captured > 0
union all select number, case life when 'returned' then 8 else 6 end, 'Refunded', 'refund', 'p1', 'sandbox', refunded, currency, number || '/3/refund', 'refund-' || n, updated from lives where refunded > 0;

insert into stock_records (sku, in_stock, allocated)
select sku, 10000 + sum(quantity), sum(quantity - shipped - cancelled) from draft_lines group by sku;
insert into stock_ledger (sku, location, in_stock_delta, allocated_delta, cause, actor, at, in_stock, allocated)
select sku, location, in_stock, allocated, 'stocktake', 'import', :until::timestamptz, in_stock, allocated from stock_records;
insert into stock_allocations (order_number, line_id, sku, location, allocated, consumed)
select order_number, line_id, sku, 'main', allocated, consumed from order_lines where allocated + consumed > 0;

insert into tasks (order_number, task, reason, text, since, closed_at, closed_role, closed_name, closed_how)
select number, 't1', 'capture-failed', 'The capture was declined.', placed_at, null, null, null, null from lives where attention
union all select number, 't1', 'stuck', 'It stands where it is for longer than usual.', placed_at, paid_at, 'clerk', 'Carol', 'people'
from lives where not attention and n % 10 = 3;
