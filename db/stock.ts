import type { Knex } from 'knex';
import type { Actor } from '../machines/events';
import { limitOf, paged, positionIn, type Page, type Paged } from './cursor';

export interface StockRecord {
  readonly sku: string;
  readonly inStock: number;
  readonly allocated: number;
  /** In stock and not allocated; negative after a stocktake found less than is spoken for. */
  readonly net: number;
  readonly lowStockThreshold: number | null;
  /** Whether more may be allocated than is in stock. */
  readonly backorders: boolean;
  /** True while net stock is at or below the threshold. */
  readonly low: boolean;
  readonly updatedAt: string;
}

/** What a stocktake says of a record; what it leaves out stays as it is. */
export interface Stocktake {
  readonly inStock: number;
  /** Null for none. */
  readonly lowStockThreshold?: number | null;
  readonly backorders?: boolean;
}

const columns = {
  sku: 'sku',
  inStock: 'in_stock',
  allocated: 'allocated',
  lowStockThreshold: 'low_stock_threshold',
  backorders: 'backorders',
  updatedAt: 'updated_at',
};

type Row = Omit<StockRecord, 'net' | 'low'>;

function shown(row: Row): StockRecord {
  const net = row.inStock - row.allocated;
  const low = row.lowStockThreshold !== null && net <= row.lowStockThreshold;
  return { ...row, net, low };
}

/** Sets what is in stock to what was counted, whatever is allocated; the ledger gets the difference. */
export async function setStock(
  knex: Knex,
  sku: string,
  stocktake: Stocktake,
  actor: Actor,
): Promise<StockRecord> {
  const { inStock, lowStockThreshold, backorders } = stocktake;
  return knex.transaction(async (trx) => {
    await trx('stock_records')
      .insert({ sku, in_stock: 0, allocated: 0 })
      .onConflict('sku')
      .ignore();
    const before = await trx('stock_records').where({ sku }).forUpdate().first<Row>(columns);
    await trx('stock_ledger').insert({
      sku,
      in_stock_delta: inStock - before.inStock,
      allocated_delta: 0,
      cause: 'stocktake',
      actor: actor.name,
      at: trx.fn.now(),
      in_stock: inStock,
      allocated: before.allocated,
    });
    const [after] = await trx('stock_records')
      .where({ sku })
      .update({
        in_stock: inStock,
        ...(lowStockThreshold !== undefined && { low_stock_threshold: lowStockThreshold }),
        ...(backorders !== undefined && { backorders }),
        version: trx.raw('version + 1'),
        updated_at: trx.fn.now(),
      })
      .returning<Row[]>(returned);
    return shown(after as Row);
  });
}

const returned = Object.entries(columns).map(([name, column]) => `${column} as ${name}`);

export async function getStock(knex: Knex, sku: string): Promise<StockRecord | undefined> {
  const row = await knex('stock_records').where({ sku }).first<Row | undefined>(columns);
  return row && shown(row);
}

export interface StockFilter {
  /** Only records at or below their threshold, or only others. */
  readonly low?: boolean;
  /** How the sku begins. */
  readonly sku?: string;
}

const isLow = 'coalesce(in_stock - allocated <= low_stock_threshold, false)';

/** One page of the stock records, by sku. */
export async function listStock(
  knex: Knex,
  { low, sku }: StockFilter = {},
  page: Page = {},
): Promise<Paged<StockRecord>> {
  const limit = limitOf(page);
  const query = knex('stock_records')
    .orderBy('sku')
    .limit(limit + 1)
    .select<Row[]>(columns);
  if (low !== undefined) query.whereRaw(low ? isLow : `not ${isLow}`);
  if (sku !== undefined) query.whereRaw('starts_with(sku, ?)', [sku]);
  if (page.after !== undefined) query.where('sku', '>', positionIn(page.after, 1)[0] as string);
  const rows = (await query) as Row[];
  return paged(rows.map(shown), limit, ({ sku: last }) => [last]);
}

/** One change of a stock record's counters, and what they were after it. */
export interface StockChange {
  readonly id: number;
  readonly sku: string;
  readonly inStockDelta: number;
  readonly allocatedDelta: number;
  readonly cause: 'stocktake' | 'allocate' | 'consume' | 'release' | 'restock';
  readonly orderNumber: string | null;
  readonly eventId: string | null;
  readonly actor: string;
  readonly at: string;
  readonly inStock: number;
  readonly allocated: number;
}

/** One page of a record's ledger, newest first. */
export async function stockLedger(
  knex: Knex,
  sku: string,
  page: Page = {},
): Promise<Paged<StockChange>> {
  const limit = limitOf(page);
  const query = knex('stock_ledger')
    .where({ sku })
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .select<StockChange[]>({
      id: 'id',
      sku: 'sku',
      inStockDelta: 'in_stock_delta',
      allocatedDelta: 'allocated_delta',
      cause: 'cause',
      orderNumber: 'order_number',
      eventId: 'event_id',
      actor: 'actor',
      at: 'at',
      inStock: 'in_stock',
      allocated: 'allocated',
    });
  if (page.after !== undefined) query.where('id', '<', idIn(page.after));
  return paged((await query) as StockChange[], limit, ({ id }) => [String(id)]);
}

function idIn(cursor: string): number {
  const id = Number(positionIn(cursor, 1)[0]);
  return Number.isSafeInteger(id) ? id : 0;
}
