import { askedWords, plain, titleQuery, valueQuery } from './words';
import type { OrderFilter } from './filter';

/** A piece of SQL with what its question marks stand for. */
export interface Sql {
  readonly sql: string;
  readonly bindings: readonly (string | number | readonly string[])[];
}

/**
 * One thing that is asked of orders besides their facet: `test` tells it of the order `o`, one at a
 * time, by a key; `gather` reads the numbers of all orders that have it, from an index.
 */
export interface Condition {
  readonly test: Sql;
  readonly gather?: Sql;
}

const and = (parts: readonly Sql[]): Sql => ({
  sql: parts.map(({ sql }) => sql).join(' and '),
  bindings: parts.flatMap(({ bindings }) => bindings),
});

export function conditionsOf(filter: OrderFilter): Condition[] {
  return [
    ...lineCondition(filter),
    ...taskCondition(filter),
    ...searchCondition(filter),
    ...numberCondition(filter),
    ...rangeConditions(filter),
    ...(filter.onlyPartner === undefined ? [] : partnerConditions(filter, filter.onlyPartner)),
  ];
}

/** `offset 0` keeps the planner from turning a test of one order into a read of all. */
const exists = ({ sql, bindings }: Sql): Sql => ({ sql: `exists (${sql} offset 0)`, bindings });

function lineCondition({ sku, upc, partner }: OrderFilter): Condition[] {
  const asked = Object.entries({ sku, upc, partner }).flatMap(([column, values]) =>
    values ? [{ sql: `l.${column} = any(?::text[])`, bindings: [values] }] : [],
  );
  if (asked.length === 0) return [];
  const { sql, bindings } = and(asked);
  return [
    {
      test: exists({
        sql: `select 1 from order_lines as l where l.order_number = o.number and ${sql}`,
        bindings,
      }),
      gather: {
        sql: `select distinct l.order_number as number from order_lines as l where ${sql}`,
        bindings,
      },
    },
  ];
}

function taskCondition({ attention }: OrderFilter): Condition[] {
  if (attention === undefined) return [];
  const sql = 't.closed_at is null and t.reason = any(?::text[])';
  const bindings = [attention];
  return [
    {
      test: exists({
        sql: `select 1 from tasks as t where t.order_number = o.number and ${sql}`,
        bindings,
      }),
      gather: {
        sql: `select distinct t.order_number as number from tasks as t where ${sql}`,
        bindings,
      },
    },
  ];
}

/** Shorter parts have no three letters in a row to look up. */
const LEAST_LETTERS = 3;
const canLookUp = (part: string) => /[\p{L}\p{N}]{3}/u.test(part);

function searchCondition(filter: OrderFilter): Condition[] {
  const { title, voucher, method, gateway, currency, source, customer, q } = filter;
  const kinds = [
    ['v', voucher],
    ['m', method],
    ['g', gateway],
    ['c', currency],
    ['s', source],
  ] as const;
  const queries = [
    ...(title === undefined ? [] : [titleQuery(title)]),
    ...kinds.flatMap(([kind, values]) => (values?.length ? [valueQuery(kind, values)] : [])),
  ].filter((query) => query !== '');
  const words = queries.map((query): Sql => has(query));
  const parts: Sql[] = customer === undefined ? [] : [hasPart(plain(customer))];
  const found = (q === undefined ? [] : askedWords(q)).map(({ query, part }): Sql => {
    if (part.length < LEAST_LETTERS || filter.onlyPartner !== undefined) return has(query);
    return {
      sql: `(${has(query).sql} or ${hasPart(part).sql})`,
      bindings: [query, ...hasPart(part).bindings],
    };
  });
  const all = [...words, ...parts, ...found];
  if (all.length === 0) return [];
  const { sql, bindings } = and(all);
  const test = exists({
    sql: `select 1 from order_search as s where s.number = o.number and ${sql}`,
    bindings,
  });
  const isIndexed = words.length + found.length > 0 || canLookUp(plain(customer ?? ''));
  if (!isIndexed) return [{ test }];
  return [
    { test, gather: { sql: `select s.number from order_search as s where ${sql}`, bindings } },
  ];
}

function has(query: string): Sql {
  return { sql: 's.words @@ ?::tsquery', bindings: [query] };
}

function hasPart(part: string): Sql {
  return { sql: 's.customer like ?', bindings: [`%${literal(part)}%`] };
}

/** Text that stands for itself in a `like` pattern. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function numberCondition({ number }: OrderFilter): Condition[] {
  if (number === undefined || number === '') return [];
  return [
    {
      test: { sql: 'left(o.number, ?::integer) = ?', bindings: [[...number].length, number] },
      gather: {
        sql: 'select g.number from orders as g where g.visible and g.number like ?',
        bindings: [`${literal(number)}%`],
      },
    },
  ];
}

interface Range {
  readonly column: string;
  readonly from?: string | number;
  readonly to?: string | number;
}

function rangeConditions(filter: OrderFilter): Condition[] {
  const { placedFrom, placedTo, updatedFrom, updatedTo, totalFrom, totalTo } = filter;
  const ranges: Range[] = [
    { column: 'placed_at', from: placedFrom, to: placedTo },
    { column: 'updated_at', from: updatedFrom, to: updatedTo },
    { column: 'total_incl_tax', from: totalFrom, to: totalTo },
  ];
  return ranges.flatMap(({ column, from, to }) => {
    const within = (table: string) =>
      and([
        ...(from === undefined ? [] : [{ sql: `${table}.${column} >= ?`, bindings: [from] }]),
        ...(to === undefined ? [] : [{ sql: `${table}.${column} < ?`, bindings: [to] }]),
      ]);
    const test = within('o');
    if (test.sql === '') return [];
    // Only dates of placing have an index of all orders; the others are in one by facet.
    if (column !== 'placed_at') return [{ test }];
    const { sql, bindings } = within('g');
    return [
      {
        test,
        gather: { sql: `select g.number from orders as g where g.visible and ${sql}`, bindings },
      },
    ];
  });
}

/** A partner finds its lines by their SKU and title, the order by its number, its parcels by their tracking. */
function partnerConditions({ q, title }: OrderFilter, partner: string): Condition[] {
  const own: Sql = {
    sql: 'select 1 from order_lines as l where l.order_number = o.number and l.partner = ?',
    bindings: [partner],
  };
  const patterns = (text: string) =>
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => `%${literal(word.toLowerCase())}%`);
  const titles =
    title === undefined
      ? []
      : patterns(title).map((pattern) => ({ sql: `lower(l.title) like ?`, bindings: [pattern] }));
  const line = and([own, ...titles]);
  const words = (q === undefined ? [] : patterns(q)).map((pattern): Condition => ({
    test: {
      sql: `(lower(o.number) like ? or ${exists({ ...own, sql: `${own.sql} and lower(concat_ws(' ', l.sku, l.upc, l.title)) like ?` }).sql}
        or exists (select 1 from shipping_events as e, jsonb_array_elements(e.lines) as u
          join order_lines as l on l.line_id = u ->> 'id'
          where e.order_number = o.number and l.order_number = o.number and l.partner = ?
            and lower(e.tracking_number) like ? offset 0))`,
      bindings: [pattern, partner, pattern, partner, pattern],
    },
  }));
  return [
    {
      test: exists(line),
      gather: {
        sql: 'select distinct l.order_number as number from order_lines as l where l.partner = ?',
        bindings: [partner],
      },
    },
    ...words,
  ];
}
