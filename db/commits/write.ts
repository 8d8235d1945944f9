import type { Knex } from 'knex';
import type { Commit } from '../../machines/history';
import { jsonText } from './json';
import { broughtAlong, ledgerRows } from './ledger-rows';
import { changedLineRows, changing, changingRow, lasting, lastingRow, lineRows } from './order-row';
import * as rows from './rows';
import { names, runParts, typed, type Columns, type Part } from './statement';

/** The channel on which each commit is told, as `<number>:<seq>`. */
export const CHANNEL = 'conveyor_events';

const newLine = {
  position: 'integer',
  line_id: 'text',
  sku: 'text',
  upc: 'text',
  title: 'text',
  partner: 'text',
  kind: 'text',
  quantity: 'bigint',
  status: 'text',
  allocated: 'bigint',
  consumed: 'bigint',
};
const line = { line_id: 'text', status: 'text', allocated: 'bigint', consumed: 'bigint' };
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
const command = {
  id: 'text',
  type: 'text',
  outcome: 'text',
  seq: 'integer',
  refusal: 'jsonb',
  actor_role: 'text',
  actor_name: 'text',
  at: 'timestamptz',
};
const verdict = { id: 'text', outcome: 'text', refusal: 'jsonb' };
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
const movement = {
  event_seq: 'integer',
  event: 'text',
  kind: 'text',
  payment: 'text',
  gateway: 'text',
  amount: 'bigint',
  currency: 'text',
  key: 'text',
  reference: 'text',
  at: 'timestamptz',
  lines: 'jsonb',
  charges: 'jsonb',
  reason: 'text',
};
const brought = {
  event_seq: 'integer',
  event: 'text',
  payment: 'text',
  gateway: 'text',
  currency: 'text',
  at: 'timestamptz',
};
const message = { seq: 'integer', topic: 'text', kind: 'text', cause: 'text', payload: 'jsonb' };

/** The order's row, written only when the history still ends where the commit was decided on. */
function orderPart(commit: Commit, shopHash: string | undefined): Part {
  const { number, after } = commit;
  if (after === 0) {
    const columns = { ...changing, ...lasting };
    const row = { ...changingRow(commit), ...lastingRow(commit, shopHash ?? '') };
    return {
      name: 'placed',
      sql: `insert into orders (number, ${names(columns)})
            select ?, ${names(columns)} from jsonb_to_record(?::jsonb) as o(${typed(columns)})
            on conflict (number) do nothing returning number`,
      bindings: [number, jsonText(row)],
    };
  }
  const columns = { ...changing, ...(shopHash !== undefined && { shop_hash: 'text' }) };
  const row = { ...changingRow(commit), shop_hash: shopHash };
  return {
    name: shopHash === undefined ? 'changed' : 'renewed',
    sql: `update orders set (${names(columns)}) =
            (select ${names(columns)} from jsonb_to_record(?::jsonb) as o(${typed(columns)}))
          where number = ? and seq = ? returning number`,
    bindings: [jsonText(row), number, after],
  };
}

/** Rows of a table that belongs to the order; no part at all when there are none. */
function insertPart(
  name: string,
  columns: Columns,
  given: readonly object[],
  of: string,
  end = '',
): Part[] {
  if (given.length === 0) return [];
  const sql = `insert into ${name} (order_number, ${names(columns)})
    select ${of}.number, ${names(columns)}
    from ${of}, jsonb_to_recordset(?::jsonb) as r(${typed(columns)}) ${end}`;
  return [{ name: `${name}_rows`, sql, bindings: [jsonText(given)] }];
}

function linesPart(commit: Commit, of: string): Part[] {
  if (commit.after === 0) return insertPart('order_lines', newLine, lineRows(commit), of);
  const changed = changedLineRows(commit);
  if (changed.length === 0) return [];
  const sql = `update order_lines as l
    set status = n.status, allocated = n.allocated, consumed = n.consumed
    from ${of}, jsonb_to_recordset(?::jsonb) as n(${typed(line)})
    where l.order_number = ${of}.number and l.line_id = n.line_id`;
  return [{ name: 'lines_changed', sql, bindings: [jsonText(changed)] }];
}

function moneyParts(commit: Commit, of: string): Part[] {
  const moved = ledgerRows(commit);
  const along = broughtAlong(commit, moved);
  return [
    ...insertPart('payment_ledger', movement, moved, of),
    ...(along ? [alongPart(along, of)] : []),
  ];
}

function alongPart(along: ReturnType<typeof broughtAlong> & object, of: string): Part {
  const sql = `insert into payment_ledger (order_number, kind, amount, ${names(brought)})
    select * from (
      select ${of}.number, 'authorise', r.wanted - coalesce((
        select sum(amount)::bigint from payment_ledger
        where order_number = ${of}.number and kind = 'authorise'
      ), 0) as missing, ${names(brought)}
      from ${of}, jsonb_to_record(?::jsonb) as r(wanted bigint, ${typed(brought)})
    ) as owing where missing > 0`;
  return { name: 'authorisation_rows', sql, bindings: [jsonText(along)] };
}

/** Every command's row, and what became by now of the commands before. */
export function commandParts(commit: Commit, of: string): Part[] {
  const own = insertPart(
    'commands',
    command,
    rows.commandRows(commit),
    of,
    `
    on conflict (order_number, id) do update set type = excluded.type, outcome = excluded.outcome,
      seq = excluded.seq, refusal = excluded.refusal, actor_role = excluded.actor_role,
      actor_name = excluded.actor_name, at = excluded.at`,
  );
  const verdicts = rows.verdictRows(commit);
  if (verdicts.length === 0) return own;
  const sql = `update commands as c set outcome = v.outcome, refusal = v.refusal
    from ${of}, jsonb_to_recordset(?::jsonb) as v(${typed(verdict)})
    where c.order_number = ${of}.number and c.id = v.id`;
  return [...own, { name: 'verdict_rows', sql, bindings: [jsonText(verdicts)] }];
}

/** Tells who listens. */
export function notice({ number, after, events }: Commit, of: string): Omit<Part, 'name'> {
  const sql = `select pg_notify('${CHANNEL}', ?) from ${of}`;
  return { sql, bindings: [`${number}:${after + events.length}`] };
}

/** Writes all but the stock; false, and nothing written, when the history does not end at `after`. */
export async function write(db: Knex, commit: Commit, shopHash?: string): Promise<boolean> {
  const order = orderPart(commit, shopHash);
  const of = order.name;
  const parts = [
    order,
    ...linesPart(commit, of),
    ...insertPart('events', event, rows.historyRows(commit), of, 'order by seq'),
    ...commandParts(commit, of),
    ...insertPart('shipping_events', shipping, rows.shippingRows(commit), of),
    ...moneyParts(commit, of),
    ...insertPart('outbox', message, rows.outboxRows(commit), of, 'on conflict do nothing'),
  ];
  const written = await runParts(db, parts, notice(commit, of));
  return written.length > 0;
}
