import type { Knex } from 'knex';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';

interface Counts {
  readonly inStock: number;
  readonly allocated: number;
  /** In stock and not allocated; negative after a stocktake found less than is spoken for. */
  readonly net: number;
  readonly lowStockThreshold: number | null;
  /** Whether orders may wait for what is not there. */
  readonly backorders: boolean;
  /** True while net stock is at or below the threshold. */
  readonly low: boolean;
  readonly updatedAt: string;
}

/** What one location has of a SKU. */
export interface LocationStock extends Counts {
  readonly location: string;
  readonly name: string;
  /** Lower comes first. */
  readonly priority: number;
}

/**
 * A SKU's stock at all its locations together: the sums of its counters and of its thresholds, low where
 * one location is, and whether one of them lets orders wait.
 */
export interface StockRecord extends Counts {
  readonly sku: string;
  /** Units that orders wait for. */
  readonly backordered: number;
  /** By priority. */
  readonly locations: readonly LocationStock[];
}

interface Row extends Omit<LocationStock, 'net' | 'low'> {
  readonly sku: string;
  readonly backordered: number;
}

/** Records with their locations and who waits, of the SKUs that a query named `page` gives. */
const rowsOfPage = `
  select r.sku, r.location, l.name, l.priority, r.in_stock as "inStock", r.allocated,
    r.low_stock_threshold as "lowStockThreshold", r.backorders, r.updated_at as "updatedAt",
    (select coalesce(sum(waiting), 0)::bigint from stock_backorders as b
     where b.sku = r.sku and b.waiting > 0) as backordered
  from page join stock_records as r using (sku) join stock_locations as l on l.code = r.location
  order by r.sku, l.priority, r.location`;

function atLocation({ sku: _, backordered: __, ...row }: Row): LocationStock {
  const net = row.inStock - row.allocated;
  const low = row.lowStockThreshold !== null && net <= row.lowStockThreshold;
  return { ...row, net, low };
}

function together(rows: readonly Row[]): StockRecord {
  const [{ sku, backordered }] = rows as [Row];
  const locations = rows.map(atLocation);
  const total = (count: (at: LocationStock) => number) =>
    locations.reduce((sum, at) => sum + count(at), 0);
  const watched = locations.some(({ lowStockThreshold }) => lowStockThreshold !== null);
  const last = Math.max(...locations.map(({ updatedAt }) => Date.parse(updatedAt)));
  return {
    sku,
    inStock: total(({ inStock }) => inStock),
    allocated: total(({ allocated }) => allocated),
    net: total(({ net }) => net),
    backordered,
    lowStockThreshold: watched ? total(({ lowStockThreshold }) => lowStockThreshold ?? 0) : null,
    backorders: locations.some(({ backorders }) => backorders),
    low: locations.some(({ low }) => low),
    updatedAt: new Date(last).toISOString(),
    locations,
  };
}

function bySku(rows: readonly Row[]): StockRecord[] {
  const skus = new Map<string, Row[]>();
  for (const row of rows) skus.set(row.sku, [...(skus.get(row.sku) ?? []), row]);
  return [...skus.values()].map(together);
}

export async function getStock(knex: Knex, sku: string): Promise<StockRecord | undefined> {
  const { rows } = await knex.raw<{ rows: Row[] }>(
    `with page as (select ?::text as sku) ${rowsOfPage}`,
    [sku],
  );
  return bySku(rows)[0];
}

export interface StockFilter {
  /** Only SKUs of which a location is at or below its threshold, or only others. */
  readonly low?: boolean;
  /** How the sku begins. */
  readonly sku?: string;
  /** Only SKUs that are kept there. */
  readonly location?: string;
}

const isLow = 'bool_or(coalesce(in_stock - allocated <= low_stock_threshold, false))';

/** One page of the stock records, by sku. */
export async function listStock(
  knex: Knex,
  { low, sku, location }: StockFilter = {},
  page: Page = {},
): Promise<Paged<StockRecord>> {
  const limit = limitOf(page);
  const skus = knex('stock_records')
    .groupBy('sku')
    .orderBy('sku')
    .limit(limit + 1)
    .select('sku');
  if (low !== undefined) skus.havingRaw(low ? isLow : `not ${isLow}`);
  if (sku !== undefined) skus.whereRaw('starts_with(sku, ?)', [sku]);
  if (location !== undefined) skus.havingRaw('? = any(array_agg(location))', [location]);
  if (page.after !== undefined) skus.where('sku', '>', positionIn(page.after, 1)[0] as string);
  const { rows } = await knex.raw<{ rows: Row[] }>(`with page as (?) ${rowsOfPage}`, [skus]);
  return paged(bySku(rows), limit, ({ sku: last }) => [last]);
}
