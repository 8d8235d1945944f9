import type { Knex } from 'knex';

/** Vouchers and what became of them, number schemes that begin anew, and the age of kept answers. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table vouchers (
      -- Without blanks around it and in small letters: how people write it says nothing.
      code text primary key,
      written text not null,
      -- False for a code that came to be known with the single use of it.
      registered boolean not null,
      uses bigint check (uses between 0 and 1000000000),
      per_customer bigint check (per_customer between 1 and 1000000000),
      valid_from timestamptz(3),
      valid_until timestamptz(3),
      used bigint not null default 0 check (used >= 0),
      updated_at timestamptz(3) not null default now()
    ) with (fillfactor = 50);

    create table voucher_uses (
      id bigint generated always as identity primary key,
      code text not null references vouchers,
      -- Not a reference: a placing that was withdrawn is gone, and its use was given back.
      order_number text not null,
      customer text,
      at timestamptz(3) not null,
      given_back_at timestamptz(3)
    );
    create unique index voucher_uses_held on voucher_uses (order_number, code)
      where given_back_at is null;
    create index voucher_uses_by_customer on voucher_uses (code, customer)
      where given_back_at is null;

    -- Where the numbers of a scheme go on that begins anew each year or month.
    create table number_counters (
      scheme text primary key,
      next bigint not null check (next between 0 and 1000000000000000)
    );

    create index idempotency_keys_done on idempotency_keys (created_at) where state = 'done';
  `);
}
