import type { Knex } from 'knex';
import type { StockMove as Cause } from '../../machines/facts';
import type { Commit } from '../../machines/history';
import { jsonText } from './json';
import { factsOf, storedTime } from './rows';
import { runParts, typed } from './statement';

/** The most that a record may have promised, where back-orders set no other bound, and have in stock. */
export const MOST_ALLOCATED = 1_000_000_000_000;

/** One line's units of a stock record, and how they change its counters. */
export interface StockMove {
  readonly cause: Cause;
  readonly line: string;
  readonly sku: string;
  readonly quantity: number;
  readonly eventId: string;
}

/** A stock record as the commit found it, locked. */
export interface Found {
  readonly sku: string;
  readonly in_stock: number;
  readonly allocated: number;
  readonly backorders: boolean;
}

/** What the commit's facts take from and give back to the shelves, in order. */
export function movesOf(commit: Commit): StockMove[] {
  return factsOf(commit, 'stock').flatMap(({ fact, event }) =>
    fact.lines.map(({ id, sku, quantity }) => ({
      cause: fact.move,
      line: id,
      sku,
      quantity,
      eventId: event.id,
    })),
  );
}

const move = {
  ord: 'integer',
  sku: 'text',
  cause: 'text',
  in_stock_delta: 'bigint',
  allocated_delta: 'bigint',
  event_id: 'text',
  actor: 'text',
  at: 'timestamptz',
};

const deltas = {
  allocate: (units: number) => ({ in_stock_delta: 0, allocated_delta: units }),
  consume: (units: number) => ({ in_stock_delta: -units, allocated_delta: -units }),
  release: (units: number) => ({ in_stock_delta: 0, allocated_delta: -units }),
  restock: (units: number) => ({ in_stock_delta: units, allocated_delta: 0 }),
} as const satisfies Record<Cause, (units: number) => object>;

function moveRows(commit: Commit, moves: readonly StockMove[]): object[] {
  const events = new Map(commit.events.map(({ event }) => [event.id, event]));
  return moves.map(({ sku, cause, quantity, eventId }, ord) => {
    const event = events.get(eventId);
    const about = { actor: event?.actor.name, at: event && storedTime(event.at) };
    return { ord, sku, cause, ...deltas[cause](quantity), event_id: eventId, ...about };
  });
}

const given = `select * from jsonb_to_recordset(?::jsonb) as m(${typed(move)})`;

const needed = `
  select sku, sum(in_stock_delta)::bigint as in_stock_delta,
    sum(allocated_delta)::bigint as allocated_delta,
    coalesce(sum(allocated_delta) filter (where cause = 'allocate'), 0)::bigint as wanted,
    coalesce(-sum(in_stock_delta), 0)::bigint as leaving
  from moves group by sku`;

// In the order of the sku, so that two orders with the same records wait for each other and never in a circle.
const found = `
  select r.sku, r.in_stock, r.allocated, r.backorders
  from stock_records as r join needed using (sku)
  order by r.sku for update of r`;

// What was found when the lock was had decides: the rows this statement saw at its start may be older.
const updated = `
  update stock_records as r
  set in_stock = r.in_stock + n.in_stock_delta, allocated = r.allocated + n.allocated_delta,
    version = r.version + 1, updated_at = now()
  from needed as n join found as f using (sku)
  where r.sku = n.sku
    and (n.wanted = 0 or f.backorders or f.in_stock - f.allocated >= n.wanted)
    and (n.wanted = 0 or f.allocated + n.wanted <= ${MOST_ALLOCATED})
    and f.in_stock - n.leaving between 0 and ${MOST_ALLOCATED}
    and f.allocated + n.wanted >= n.leaving
  returning r.sku, r.in_stock, r.allocated`;

const entered = `
  insert into stock_ledger (sku, in_stock_delta, allocated_delta, cause, order_number, event_id,
    actor, at, in_stock, allocated)
  select sku, m.in_stock_delta, m.allocated_delta, m.cause, ?, m.event_id, m.actor, m.at,
    -- The counters after this move: those after all moves, less the moves that follow.
    u.in_stock - coalesce(sum(m.in_stock_delta) over later, 0)::bigint,
    u.allocated - coalesce(sum(m.allocated_delta) over later, 0)::bigint
  from moves as m join updated as u using (sku)
  window later as (
    partition by sku order by m.ord rows between 1 following and unbounded following
  )
  order by m.ord`;

const report = `
  select f.*, u.sku is not null as moved from found as f left join updated as u using (sku)`;

/**
 * Moves stock record by record, all in one statement. A record that the move would empty too far is left
 * alone and its sku missing in `moved`: the transaction is then to be rolled back.
 */
export async function moveStock(
  db: Knex,
  commit: Commit,
  moves: readonly StockMove[],
): Promise<{ readonly found: readonly Found[]; readonly moved: ReadonlySet<string> }> {
  const rows = jsonText(moveRows(commit, moves));
  const records = await runParts<Found & { readonly moved: boolean }>(
    db,
    [
      { name: 'moves', sql: given, bindings: [rows] },
      { name: 'needed', sql: needed, bindings: [] },
      { name: 'found', sql: found, bindings: [] },
      { name: 'updated', sql: updated, bindings: [] },
      { name: 'entered', sql: entered, bindings: [commit.number] },
    ],
    { sql: report, bindings: [] },
  );
  const moved = records.filter((record) => record.moved).map(({ sku }) => sku);
  return { found: records, moved: new Set(moved) };
}
