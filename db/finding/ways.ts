import type { Knex } from 'knex';
import type { Condition, Sql } from './conditions';
import { asksForFacets, fits, presentFacets } from './facets';
import type { OrderFilter, OrderSort } from './filter';

/** A set of no more orders than this is read whole and sorted; see docs/decisions/0012. */
const GATHER_MOST = 3_000;

export interface Wanted {
  readonly filter: OrderFilter;
  readonly conditions: readonly Condition[];
  readonly sort: OrderSort;
  /** Where the page before ended: the value it is sorted by, and the number. */
  readonly after?: readonly [string, string];
  readonly limit: number;
  /** How many orders may be read whole and sorted; 3,000 unless said. */
  readonly gatherMost?: number;
}

/** How a sort reads its index. */
interface Order {
  readonly column: 'placed_at' | 'updated_at' | 'total_incl_tax';
  readonly type: 'timestamptz' | 'bigint';
  readonly direction: 'asc' | 'desc';
}

export const orders: Readonly<Record<OrderSort, Order>> = {
  newest: { column: 'placed_at', type: 'timestamptz', direction: 'desc' },
  oldest: { column: 'placed_at', type: 'timestamptz', direction: 'asc' },
  updated: { column: 'updated_at', type: 'timestamptz', direction: 'desc' },
  largest: { column: 'total_incl_tax', type: 'bigint', direction: 'desc' },
};

const orderBy = ({ column, direction }: Order, table: string) =>
  `${table}.${column} ${direction}, ${table}.number ${direction === 'desc' ? 'asc' : 'desc'}`;

/** What follows the page before. */
function rest({ column, type, direction }: Order, after: Wanted['after']): Sql[] {
  if (!after) return [];
  const [at, number] = after;
  const [beyond, than] = direction === 'desc' ? ['<', '>'] : ['>', '<'];
  const sql = `o.${column} ${beyond}= ?::${type} and (o.${column} ${beyond} ?::${type} or o.number ${than} ?)`;
  return [{ sql, bindings: [at, at, number] }];
}

const join = (parts: readonly Sql[], by: string): Sql => ({
  sql: parts.map(({ sql }) => sql).join(by),
  bindings: parts.flatMap(({ bindings }) => bindings),
});

/** The statement that gives a page's numbers in order; undefined when no order can be meant. */
export async function wayTo(knex: Knex, wanted: Wanted): Promise<Sql | undefined> {
  const { filter, conditions, sort, gatherMost = GATHER_MOST } = wanted;
  const smallest = await smallestSet(knex, conditions, gatherMost);
  const isByFacet = asksForFacets(filter) || orders[sort].column !== 'placed_at';
  if (!isByFacet) return smallest ? gather(wanted, smallest, []) : walk(wanted);
  const all = await presentFacets(knex);
  const facets = all.filter((facet) => fits(filter, facet));
  if (facets.length === 0) return undefined;
  if (smallest) return gather(wanted, smallest, facets.length < all.length ? facets : []);
  return walkEach(wanted, facets);
}

/** The condition that is true of so few orders that they can all be read; what PostgreSQL expects decides. */
async function smallestSet(
  knex: Knex,
  conditions: readonly Condition[],
  most: number,
): Promise<Condition | undefined> {
  const gatherable = conditions.filter(({ gather }) => gather);
  if (gatherable.length === 0) return undefined;
  const { sql, bindings } = join(
    gatherable.map(({ gather }) => gather as Sql),
    ') union all (',
  );
  const { rows } = await knex.raw<{ rows: [{ 'QUERY PLAN': [{ Plan: PlanNode }] }] }>(
    `explain (format json) (${sql})`,
    bindings as Knex.RawBinding[],
  );
  const { Plan: plan } = rows[0]['QUERY PLAN'][0];
  const expected = gatherable.length === 1 ? [plan] : (plan.Plans ?? []);
  const sizes = expected.map((node) => node['Plan Rows']);
  const least = Math.min(...sizes);
  return least <= most ? gatherable[sizes.indexOf(least)] : undefined;
}

interface PlanNode {
  readonly 'Plan Rows': number;
  readonly Plans?: readonly PlanNode[];
}

const isVisible: Sql = { sql: 'o.visible', bindings: [] };
const facetText = (facet: readonly string[]) =>
  `{${facet.map((word) => `"${word.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;

/** Reads one small set whole, tests each order for the rest, and sorts what is left. */
function gather(
  { conditions, sort, after, limit }: Wanted,
  from: Condition,
  facets: readonly (readonly string[])[],
): Sql {
  const order = orders[sort];
  const { sql: set, bindings } = from.gather as Sql;
  const others = conditions.filter((condition) => condition !== from).map(({ test }) => test);
  const among = facets.length === 0 ? [] : [amongFacets(facets)];
  const where = join([isVisible, ...among, ...rest(order, after), ...others], ' and ');
  return {
    sql: `with found as materialized (${set})
      select p.number, p.${order.column} as at
      from found cross join lateral (
        select o.number, o.${order.column} from orders as o where o.number = found.number and ${where.sql} offset 0
      ) as p order by ${orderBy(order, 'p')} limit ?`,
    bindings: [...bindings, ...where.bindings, limit],
  };
}

function amongFacets(facets: readonly (readonly string[])[]): Sql {
  const ways = facets.map(() => 'o.facet = ?::text[]').join(' or ');
  return { sql: `(${ways})`, bindings: facets.map(facetText) };
}

/** Reads orders by date and tests each, until the page is full. */
function walk({ conditions, sort, after, limit }: Wanted): Sql {
  const order = orders[sort];
  const tests = conditions.map(({ test }) => test);
  const where = join([isVisible, ...rest(order, after), ...tests], ' and ');
  return {
    sql: `select o.number, o.${order.column} as at from orders as o
      where ${where.sql} order by ${orderBy(order, 'o')} limit ?`,
    bindings: [...where.bindings, limit],
  };
}

/** Reads the orders of each facet side by side, always the next one of all, until the page is full. */
function walkEach(wanted: Wanted, facets: readonly (readonly string[])[]): Sql {
  const { conditions, sort, after, limit } = wanted;
  const order = orders[sort];
  const tests = conditions.map(({ test }) => test);
  const branches = facets.map((facet) => {
    const inFacet: Sql = { sql: 'o.facet = ?::text[]', bindings: [facetText(facet)] };
    const where = join([isVisible, inFacet, ...rest(order, after), ...tests], ' and ');
    // With an order and a limit of its own each branch is read along its index, and no further than needed.
    return {
      sql: `(select o.number, o.${order.column} from orders as o
        where ${where.sql} order by ${orderBy(order, 'o')} limit ?)`,
      bindings: [...where.bindings, limit],
    };
  });
  const { sql, bindings } = join(branches, ' union all ');
  return {
    sql: `select p.number, p.${order.column} as at from (${sql}) as p order by ${orderBy(order, 'p')} limit ?`,
    bindings: [...bindings, limit],
  };
}
