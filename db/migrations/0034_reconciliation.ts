import type { Knex } from 'knex';

/** A stock ledger whose sums were wrong is brought to its counters by a row that says so. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table stock_ledger drop constraint stock_ledger_cause_check;
    alter table stock_ledger add constraint stock_ledger_cause_check
      check (cause in ('stocktake', 'receipt', 'write-off', 'removal', 'allocate', 'consume',
        'release', 'expire', 'restock', 'reconcile'));
  `);
}
