import { jsonText } from '../commits/json';
import { names, typed, type Columns, type Part } from '../commits/statement';

/** A part that writes rows, each named `n` in its SQL; none when there are none. */
export function part(
  name: string,
  rows: readonly object[],
  columns: Columns,
  sql: (given: string) => string,
): Part[] {
  if (rows.length === 0) return [];
  const given = `jsonb_to_recordset(?::jsonb) as n(${typed(columns)})`;
  return [{ name, sql: sql(given), bindings: [jsonText(rows)] }];
}

/** A part that inserts rows in the order given. */
export function insert(table: string, rows: readonly object[], columns: Columns, end = ''): Part[] {
  const ordered = rows.map((row, ord) => ({ ...row, ord }));
  return part(`${table}_rows`, ordered, { ...columns, ord: 'integer' }, (given) => {
    const list = names(columns);
    return `insert into ${table} (${list}) select ${list} from ${given} order by ord ${end}`;
  });
}
