import type { Knex } from 'knex';
import type { Books, Shelf } from '../../machines/stock';
import { OUTBOX_CHANNEL } from '../commits/notice';
import { runParts, type Part } from '../commits/statement';
import { alertParts } from './alerts';
import { insert, part } from './parts';

/** Who moved the stock, when (ISO 8601), and why. */
export interface Mover {
  readonly actor: string;
  readonly at: string;
  readonly note?: string;
}

export interface Writing {
  /** This change's alone: orders that it serves are told under it, once. */
  readonly cause: string;
  readonly mover: (event?: string) => Mover;
  /** Records that were counted, whether or not the count differed. */
  readonly counted?: readonly Shelf[];
}

const counters = { sku: 'text', location: 'text', in_stock: 'bigint', allocated: 'bigint' };
const entry = {
  ...{ sku: 'text', location: 'text', cause: 'text', in_stock_delta: 'bigint' },
  ...{ allocated_delta: 'bigint', order_number: 'text', event_id: 'text', actor: 'text' },
  ...{ at: 'timestamptz', note: 'text', in_stock: 'bigint', allocated: 'bigint' },
};
const hold = {
  ...{ order_number: 'text', line_id: 'text', sku: 'text', location: 'text' },
  ...{ allocated: 'bigint', consumed: 'bigint' },
};
const joined = {
  ...{ order_number: 'text', line_id: 'text', sku: 'text', quantity: 'bigint' },
  ...{ waiting: 'bigint', placed_at: 'timestamptz', event_id: 'text' },
};
const told = { order_number: 'text', cause: 'text', payload: 'jsonb' };

function countersPart(books: Books): Part[] {
  const rows = books.changedShelves().map(({ sku, location, inStock, allocated }) => {
    return { sku, location, in_stock: inStock, allocated };
  });
  return part('counted', rows, counters, (given) => {
    return `update stock_records as r set in_stock = n.in_stock, allocated = n.allocated,
        version = r.version + 1, updated_at = now()
      from ${given} where r.sku = n.sku and r.location = n.location`;
  });
}

function ledgerPart(books: Books, mover: Writing['mover']): Part[] {
  const rows = books.entries.map((each) => ({
    ...{ sku: each.sku, location: each.location, cause: each.cause },
    ...{ in_stock_delta: each.inStockDelta, allocated_delta: each.allocatedDelta },
    ...{ order_number: each.order, event_id: each.event, ...mover(each.event) },
    ...{ in_stock: each.inStock, allocated: each.allocated },
  }));
  return insert('stock_ledger', rows, entry);
}

/** What a line holds grows, shrinks, or ends: one statement may write a row once only. */
function holdParts(books: Books): Part[] {
  const rows = books.changedHolds().map(({ order, line, ...rest }) => {
    return { order_number: order, line_id: line, ...rest };
  });
  const shrinks = ({ allocated, consumed }: (typeof rows)[number]) => allocated < 0 || consumed < 0;
  const grown = rows.filter((row) => !shrinks(row));
  const shrunk = rows.filter((row) => shrinks(row) && !row.gone);
  const ended = rows.filter(({ gone }) => gone);
  const where = `a.order_number = n.order_number and a.line_id = n.line_id
    and a.location = n.location`;
  const added = `on conflict (order_number, line_id, location) do update set
    allocated = stock_allocations.allocated + excluded.allocated,
    consumed = stock_allocations.consumed + excluded.consumed`;
  return [
    ...insert('stock_allocations', grown, hold, added),
    ...part('shrunk', shrunk, hold, (given) => {
      return `update stock_allocations as a set allocated = a.allocated + n.allocated,
        consumed = a.consumed + n.consumed from ${given} where ${where}`;
    }),
    ...part('ended', ended, hold, (given) => {
      return `delete from stock_allocations as a using ${given} where ${where}`;
    }),
  ];
}

function queueParts(books: Books): Part[] {
  const served = books.changedQueue().map(({ id, waiting }) => ({ id, waiting }));
  const queued = books.joined().map(({ order, line, event, placedAt, sku, quantity, waiting }) => {
    const of = { order_number: order, line_id: line, sku };
    return { ...of, quantity, waiting, placed_at: placedAt, event_id: event };
  });
  return [
    ...part('advanced', served, { id: 'bigint', waiting: 'bigint' }, (given) => {
      return `update stock_backorders as b set waiting = n.waiting from ${given} where b.id = n.id`;
    }),
    ...insert('stock_backorders', queued, joined),
  ];
}

/** One row for each order that was served, by which it is told. */
function outboxPart(books: Books, cause: string): Part[] {
  const rows = new Map<string, { order: string; by: string; units: Map<string, number> }>();
  for (const { order, queuedBy: by, line, quantity } of books.served) {
    const key = JSON.stringify([order, by]);
    const row = rows.get(key) ?? { order, by, units: new Map<string, number>() };
    row.units.set(line, (row.units.get(line) ?? 0) + quantity);
    rows.set(key, row);
  }
  const given = [...rows.values()].map(({ order, by, units }) => {
    const lines = [...units].map(([id, quantity]) => ({ id, quantity }));
    return { order_number: order, cause: `${cause} ${by}`, payload: { queuedBy: by, lines } };
  });
  return part('told', given, told, (of) => {
    return `insert into outbox (order_number, seq, topic, kind, cause, payload)
      select o.number, o.seq, 'stock', 'allocated', n.cause, n.payload
      from ${of} join orders as o on o.number = n.order_number
      on conflict do nothing`;
  });
}

/** Writes what the books say has changed, all in one statement. */
export async function writeBooks(trx: Knex, books: Books, writing: Writing): Promise<void> {
  const { cause, mover, counted } = writing;
  const parts = [
    ...countersPart(books),
    ...ledgerPart(books, mover),
    ...holdParts(books),
    ...queueParts(books),
    ...outboxPart(books, cause),
    ...alertParts(books, counted),
  ];
  if (parts.length === 0) return;
  const [served] = books.served;
  const told = `pg_notify('${OUTBOX_CHANNEL}', ?)`;
  await runParts(
    trx,
    parts,
    served
      ? { sql: `select ${told}`, bindings: [`${served.order}:0`] }
      : { sql: 'select 1', bindings: [] },
  );
}
