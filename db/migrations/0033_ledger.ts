import type { Knex } from 'knex';

/**
 * The payment ledger in double entry: each row moves its amount from one account of the order to another,
 * what the order costs is in it too, and an order's row says nothing that its ledger does not.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger payment_ledger_in_bounds on payment_ledger;
    drop function keep_money_in_bounds;

    alter table payment_ledger drop constraint payment_ledger_kind_check;
    alter table payment_ledger add constraint payment_ledger_kind_check
      check (kind in ('authorise', 'capture', 'refund', 'void', 'bill', 'unbill', 'allow', 'disallow'));
    alter table payment_ledger
      alter column payment drop not null,
      alter column gateway drop not null,
      -- Money moves on a payment; what an order costs is no payment's.
      add constraint payment_ledger_on_payment check (
        (kind in ('authorise', 'capture', 'refund', 'void')) = (payment is not null)
        and (payment is null) = (gateway is null)),
      -- The account that the amount comes to, and the one that it leaves.
      add column debit text not null generated always as (case kind
        when 'authorise' then 'held' when 'capture' then 'taken'
        when 'refund' then 'payer' when 'void' then 'payer'
        when 'bill' then 'owed' when 'allow' then 'sales'
        when 'disallow' then 'allowances' else 'sales' end) stored,
      add column credit text not null generated always as (case kind
        when 'authorise' then 'payer' when 'capture' then 'held'
        when 'refund' then 'taken' when 'void' then 'held'
        when 'unbill' then 'owed' when 'allow' then 'allowances' else 'sales' end) stored;

    -- Orders of an earlier release: what they were billed, less what they do not owe any more, and what
    -- was given back of what they still owe.
    insert into payment_ledger (order_number, event_seq, event, kind, amount, currency, at)
    select number, 1, 'place', kind, amount, currency, at
    from orders, lateral (values
      ('bill', greatest(total_incl_tax, owed), placed_at),
      ('unbill', greatest(total_incl_tax, owed) - owed, updated_at),
      ('allow', owed - captured + refunded - balance, updated_at),
      ('disallow', balance + captured - owed - refunded, updated_at)) as b (kind, amount, at)
    where amount > 0
    order by number, at;

    -- Every figure of an order's money, from its ledger and from nothing else.
    create function order_figures(number text) returns table (owed bigint, authorised bigint,
      captured bigint, refunded bigint, voided bigint, held bigint, balance bigint)
    language sql stable as $$
      select f.owed, f.authorised, f.captured, f.refunded, f.voided,
        f.authorised - f.captured - f.voided, f.owed - f.allowed - (f.captured - f.refunded)
      from (
        select
          coalesce(sum(case kind when 'bill' then amount when 'unbill' then - amount end), 0)::bigint as owed,
          coalesce(sum(case kind when 'allow' then amount when 'disallow' then - amount end), 0)::bigint as allowed,
          coalesce(sum(amount) filter (where kind = 'authorise'), 0)::bigint as authorised,
          coalesce(sum(amount) filter (where kind = 'capture'), 0)::bigint as captured,
          coalesce(sum(amount) filter (where kind = 'refund'), 0)::bigint as refunded,
          coalesce(sum(amount) filter (where kind = 'void'), 0)::bigint as voided
        from payment_ledger where order_number = order_figures.number
      ) as f
    $$;

    create function check_order_figures(of_order text) returns void language plpgsql as $$
    declare
      said record;
      booked record;
    begin
      select o.owed, o.authorised, o.captured, o.refunded, o.voided, o.balance into said
      from orders as o where o.number = of_order;
      if not found then return; end if;
      select f.owed, f.authorised, f.captured, f.refunded, f.voided, f.balance into booked
      from order_figures(of_order) as f;
      if said is distinct from booked then
        raise exception 'order % would say % of its money (owed, authorised, captured, refunded, voided, balance), its ledger %',
          of_order, said, booked
          using errcode = 'check_violation', constraint = 'orders_as_booked';
      end if;
    end $$;

    create function check_ledger() returns trigger language plpgsql as $$
    declare
      broken record;
    begin
      select * into broken
      from (
        select order_number, payment,
          coalesce(sum(amount) filter (where kind = 'authorise'), 0) as authorised,
          coalesce(sum(amount) filter (where kind = 'capture'), 0) as captured,
          coalesce(sum(amount) filter (where kind = 'refund'), 0) as refunded,
          coalesce(sum(amount) filter (where kind = 'void'), 0) as voided
        from payment_ledger
        where order_number in (select order_number from added) and payment is not null
        group by order_number, payment
      ) as sums
      where captured + voided > authorised or refunded > captured
      limit 1;
      if found then
        raise exception 'payment % of order % would have % authorised, % captured, % refunded, % voided',
          broken.payment, broken.order_number, broken.authorised, broken.captured, broken.refunded,
          broken.voided
          using errcode = 'check_violation', constraint = 'payment_ledger_in_bounds';
      end if;
      perform check_order_figures(order_number) from (select distinct order_number from added) as a;
      return null;
    end $$;

    create function check_order() returns trigger language plpgsql as $$
    begin
      perform check_order_figures(new.number);
      return null;
    end $$;

    -- When the whole statement is written: a commit writes rows and order together, in any order.
    create trigger payment_ledger_in_bounds after insert on payment_ledger
      referencing new table as added
      for each statement execute function check_ledger();
    create trigger orders_placed_as_booked after insert on orders
      for each row execute function check_order();
    create trigger orders_as_booked after update on orders
      for each row when ((old.owed, old.authorised, old.captured, old.refunded, old.voided, old.balance)
        is distinct from (new.owed, new.authorised, new.captured, new.refunded, new.voided, new.balance))
      execute function check_order();
  `);
}
