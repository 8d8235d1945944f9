import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { jsonText } from './json';

/** A `with` part of one statement: its name, its SQL, and what its question marks stand for. */
export interface Part {
  readonly name: string;
  readonly sql: string;
  readonly bindings: readonly Knex.RawBinding[];
}

/** A column's name and type, for `jsonb_to_record` and its kin. */
export type Columns = Readonly<Record<string, string>>;

export function names(columns: Columns): string {
  return Object.keys(columns).join(', ');
}

export function typed(columns: Columns): string {
  return Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
}

/** Rows of a table that belongs to the order; no part at all when there are none. */
export function insertPart(
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

/**
 * Runs parts that write as one statement: written all or not at all, in one round trip, and planned once
 * per connection.
 */
export async function runParts<Row = Readonly<Record<string, unknown>>>(
  db: Knex,
  parts: readonly Part[],
  last: Omit<Part, 'name'>,
): Promise<readonly Row[]> {
  const withs = parts.map(({ name, sql }) => `${name} as (${sql})`).join(', ');
  const bindings = [...parts.flatMap((part) => part.bindings), ...last.bindings];
  const sql = `with ${withs} ${last.sql}`;
  // PostgreSQL remembers a statement under a name of at most 63 characters.
  const name = createHash('sha1').update(sql).digest('base64');
  const raw = db.raw<{ rows: Row[] }>(sql, bindings);
  return (await (raw.options({ name }) as typeof raw)).rows;
}
