import type { Commit } from '../../machines/history';
import type { MovementKind } from '../../machines/table';
import { jsonText } from '../commits/json';
import { lineRows } from '../commits/order-row';
import { factsOf, storedTime } from '../commits/rows';
import { insertPart, typed, type Part } from '../commits/statement';

const task = { task: 'text', reason: 'text', text: 'text', since: 'timestamptz', cause: 'text' };
const missing = {
  event_seq: 'integer',
  event: 'text',
  kind: 'text',
  payment: 'text',
  gateway: 'text',
  currency: 'text',
  reference: 'text',
  at: 'timestamptz',
  reason: 'text',
};
const figures = {
  authorise: 'authorised',
  capture: 'captured',
  refund: 'refunded',
  void: 'voided',
} as const satisfies Record<MovementKind, string>;

/** True for a commit that writes the order's read model anew. */
export function isReconciling(commit: Commit): boolean {
  return factsOf(commit, 'reconciled').length > 0;
}

/** Every line as the state has it, those that were lost too. */
export function linesAnew(commit: Commit, columns: Record<string, string>, of: string): Part[] {
  const changing = Object.keys(columns).filter((column) => column !== 'line_id');
  const set = changing.map((column) => `${column} = excluded.${column}`).join(', ');
  const end = `on conflict (order_number, line_id) do update set ${set}`;
  return insertPart('order_lines', columns, lineRows(commit), of, end);
}

/** Open tasks as the state has them; what is open in the table and not there is over. */
export function tasksAnew(commit: Commit, of: string): Part[] {
  if (!isReconciling(commit)) return [];
  const open = commit.state.context.attention.map(({ id, ...rest }) => ({ task: id, ...rest }));
  const upsert = insertPart(
    'tasks',
    task,
    open.map((each) => ({ ...each, since: storedTime(each.since) })),
    of,
    `on conflict (order_number, task) do update set reason = excluded.reason, text = excluded.text,
      since = excluded.since, cause = excluded.cause, closed_at = null, closed_role = null,
      closed_name = null, closed_how = null, note = null`,
  );
  const at = storedTime(commit.events.at(-1)?.event.at ?? '');
  const sql = `update tasks as t set closed_at = ?::timestamptz, closed_how = 'itself'
    from ${of} where t.order_number = ${of}.number and t.closed_at is null and t.task <> all(?::text[])`;
  const over = { name: 'tasks_over', sql, bindings: [at, open.map((each) => each.task)] };
  return [...upsert.map((part) => ({ ...part, name: 'tasks_anew' })), over];
}

/** What the ledger lacks of the payments of the state; what it has too much, nobody takes away. */
export function missingPart(commit: Commit, of: string): Part[] {
  const [found] = factsOf(commit, 'reconciled');
  if (!found) return [];
  const { payments, placement } = commit.state.context;
  const kinds = Object.entries(figures) as [MovementKind, (typeof figures)[MovementKind]][];
  const rows = payments.flatMap((payment) =>
    kinds.map(([kind, figure]) => ({
      ...{ event_seq: found.seq, event: found.event.type, kind, payment: payment.id },
      ...{ gateway: payment.gateway, currency: placement?.currency, wanted: payment[figure] },
      ...{ reference: payment.reference, at: storedTime(found.event.at), reason: 'reconciled' },
    })),
  );
  const columns = Object.keys(missing);
  const sql = `insert into payment_ledger (order_number, ${columns.join(', ')}, amount)
    select * from (
      select ${of}.number, ${columns.map((column) => `r.${column}`).join(', ')},
        r.wanted - coalesce((select sum(l.amount)::bigint from payment_ledger as l
          where l.order_number = ${of}.number and l.payment = r.payment and l.kind = r.kind), 0) as amount
      from ${of}, jsonb_to_recordset(?::jsonb) as r(wanted bigint, ${typed(missing)})
    ) as lacking where amount > 0`;
  return [{ name: 'missing_rows', sql, bindings: [jsonText(rows)] }];
}
