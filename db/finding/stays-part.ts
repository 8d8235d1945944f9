import type { Commit } from '../../machines/history';
import { jsonText } from '../commits/json';
import { factsOf, storedTime } from '../commits/rows';
import { typed, type Part } from '../commits/statement';

const stay = {
  seq: 'integer',
  status: 'text',
  next_status: 'text',
  entered_at: 'timestamptz',
  left_at: 'timestamptz',
};

/** How long the order was in each status that it leaves with this commit. */
export function staysPart(commit: Commit, of: string): Part[] {
  const moves = factsOf(commit, 'order-status');
  const left = moves.flatMap(({ fact: { from, to }, event, seq }, index) => {
    if (from === null) return [];
    const before = moves[index - 1]?.event.at;
    const entered_at = before && storedTime(before);
    return [{ seq, status: from, next_status: to, entered_at, left_at: storedTime(event.at) }];
  });
  if (left.length === 0) return [];
  // A part sees the tables as they were before the statement: the order's row still has its old time.
  const sql = `insert into stays (order_number, seq, status, next_status, entered_at, left_at)
    select ${of}.number, r.seq, r.status, r.next_status,
      least(r.left_at, coalesce(r.entered_at, o.status_since, r.left_at)), r.left_at
    from ${of} left join orders as o on o.number = ${of}.number,
      jsonb_to_recordset(?::jsonb) as r(${typed(stay)})
    on conflict do nothing`;
  return [{ name: 'stays_rows', sql, bindings: [jsonText(left)] }];
}
