import type { Knex } from 'knex';
import type { OrderEvent } from '../machines/events';
import type { HistoryEvent, StoredOrder } from '../machines/history';
import type { Refusal } from '../machines/refusals';
import type { Shop } from '../machines/table';

/** A line of an order's history and its place in it. */
export interface RecordedEvent extends HistoryEvent {
  readonly number: string;
  readonly seq: number;
}

interface Row {
  readonly number: string;
  readonly seq: number;
  readonly outcome: HistoryEvent['outcome'];
  readonly event: HistoryEvent['event'];
  readonly facts: HistoryEvent['facts'];
  readonly refusal: Refusal | null;
}

const columns = {
  number: 'order_number',
  seq: 'seq',
  outcome: 'outcome',
  event: 'event',
  facts: 'facts',
  refusal: 'refusal',
};
const MOST = 500;

/** An order's history in order, from after a place in it; at most 500 at a time, 100 unless said. */
export async function listEvents(
  knex: Knex,
  number: string,
  { after = 0, limit = 100 }: { readonly after?: number; readonly limit?: number } = {},
): Promise<readonly RecordedEvent[]> {
  const rows = await knex('events')
    .where('order_number', number)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(Math.max(1, Math.min(MOST, limit)))
    .select<Row[]>(columns);
  return rows.map(recorded);
}

/** An order's whole history up to and including a place in it: what its state then is folded from. */
export async function eventsUpTo(
  knex: Knex,
  number: string,
  seq: number,
): Promise<readonly RecordedEvent[]> {
  const rows = await knex('events')
    .where('order_number', number)
    .where('seq', '<=', seq)
    .orderBy('seq')
    .select<Row[]>(columns);
  return rows.map(recorded);
}

/** An order's past: the table it was placed under, and its events, those that moved it with their table. */
export interface Past {
  readonly first: Shop;
  readonly events: readonly RecordedEvent[];
}

/** The past of an order up to and including a place in it: all that its state then is folded from. */
export async function pastUpTo(
  knex: Knex,
  { number, shop }: Pick<StoredOrder, 'number' | 'shop'>,
  seq: number,
): Promise<Past> {
  const events = await eventsUpTo(knex, number, seq);
  const left = await knex('left_tables as l')
    .join('shops as s', 's.hash', 'l.shop_hash')
    .where('l.order_number', number)
    .orderBy('l.seq')
    .select<{ seq: number; table: Shop }[]>({ seq: 'l.seq', table: 's.table' });
  const brought = new Map(left.map((each, index) => [each.seq, left[index + 1]?.table ?? shop]));
  return {
    first: left[0]?.table ?? shop,
    events: events.map((each) => {
      const table = brought.get(each.seq);
      return table ? { ...each, event: { ...each.event, shop: table } as OrderEvent } : each;
    }),
  };
}

function recorded({ refusal, ...row }: Row): RecordedEvent {
  return refusal ? { ...row, refusal } : row;
}

/** An event of the feed of all orders; `cursor` is where the feed goes on after it. */
export interface FeedEvent extends RecordedEvent {
  readonly cursor: string;
}

/**
 * The events of all placed orders in the order in which they were committed, after a cursor. An event
 * appears only when no transaction that could commit before it is still under way, so that whoever
 * reads on from a cursor misses none.
 */
export async function streamAfter(
  knex: Knex,
  cursor: string | undefined,
  limit = 100,
): Promise<readonly FeedEvent[]> {
  const query = knex('events')
    .where('visible', true)
    .whereRaw('txid < pg_snapshot_xmin(pg_current_snapshot())')
    .orderBy(['txid', 'id'])
    .limit(Math.max(1, Math.min(MOST, limit)))
    .select<(Row & { cursor: string })[]>(columns)
    .select(knex.raw(`txid::text || '.' || id as cursor`));
  if (cursor !== undefined) query.whereRaw('(txid, id) > (?::xid8, ?::bigint)', halves(cursor));
  const rows = (await query) as (Row & { cursor: string })[];
  return rows.map(({ cursor: at, ...row }) => ({ ...recorded(row), cursor: at }));
}

/** The end of the feed as it is now: what was committed before is behind it. */
export async function feedEnd(knex: Knex): Promise<string> {
  const [last] = (await knex('events')
    .where('visible', true)
    .whereRaw('txid < pg_snapshot_xmin(pg_current_snapshot())')
    .orderBy([
      { column: 'txid', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(1)
    .select(knex.raw(`txid::text || '.' || id as cursor`))) as { cursor: string }[];
  return last?.cursor ?? '0.0';
}

/** A cursor that is none begins the feed anew, as a browser's stale one may. */
function halves(cursor: string): [string, string] {
  const [, txid = '0', id = '0'] = /^(\d{1,19})\.(\d{1,18})$/.exec(cursor) ?? [];
  return [txid, id];
}
