import type { Commit } from '../../machines/history';
import { jsonText } from './json';
import { commandRows, verdictRows } from './rows';
import { insertPart, typed, type Part } from './statement';

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

/** Every command's row, and what became by now of the commands before. */
export function commandParts(commit: Commit, of: string): Part[] {
  const own = insertPart(
    'commands',
    command,
    commandRows(commit),
    of,
    `
    on conflict (order_number, id) do update set type = excluded.type, outcome = excluded.outcome,
      seq = excluded.seq, refusal = excluded.refusal, actor_role = excluded.actor_role,
      actor_name = excluded.actor_name, at = excluded.at`,
  );
  const verdicts = verdictRows(commit);
  if (verdicts.length === 0) return own;
  const sql = `update commands as c set outcome = v.outcome, refusal = v.refusal
    from ${of}, jsonb_to_recordset(?::jsonb) as v(${typed(verdict)})
    where c.order_number = ${of}.number and c.id = v.id`;
  return [...own, { name: 'verdict_rows', sql, bindings: [jsonText(verdicts)] }];
}
