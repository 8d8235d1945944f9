import type { Knex } from 'knex';
import { BadCursor, limitOf, paged, positionIn, type Page, type Paged } from '../cursor';
import { conditionsOf, type Condition, type Sql } from './conditions';
import { exactly, numbersOf } from './exactly';
import { usualSort, type OrderFilter, type OrderSort } from './filter';
import { columns, shownRow, type OrderRow, type StoredRow } from './rows';
import { orders, wayTo, type Wanted } from './ways';

interface Found {
  readonly row: OrderRow;
  /** Where the rest of the list goes on after it. */
  readonly position: readonly [string, string];
}

/** Where the rest of a list begins that has exact hits before it. */
const START = ['start', ''] as const;

/**
 * One page of the orders that everybody may see; a page stays what it is while orders arrive. Whatever
 * the sort, an order whose number, reference or tracking number is just what was searched comes first.
 */
export async function listOrders(
  knex: Knex,
  filter: OrderFilter,
  page: Page & { readonly sort?: OrderSort } = {},
): Promise<Paged<OrderRow>> {
  const limit = limitOf(page);
  const { sort = usualSort(filter) } = page;
  const after = page.after === undefined ? undefined : positionOf(page.after, sort);
  const conditions = conditionsOf(filter);
  const hits = filter.q === undefined ? [] : await numbersOf(knex, filter.q);
  const find = (more: readonly Condition[], most: number, from?: Wanted['after']) =>
    findOrders(knex, {
      filter,
      conditions: [...conditions, ...more],
      sort,
      after: from,
      limit: most,
    });

  if (hits.length === 0) return pageOf(await find([], limit + 1, after), limit);
  const first = page.after === undefined ? await find([exactly(hits)], limit) : [];
  const others = await find([exactly(hits, false)], limit + 1 - first.length, after);
  const found = [...first.map(({ row }) => ({ row, position: START })), ...others];
  return pageOf(found, limit);
}

function pageOf(found: readonly Found[], limit: number): Paged<OrderRow> {
  const { rows, next } = paged(found, limit, ({ position }) => position);
  return { rows: rows.map(({ row }) => row), next };
}

function positionOf(cursor: string, sort: OrderSort): Wanted['after'] {
  const [at, number] = positionIn(cursor, 2) as [string, string];
  if (at === START[0]) return undefined;
  const isTime = orders[sort].type === 'timestamptz';
  const isPosition = isTime ? !Number.isNaN(Date.parse(at)) : /^-?\d{1,15}$/.test(at);
  if (!isPosition) throw new BadCursor(cursor);
  return [at, number];
}

const selected = Object.entries(columns)
  .map(([name, column]) => `${column} as "${name}"`)
  .join(', ');

/** The whole rows of a page, whose numbers are found first: from an index, without the rows. */
function rowsQuery({ sql, bindings }: Sql, sort: OrderSort): Sql {
  const { column, direction } = orders[sort];
  const second = direction === 'desc' ? 'asc' : 'desc';
  return {
    sql: `select ${selected}, o.${column} as "sortedBy" from (${sql}) as page
      join orders as o on o.number = page.number order by page.at ${direction}, page.number ${second}`,
    bindings,
  };
}

/** The statement that reads these orders in order; undefined when there can be none. For `explain` too. */
export async function statementFor(knex: Knex, wanted: Wanted): Promise<Sql | undefined> {
  const way = await wayTo(knex, wanted);
  return way && rowsQuery(way, wanted.sort);
}

async function findOrders(knex: Knex, wanted: Wanted): Promise<Found[]> {
  const statement = await statementFor(knex, wanted);
  if (!statement) return [];
  const { rows } = await knex.raw<{ rows: (StoredRow & { sortedBy: string | number })[] }>(
    statement.sql,
    statement.bindings as Knex.RawBinding[],
  );
  return rows.map(({ sortedBy, ...row }) => {
    return { row: shownRow(row), position: [String(sortedBy), row.number] };
  });
}

/**
 * All orders that match, page by page. Nothing is held between two pages: an order that changes
 * meanwhile is given as it was when its page was read, and at most once in the sorts by placing.
 */
export async function* eachPage(
  knex: Knex,
  filter: OrderFilter,
  { sort = usualSort(filter), size }: { readonly sort?: OrderSort; readonly size: number },
): AsyncGenerator<readonly OrderRow[]> {
  const conditions = conditionsOf(filter);
  for (let after: Wanted['after']; ;) {
    const found = await findOrders(knex, { filter, conditions, sort, after, limit: size });
    yield found.map(({ row }) => row);
    if (found.length < size) return;
    after = found.at(-1)?.position;
  }
}
