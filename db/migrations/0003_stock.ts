import type { Knex } from 'knex';

/** What is on the shelf, what is spoken for, and every change of either. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table stock_records (
      sku text primary key,
      in_stock bigint not null check (in_stock between 0 and 1000000000000),
      allocated bigint not null check (allocated between 0 and 1000000000000),
      low_stock_threshold bigint check (low_stock_threshold between 0 and 1000000000000),
      backorders boolean not null default false,
      version integer not null default 1,
      updated_at timestamptz(3) not null default now()
    ) with (fillfactor = 50);

    create table stock_ledger (
      id bigint generated always as identity primary key,
      sku text not null references stock_records,
      in_stock_delta bigint not null,
      allocated_delta bigint not null,
      cause text not null check (cause in ('stocktake', 'allocate', 'consume', 'release')),
      order_number text,
      event_id text,
      actor text not null,
      at timestamptz(3) not null,
      in_stock bigint not null,
      allocated bigint not null
    );
    create index stock_ledger_of_sku on stock_ledger (sku, id);
    create index stock_ledger_of_order on stock_ledger (order_number) where order_number is not null;

    create trigger stock_ledger_only_grows before update or delete on stock_ledger
      for each row execute function refuse_change();
    create trigger stock_ledger_only_grows_all before truncate on stock_ledger
      execute function refuse_change();
  `);
}
