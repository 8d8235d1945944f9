import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Actor } from '../../machines/events';
import { Books, MOST_STOCK, type Shelf } from '../../machines/stock';
import { MAIN } from './locations';
import { getStock, type StockRecord } from './records';
import { lockShelves, readQueue } from './shelves';
import { writeBooks, type Mover } from './writing';

/** What a stocktake says of a record; what it leaves out stays as it is. */
export interface Stocktake {
  /** What was counted. */
  readonly inStock?: number;
  /** Null for none. */
  readonly lowStockThreshold?: number | null;
  readonly backorders?: boolean;
  /** Where it was counted. */
  readonly location?: string;
  /** Why, for the ledger. */
  readonly note?: string;
}

/** Goods that came in, or with a negative quantity were lost, without a count. */
export interface Adjustment {
  readonly quantity: number;
  readonly location?: string;
  readonly note?: string;
}

/** `impossible`: the record would hold less than nothing, or more than one can. `unknown`: there is no record. */
export type Adjusted =
  | { readonly outcome: 'adjusted'; readonly record: StockRecord }
  | { readonly outcome: 'impossible'; readonly inStock: number }
  | { readonly outcome: 'unknown' };

export type Removed =
  | { readonly outcome: 'removed' }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'in-use'; readonly allocated: number; readonly backordered: number };

function moverOf({ name: actor }: Actor, note?: string): Mover {
  return { actor, at: new Date().toISOString(), note };
}

async function makeRecord(trx: Knex, sku: string, location: string): Promise<void> {
  await trx('stock_records')
    .insert({ sku, location, in_stock: 0, allocated: 0 })
    .onConflict(['sku', 'location'])
    .ignore();
}

/** The books of one SKU, with those who may be served when so many units come in. */
async function booksOf(
  trx: Knex,
  sku: string,
  shelves: readonly Shelf[],
  gain: number,
): Promise<Books> {
  const free = shelves.reduce(
    (sum, { inStock, allocated }) => sum + Math.max(0, inStock - allocated),
    Math.max(0, gain),
  );
  const queue = free > 0 ? await readQueue(trx, new Map([[sku, free]]), '') : [];
  return new Books('', { shelves, queue });
}

function at(shelves: readonly Shelf[], location: string): Shelf | undefined {
  return shelves.find((shelf) => shelf.location === location);
}

/**
 * Sets what is in stock to what was counted, whatever is allocated; the ledger gets the difference, and
 * what there is more goes to the orders that wait, oldest first.
 */
export async function setStock(
  knex: Knex,
  sku: string,
  stocktake: Stocktake,
  actor: Actor,
): Promise<StockRecord> {
  const { inStock, lowStockThreshold, backorders, location = MAIN, note } = stocktake;
  return knex.transaction(async (trx) => {
    await makeRecord(trx, sku, location);
    const found = await lockShelves(trx, [sku]);
    await trx('stock_records')
      .where({ sku, location })
      .update({
        ...(lowStockThreshold !== undefined && { low_stock_threshold: lowStockThreshold }),
        ...(backorders !== undefined && { backorders }),
        updated_at: trx.fn.now(),
      });
    const shelves = found.map((shelf) =>
      shelf.location === location && lowStockThreshold !== undefined
        ? { ...shelf, threshold: lowStockThreshold }
        : shelf,
    );
    const counted = at(shelves, location) as Shelf;
    const difference = (inStock ?? counted.inStock) - counted.inStock;
    const books = await booksOf(trx, sku, shelves, difference);
    // What nobody counted is no stocktake for the ledger to tell of.
    if (inStock !== undefined) {
      books.enter(sku, location, { cause: 'stocktake', inStock: difference });
    }
    books.serve();
    const mover = moverOf(actor, note);
    const cause = `stocktake ${randomUUID()}`;
    await writeBooks(trx, books, { cause, mover: () => mover, counted: [counted] });
    return (await getStock(trx, sku)) as StockRecord;
  });
}

/** Adds to what is in stock, once for each id; the ledger has a row of it, and who waits is served, oldest first. */
export async function adjustStock(
  knex: Knex,
  sku: string,
  { quantity, location = MAIN, note }: Adjustment,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<Adjusted> {
  return knex.transaction(async (trx): Promise<Adjusted> => {
    if (quantity > 0) await makeRecord(trx, sku, location);
    const shelves = await lockShelves(trx, [sku]);
    const shelf = at(shelves, location);
    if (!shelf) return { outcome: 'unknown' };
    const cause = quantity > 0 ? 'receipt' : 'write-off';
    if (!(await isAdjusted(trx, sku, id))) {
      const inStock = shelf.inStock + quantity;
      if (inStock < 0 || inStock > MOST_STOCK) {
        return { outcome: 'impossible', inStock: shelf.inStock };
      }
      const books = await booksOf(trx, sku, shelves, quantity);
      books.enter(sku, location, { cause, inStock: quantity, event: id });
      books.serve(id);
      const mover = moverOf(actor, note);
      await writeBooks(trx, books, { cause: `${cause} ${id}`, mover: () => mover });
    }
    return { outcome: 'adjusted', record: (await getStock(trx, sku)) as StockRecord };
  });
}

async function isAdjusted(trx: Knex, sku: string, id: string): Promise<boolean> {
  const row = await trx('stock_ledger')
    .where({ sku, event_id: id })
    .whereIn('cause', ['receipt', 'write-off'])
    .first<object | undefined>('id');
  return row !== undefined;
}

/**
 * Ends a SKU's record at a location, or all of its records. While orders hold or wait for units of it,
 * nothing is done. Its ledger and the lines of orders stay.
 */
export async function removeStock(
  knex: Knex,
  sku: string,
  location: string | undefined,
  actor: Actor,
): Promise<Removed> {
  return knex.transaction(async (trx): Promise<Removed> => {
    const shelves = await lockShelves(trx, [sku]);
    const ending = shelves.filter((shelf) => (location ?? shelf.location) === shelf.location);
    if (ending.length === 0) return { outcome: 'unknown' };
    const allocated = ending.reduce((sum, shelf) => sum + shelf.allocated, 0);
    const record = await getStock(trx, sku);
    const backordered = ending.length === shelves.length ? (record?.backordered ?? 0) : 0;
    if (allocated + backordered > 0) return { outcome: 'in-use', allocated, backordered };
    const books = new Books('', { shelves: ending });
    for (const { location: where, inStock } of ending) {
      books.enter(sku, where, { cause: 'removal', inStock: -inStock });
    }
    const mover = moverOf(actor);
    await writeBooks(trx, books, { cause: `removal ${randomUUID()}`, mover: () => mover });
    const gone = ending.map((shelf) => shelf.location);
    await trx('stock_alerts')
      .where({ sku, closed_at: null })
      .whereIn('location', gone)
      .update({ closed_at: trx.fn.now() });
    await trx('stock_records').where({ sku }).whereIn('location', gone).delete();
    return { outcome: 'removed' };
  });
}
