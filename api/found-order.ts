import type { Knex } from 'knex';
import { findOrder as findStored, type FoundOrder } from '../db/orders';
import { upToDate } from '../machines/state';

/** The order as everybody may see it, whichever release stored it; undefined until it is placed. */
export async function findOrder(db: Knex, number: string): Promise<FoundOrder | undefined> {
  const order = await findStored(db, number);
  return order && { ...order, state: upToDate(order.state) };
}
