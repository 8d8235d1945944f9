import type { Knex } from 'knex';

/** Store credit: accounts, and every movement between what is free, held for orders, and spent. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table credit_accounts (
      code text primary key,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      holder text not null,
      created_at timestamptz(3) not null default now()
    );

    -- What was decided under each key, for good: a movement in the ledger, or a decline.
    create table credit_requests (
      key text primary key,
      kind text not null check (kind in ('grant', 'authorise', 'capture', 'refund', 'void')),
      order_number text,
      -- The request as it was asked; another one under the key is a mistake.
      asked text not null,
      code text,
      message text,
      at timestamptz(3) not null default now(),
      check ((code is null) = (message is null))
    );

    create table credit_ledger (
      id bigint generated always as identity primary key,
      account text not null references credit_accounts,
      -- rest: what a final capture leaves of a hold.
      kind text not null check (kind in ('grant', 'authorise', 'capture', 'refund', 'void', 'rest')),
      taken_from text not null,
      given_to text not null,
      amount bigint not null check (amount between 1 and 1000000000000),
      key text unique references credit_requests,
      reference text not null unique,
      authorisation text,
      order_number text,
      payment text,
      reason text,
      actor text,
      at timestamptz(3) not null default now(),
      check ((kind, taken_from, given_to) in (
        ('grant', 'shop', 'available'), ('authorise', 'available', 'held'),
        ('capture', 'held', 'spent'), ('refund', 'spent', 'available'),
        ('void', 'held', 'available'), ('rest', 'held', 'available'))),
      check ((kind = 'rest') = (key is null)),
      check ((kind = 'grant') = (authorisation is null)),
      check ((kind = 'grant') = (order_number is null)),
      check ((kind = 'authorise') = (authorisation is not distinct from reference)),
      unique (reference, account),
      foreign key (authorisation, account) references credit_ledger (reference, account)
    );
    create index credit_ledger_of_account on credit_ledger (account, id);
    create index credit_ledger_of_authorisation on credit_ledger (authorisation);
    create index credit_ledger_of_order on credit_ledger (order_number, id);

    create trigger credit_ledger_only_grows before update or delete on credit_ledger
      for each row execute function refuse_change();
    create trigger credit_ledger_only_grows_all before truncate on credit_ledger
      execute function refuse_change();

    create function credit_balance(of_account text)
      returns table (granted bigint, available bigint, held bigint, spent bigint)
      language sql stable as $$
      with sides as (
        select given_to as side, amount, kind from credit_ledger where account = of_account
        union all
        select taken_from, -amount, kind from credit_ledger where account = of_account
      )
      select coalesce(sum(amount) filter (where kind = 'grant' and side = 'available'), 0)::bigint,
        coalesce(sum(amount) filter (where side = 'available'), 0)::bigint,
        coalesce(sum(amount) filter (where side = 'held'), 0)::bigint,
        coalesce(sum(amount) filter (where side = 'spent'), 0)::bigint
      from sides
    $$;

    -- What became of one authorisation: still held, taken, and given back.
    create function credit_hold(of_authorisation text)
      returns table (held bigint, captured bigint, refunded bigint)
      language sql stable as $$
      select coalesce(sum(case when given_to = 'held' then amount
          when taken_from = 'held' then -amount else 0 end), 0)::bigint,
        coalesce(sum(amount) filter (where kind = 'capture'), 0)::bigint,
        coalesce(sum(amount) filter (where kind = 'refund'), 0)::bigint
      from credit_ledger where authorisation = of_authorisation
    $$;

    create function keep_credit_in_bounds() returns trigger language plpgsql as $$
    declare
      balance record;
      hold record;
    begin
      -- Whoever writes without asking first still takes turns, and the sums below see who went before.
      perform from credit_accounts where code = new.account for no key update;
      select * into balance from credit_balance(new.account);
      select * into hold from credit_hold(new.authorisation);
      if least(balance.available, balance.held, balance.spent, hold.held) < 0
          or hold.refunded > hold.captured then
        raise exception 'the account % would have % available, % held, % spent',
          new.account, balance.available, balance.held, balance.spent
          using errcode = 'check_violation', constraint = 'credit_in_bounds';
      end if;
      return null;
    end $$;

    create trigger credit_in_bounds after insert on credit_ledger
      for each row execute function keep_credit_in_bounds();
  `);
}
