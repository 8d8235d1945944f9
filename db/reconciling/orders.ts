import type { Knex } from 'knex';
import type { Commit, HistoryEvent } from '../../machines/history';
import type { OrderRecords, Row } from '../../machines/reconciling/records';
import type { OrderState } from '../../machines/state';
import type { Shop } from '../../machines/table';
import { outboxRows } from '../commits/rows';
import { pastUpTo } from '../events';

/** Which orders are looked at. */
export interface Chosen {
  /** Only this one. */
  readonly order?: string;
  /** Only those that changed since; ISO 8601. */
  readonly since?: string;
}

/** The next numbers in their order, behind one; fewer than asked for are the last. */
export async function nextNumbers(
  knex: Knex,
  { order, since }: Chosen,
  after: string,
  limit: number,
): Promise<string[]> {
  const query = knex('orders').where('number', '>', after).orderBy('number').limit(limit);
  if (order !== undefined) query.where('number', order);
  if (since !== undefined) query.where('updated_at', '>=', since);
  return query.pluck('number');
}

type Stored = Row & {
  readonly number: string;
  readonly seq: number;
  readonly state: OrderState;
  readonly table: Shop;
};

/** All that is kept of an order as it is at one moment; undefined when it is gone. */
export async function recordsOf(knex: Knex, number: string): Promise<OrderRecords | undefined> {
  const read = (db: Knex) => readRecords(db, number);
  return knex.transaction(read, { isolationLevel: 'repeatable read', readOnly: true });
}

async function readRecords(db: Knex, number: string): Promise<OrderRecords | undefined> {
  const order = await db('orders as o')
    .join('shops as s', 's.hash', 'o.shop_hash')
    .where('o.number', number)
    .first<Stored | undefined>('o.*', 's.table');
  if (!order) return undefined;
  const { seq, state, table: shop, ...row } = order;
  const past = await pastUpTo(db, { number, shop }, 2 ** 31 - 1);
  const ours = { order_number: number };
  return {
    ...{ number, seq, shop, state, row, first: past.first, history: past.events },
    lines: await db('order_lines').where(ours).orderBy('position'),
    tasks: await db('tasks').where(ours).whereNull('closed_at'),
    booked: await db('payment_ledger')
      .where(ours)
      .whereNotNull('payment')
      .orderBy('id')
      .select('kind', 'payment', 'gateway', 'amount', 'key', 'reference', 'at'),
    billed: await billedTo(db, number),
    calls: await db('gateway_calls')
      .where(ours)
      .orderBy('created_at')
      .select('key', 'kind', 'payment', 'gateway', 'amount', 'status', 'moved', 'reference')
      .select({ createdAt: 'created_at', settledAt: 'settled_at' }),
    held: await db('stock_allocations')
      .where(ours)
      .select({ line: 'line_id', allocated: 'allocated', consumed: 'consumed' }),
    unsent: await unsentOf(db, number, { state, history: past.events }),
  };
}

async function billedTo(db: Knex, number: string): Promise<OrderRecords['billed']> {
  const { rows } = await db.raw<{ rows: [OrderRecords['billed']] }>(
    `select owed, owed - (captured - refunded) - balance as allowed from order_figures(?)`,
    [number],
  );
  return rows[0];
}

/** A row that the outbox should have. */
export interface OwedRow {
  readonly seq: number;
  readonly topic: string;
  readonly kind: string;
  readonly cause: string;
  readonly payload: object;
}

/** What an order's events owe to the outside; of an import nothing ever leaves. */
function owedRows({
  state,
  history,
}: {
  readonly state: OrderState;
  readonly history: readonly (HistoryEvent & { readonly seq: number })[];
}): OwedRow[] {
  return history
    .filter(({ event }) => !event.id.startsWith('import '))
    .flatMap(({ seq, ...event }) => {
      const commit = { after: seq - 1, events: [event], state } as unknown as Commit;
      return outboxRows(commit) as OwedRow[];
    });
}

async function unsentOf(
  db: Knex,
  number: string,
  past: Parameters<typeof owedRows>[0],
): Promise<OwedRow[]> {
  const owed = owedRows(past);
  const rows = await db('outbox')
    .where('order_number', number)
    .select<Pick<OwedRow, 'topic' | 'kind' | 'cause'>[]>('topic', 'kind', 'cause');
  const nameOf = ({ topic, kind, cause }: (typeof rows)[number]) => `${topic} ${kind} ${cause}`;
  const there = new Set(rows.map(nameOf));
  return owed.filter((row) => !there.has(nameOf(row)));
}

/** Writes down what an order owes to the outside and was never written down; harmless when it was. */
export async function writeUnsent(knex: Knex, number: string): Promise<void> {
  const records = await recordsOf(knex, number);
  if (!records || records.unsent.length === 0) return;
  const rows = (records.unsent as OwedRow[]).map(({ seq, topic, kind, cause, payload }) => ({
    ...{ order_number: number, seq, topic, kind, cause, payload: JSON.stringify(payload) },
  }));
  await knex('outbox').insert(rows).onConflict().ignore();
}
