import type { Knex } from 'knex';
import { conditionsOf } from './conditions';
import type { OrderFilter } from './filter';
import { wayTo } from './ways';

/** How many orders a list would have, counted no further than `most`. */
export async function countOrders(knex: Knex, filter: OrderFilter, most: number): Promise<number> {
  const conditions = conditionsOf(filter);
  const way = await wayTo(knex, { filter, conditions, sort: 'newest', limit: most });
  if (!way) return 0;
  const { rows } = await knex.raw<{ rows: [{ count: number }] }>(
    `select count(*)::integer as count from (${way.sql}) as found`,
    way.bindings as Knex.RawBinding[],
  );
  return rows[0].count;
}
