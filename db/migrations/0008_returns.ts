import type { Knex } from 'knex';

/** Returned units go back to the shelf; orders with a return that people still work on are found. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table stock_ledger drop constraint stock_ledger_cause_check;
    alter table stock_ledger add constraint stock_ledger_cause_check
      check (cause in ('stocktake', 'allocate', 'consume', 'release', 'restock'));

    alter table orders add column open_returns integer not null default 0 check (open_returns >= 0);
    create index orders_with_open_returns on orders (placed_at desc, number)
      where open_returns > 0 and visible;
  `);
}
