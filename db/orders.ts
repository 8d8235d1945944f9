import type { Knex } from 'knex';
import type { StoredOrder } from '../machines/history';

/** An order as it is shown, with when it was last changed. */
export interface FoundOrder extends StoredOrder {
  readonly updatedAt: string;
}

interface Row extends StoredOrder {
  readonly visible: boolean;
  readonly updatedAt: string;
}

const columns = {
  number: 'o.number',
  seq: 'o.seq',
  version: 'o.version',
  state: 'o.state',
  shop: 's.table',
  visible: 'o.visible',
  updatedAt: 'o.updated_at',
};

async function read(knex: Knex, number: string): Promise<Row | undefined> {
  return knex('orders as o')
    .join('shops as s', 's.hash', 'o.shop_hash')
    .where('o.number', number)
    .first<Row | undefined>(columns);
}

/** The order as its workflow needs it, also while it is still being placed. */
export async function loadOrder(knex: Knex, number: string): Promise<StoredOrder | null> {
  const row = await read(knex, number);
  if (!row) return null;
  const { seq, version, state, shop } = row;
  return { number, seq, version, state, shop };
}

/** Those of these orders that everybody may see, by their numbers. */
export async function findOrders(
  knex: Knex,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, FoundOrder>> {
  const rows = await knex('orders as o')
    .join('shops as s', 's.hash', 'o.shop_hash')
    .whereIn('o.number', numbers)
    .where('o.visible', true)
    .select<Row[]>(columns);
  return new Map(rows.map(({ visible: _, ...order }) => [order.number, order]));
}

/** The order as everybody may see it: undefined until it is placed. */
export async function findOrder(knex: Knex, number: string): Promise<FoundOrder | undefined> {
  const row = await read(knex, number);
  if (!row?.visible) return undefined;
  const { seq, version, state, shop, updatedAt } = row;
  return { number, seq, version, state, shop, updatedAt };
}
