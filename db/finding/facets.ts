import type { Knex } from 'knex';
import type { OrderFilter } from './filter';

/** Where an order stands on every axis that has few values, in the order of the column `facet`. */
export type Facet = readonly [
  status: string,
  payment: string,
  shipping: string,
  hold: string,
  attention: string,
  returns: string,
];

/** Steps from each facet there is to the next along the index, however many orders are in each. */
const PRESENT = `with recursive present as (
    (select facet from orders where visible order by facet limit 1)
    union all
    select (select o.facet from orders as o where o.visible and o.facet > p.facet order by o.facet limit 1)
    from present as p where p.facet is not null
  )
  select facet from present where facet is not null`;

export async function presentFacets(knex: Knex): Promise<readonly Facet[]> {
  const { rows } = await knex.raw<{ rows: { facet: Facet }[] }>(PRESENT);
  return rows.map(({ facet }) => facet);
}

/** The words of a shipping summary: `Shipped, Downloaded` is both, anything partial is `in progress`. */
export function shippingWords(summary: string): string[] {
  return summary.split(', ');
}

/** Whether the filter asks for anything that facets tell. */
export function asksForFacets(filter: OrderFilter): boolean {
  const { status, payment, shipping, hold, needsAttention, openReturns } = filter;
  return [status, payment, shipping, hold, needsAttention, openReturns].some(
    (asked) => asked !== undefined,
  );
}

/** Whether orders of this facet are asked for. */
export function fits(filter: OrderFilter, facet: Facet): boolean {
  const [status, payment, shipping, hold, attention, returns] = facet;
  const among = (wanted: readonly string[] | undefined, words: readonly string[]) =>
    wanted === undefined || words.some((word) => wanted.includes(word));
  const is = (wanted: boolean | undefined, flag: string) =>
    wanted === undefined || wanted === (flag !== '');
  return (
    among(filter.status, [status]) &&
    among(filter.payment, [payment]) &&
    among(filter.shipping, shippingWords(shipping)) &&
    is(filter.hold, hold) &&
    is(filter.needsAttention, attention) &&
    is(filter.openReturns, returns)
  );
}
