import type { Commit } from '../../machines/history';
import { notWithdrawn } from './fence';
import { jsonText } from './json';
import { changing, changingRow, lasting, lastingRow } from './order-row';
import { factsOf } from './rows';
import { names, typed, type Part } from './statement';

/** The order's row, written only when the history still ends where the commit was decided on. */
export function orderPart(commit: Commit, shopHash: string | undefined): Part {
  return commit.after === 0 ? placedPart(commit, shopHash ?? '') : changedPart(commit, shopHash);
}

function placedPart(commit: Commit, shopHash: string): Part {
  const columns = { ...changing, ...lasting };
  const row = { ...changingRow(commit), ...lastingRow(commit, shopHash) };
  const fence = notWithdrawn(commit);
  return {
    name: 'placed',
    sql: `insert into orders (number, ${names(columns)})
      select ?, ${names(columns)} from jsonb_to_record(?::jsonb) as o(${typed(columns)})
      where ${fence.sql}
      on conflict (number) do nothing returning number`,
    bindings: [commit.number, jsonText(row), ...fence.bindings],
  };
}

/** The table that the order leaves with this commit: the one its row has until then. */
export function leftTablePart(commit: Commit, of: string): Part[] {
  const [renewal] = factsOf(commit, 'table-renewed');
  if (!renewal) return [];
  const sql = `insert into left_tables (order_number, seq, shop_hash)
    select before.number, ?, before.shop_hash
    from orders as before join ${of} on ${of}.number = before.number`;
  return [{ name: 'left_table', sql, bindings: [renewal.seq] }];
}

function changedPart(commit: Commit, shopHash: string | undefined): Part {
  const { number, after } = commit;
  const { shop_hash: _, ...agreed } = lasting;
  const isAnew = factsOf(commit, 'reconciled').length > 0;
  const columns = {
    ...changing,
    ...(isAnew && agreed),
    ...(shopHash !== undefined && { shop_hash: 'text' }),
  };
  const row = {
    ...(isAnew && lastingRow(commit, '')),
    ...changingRow(commit),
    shop_hash: shopHash,
  };
  const fence = notWithdrawn(commit);
  return {
    name: 'changed',
    sql: `update orders set (${names(columns)}) =
        (select ${names(columns)} from jsonb_to_record(?::jsonb) as o(${typed(columns)}))
      where number = ? and seq = ? and ${fence.sql}
      returning number`,
    bindings: [jsonText(row), number, after, ...fence.bindings],
  };
}
