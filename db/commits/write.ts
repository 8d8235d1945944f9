import type { Knex } from 'knex';
import type { Commit } from '../../machines/history';
import { searchPart } from '../finding/search-row';
import { staysPart } from '../finding/stays-part';
import { commandParts } from './command-parts';
import { jsonText } from './json';
import { notice } from './notice';
import { leftTablePart, orderPart } from './order-part';
import { changedLineRows, lineRows } from './order-row';
import * as rows from './rows';
import { settledParts } from './settled-part';
import { moneyParts } from '../ledger/parts';
import { isReconciling, linesAnew, missingPart, tasksAnew } from '../reconciling/parts';
import { taskParts } from '../tasks/parts';
import { insertPart, runParts, typed, type Part } from './statement';

const newLine = {
  position: 'integer',
  line_id: 'text',
  sku: 'text',
  upc: 'text',
  title: 'text',
  partner: 'text',
  kind: 'text',
  quantity: 'bigint',
  placed_at: 'timestamptz',
  status: 'text',
  allocated: 'bigint',
  backordered: 'bigint',
  consumed: 'bigint',
  kept: 'bigint',
};
const line = {
  line_id: 'text',
  partner: 'text',
  status: 'text',
  allocated: 'bigint',
  backordered: 'bigint',
  consumed: 'bigint',
  kept: 'bigint',
};
const event = {
  seq: 'integer',
  event_id: 'text',
  type: 'text',
  at: 'timestamptz',
  actor_role: 'text',
  actor_name: 'text',
  cause: 'text',
  outcome: 'text',
  event: 'jsonb',
  facts: 'jsonb',
  refusal: 'jsonb',
  visible: 'boolean',
};
const shipping = {
  id: 'text',
  type: 'text',
  at: 'timestamptz',
  reference: 'text',
  carrier: 'text',
  tracking_number: 'text',
  lines: 'jsonb',
  event_seq: 'integer',
};
const message = { seq: 'integer', topic: 'text', kind: 'text', cause: 'text', payload: 'jsonb' };

function linesPart(commit: Commit, of: string): Part[] {
  if (commit.after === 0) return insertPart('order_lines', newLine, lineRows(commit), of);
  if (isReconciling(commit)) return linesAnew(commit, newLine, of);
  const changed = changedLineRows(commit);
  if (changed.length === 0) return [];
  const sql = `update order_lines as l
    set partner = n.partner, status = n.status, allocated = n.allocated, backordered = n.backordered,
      consumed = n.consumed, kept = n.kept
    from ${of}, jsonb_to_recordset(?::jsonb) as n(${typed(line)})
    where l.order_number = ${of}.number and l.line_id = n.line_id`;
  return [{ name: 'lines_changed', sql, bindings: [jsonText(changed)] }];
}

/**
 * The commit that places the order also shows what came before, which nobody was told of: with this
 * transaction's id, so that readers of the feed who are past the time of writing meet it too.
 */
function shownPart(commit: Commit, of: string): Part[] {
  if (commit.after === 0 || rows.factsOf(commit, 'order-placed').length === 0) return [];
  const sql = `update events as e set visible = true, txid = pg_current_xact_id()
    from ${of} where e.order_number = ${of}.number and not e.visible`;
  return [{ name: 'shown', sql, bindings: [] }];
}

/** Writes all but the stock; false, and nothing written, when the history does not end at `after`. */
export async function write(db: Knex, commit: Commit, shopHash?: string): Promise<boolean> {
  const order = orderPart(commit, shopHash);
  const of = order.name;
  const leaving = commit.imported ? [] : rows.outboxRows(commit);
  const parts = [
    order,
    ...leftTablePart(commit, of),
    ...linesPart(commit, of),
    ...insertPart('events', event, rows.historyRows(commit), of, 'order by seq'),
    ...shownPart(commit, of),
    ...commandParts(commit, of),
    ...insertPart('shipping_events', shipping, rows.shippingRows(commit), of),
    ...moneyParts(commit, of),
    ...missingPart(commit, of),
    ...settledParts(commit, of),
    ...taskParts(commit, of),
    ...tasksAnew(commit, of),
    ...searchPart(commit, of),
    ...staysPart(commit, of),
    ...insertPart('outbox', message, leaving, of, 'on conflict do nothing'),
  ];
  const written = await runParts(db, parts, notice(commit, of, leaving.length > 0));
  return written.length > 0;
}
