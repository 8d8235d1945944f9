import type { Commit } from '../../machines/history';
import { jsonText } from './json';
import { factsOf } from './rows';
import { typed, type Part } from './statement';

const settled = {
  key: 'text',
  status: 'text',
  moved: 'bigint',
  reference: 'text',
  message: 'text',
};

/**
 * What people have found out about calls whose outcome no gateway could tell: kept as the gateway's own word
 * would be, so that nothing is sent under the key any more. A word of the gateway's that came before stays.
 */
export function settledParts(commit: Commit, of: string): Part[] {
  const rows = factsOf(commit, 'movement-settled').map(({ fact }) => {
    const { key, outcome, amount, reference, note } = fact;
    return outcome === 'moved'
      ? { key, status: 'moved', moved: amount, reference, message: note }
      : { key, status: 'declined', moved: null, reference: null, message: note };
  });
  if (rows.length === 0) return [];
  const sql = `update gateway_calls as c
    set status = s.status, moved = s.moved, reference = s.reference, code = 'settled-by-hand',
      message = s.message, settled_at = now()
    from ${of}, jsonb_to_recordset(?::jsonb) as s(${typed(settled)})
    where c.key = s.key and c.status not in ('moved', 'declined')`;
  return [{ name: 'settled_calls', sql, bindings: [jsonText(rows)] }];
}
