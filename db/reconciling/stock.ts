import type { Knex } from 'knex';
import type { SharedRecords } from '../../machines/reconciling/shared';

type CounterOff = SharedRecords['counters'][number];
type HeldOff = SharedRecords['held'][number];

const SUMS = `
  select r.sku, r.location, r.in_stock, r.allocated,
    coalesce(sum(l.in_stock_delta), 0)::bigint as ledger_in_stock,
    coalesce(sum(l.allocated_delta), 0)::bigint as ledger_allocated
  from stock_records as r left join stock_ledger as l using (sku, location)
  group by r.sku, r.location`;

/** Every stock record that its ledger does not explain. */
export async function countersOff(knex: Knex): Promise<readonly CounterOff[]> {
  const { rows } = await knex.raw<{ rows: CounterOff[] }>(
    `select sku, location, in_stock as "inStock", allocated,
       ledger_in_stock as "ledgerInStock", ledger_allocated as "ledgerAllocated"
     from (${SUMS}) as sums
     where in_stock <> ledger_in_stock or allocated <> ledger_allocated
     order by sku, location`,
  );
  return rows;
}

/**
 * Every SKU whose records hold what neither the shelves' allocations nor the lines of the orders explain;
 * where only one of those is wrong, its order says so.
 */
export async function heldOff(knex: Knex): Promise<readonly HeldOff[]> {
  const { rows } = await knex.raw<{ rows: HeldOff[] }>(
    `with records as (select sku, sum(allocated)::bigint as held from stock_records group by sku),
       shelves as (select sku, sum(allocated)::bigint as held from stock_allocations group by sku),
       lines as (select sku, sum(allocated)::bigint as held from order_lines group by sku),
       counted as (
         select sku, coalesce(records.held, 0) as records, coalesce(shelves.held, 0) as shelves,
           coalesce(lines.held, 0) as lines
         from records full join shelves using (sku) full join lines using (sku))
     select sku, records, lines as orders from counted
     where records <> shelves and records <> lines order by sku`,
  );
  return rows;
}

/**
 * Brings a stock record and its ledger together by a row that says so: units allocated go back to what the
 * ledger says where the shelves' allocations say the same; otherwise the counters stay, for nobody but the
 * shelf knows better. False when there was nothing to bring.
 */
export async function bookCounters(
  knex: Knex,
  { sku, location }: Pick<CounterOff, 'sku' | 'location'>,
  { actor, note }: { readonly actor: string; readonly note: string },
): Promise<boolean> {
  return knex.transaction(async (trx) => {
    // Whoever moves stock holds the record meanwhile.
    await trx('stock_records').where({ sku, location }).forUpdate().first('sku');
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      `with off as (
         select sums.*, ledger_allocated = (
             select coalesce(sum(allocated), 0) from stock_allocations
             where sku = :sku and location = :location) as is_known
         from (${SUMS}) as sums
         where sku = :sku and location = :location
           and (in_stock <> ledger_in_stock or allocated <> ledger_allocated)
       ), back as (
         update stock_records as r set allocated = off.ledger_allocated, version = r.version + 1
         from off where r.sku = off.sku and r.location = off.location and is_known
       )
       insert into stock_ledger (sku, location, in_stock_delta, allocated_delta, cause, actor, note,
         at, in_stock, allocated)
       select sku, location, in_stock - ledger_in_stock,
         case when is_known then 0 else allocated - ledger_allocated end, 'reconcile', :actor,
         case when is_known and allocated <> ledger_allocated
           then concat(:note::text, ' (', allocated, ' were counted as allocated)') else :note end,
         now(), in_stock, case when is_known then ledger_allocated else allocated end
       from off`,
      { sku, location, actor, note },
    );
    return rowCount > 0;
  });
}

type WaitingLong = SharedRecords['waiting'][number];

const MOST = 100;

/** The oldest rows of the outbox that nobody has taken up since; at most 100. */
export async function waitingSince(knex: Knex, before: string): Promise<readonly WaitingLong[]> {
  return knex('outbox')
    .whereNull('started_at')
    .where('created_at', '<', before)
    .orderBy(['created_at', 'id'])
    .limit(MOST)
    .select<WaitingLong[]>({
      ...{ id: 'id', order: 'order_number', topic: 'topic', kind: 'kind', since: 'created_at' },
    });
}
