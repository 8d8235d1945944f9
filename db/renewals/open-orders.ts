import type { Knex } from 'knex';
import type { StoredOrder } from '../../machines/history';
import type { OrderState } from '../../machines/state';
import type { Shop } from '../../machines/table';

/** A table, and how many orders in a status that leads on follow it. */
export interface TableInUse {
  readonly hash: string;
  readonly table: Shop;
  readonly open: number;
}

/** Not at an end of its own pipeline. */
const isOpen = `json_array_length(s.table->'orders'->'statuses'->o.status->'next') > 0`;

/** Every table that open orders follow, the oldest first. */
export async function tablesInUse(knex: Knex): Promise<readonly TableInUse[]> {
  const rows = await knex('shops as s')
    .join(
      knex('orders')
        .where('visible', true)
        .groupBy('shop_hash', 'status')
        .select('shop_hash', 'status')
        .count('* as orders')
        .as('o'),
      'o.shop_hash',
      's.hash',
    )
    .whereRaw(isOpen)
    .groupBy('s.hash')
    .orderBy('s.created_at')
    .select<{ hash: string; open: string }[]>('s.hash', knex.raw('sum(o.orders) as open'));
  const tables = await knex('shops')
    .whereIn(
      'hash',
      rows.map(({ hash }) => hash),
    )
    .select<{ hash: string; table: Shop }[]>('hash', 'table');
  return rows.map(({ hash, open }) => {
    const table = tables.find((each) => each.hash === hash)?.table as Shop;
    return { hash, table, open: Number(open) };
  });
}

const PAGE = 500;

/** The open orders of a table, by number, some at a time. */
export async function* openOrders(
  knex: Knex,
  { hash, table }: TableInUse,
): AsyncGenerator<StoredOrder> {
  let after = '';
  for (;;) {
    const rows = await knex('orders as o')
      .join('shops as s', 's.hash', 'o.shop_hash')
      .where('o.shop_hash', hash)
      .where('o.visible', true)
      .where('o.number', '>', after)
      .whereRaw(isOpen)
      .orderBy('o.number')
      .limit(PAGE)
      .select<{ number: string; seq: number; version: number; state: OrderState }[]>(
        ...['o.number', 'o.seq', 'o.version', 'o.state'],
      );
    for (const row of rows) yield { ...row, shop: table };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.number;
  }
}
