import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { listEvents, pastUpTo } from '../../db/events';
import { findOrder, loadOrder } from '../../db/orders';
import shop from '../../machines/shop';
import { ordersOf, replay } from '../../machines/step';
import type { Shop } from '../../machines/table';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLife, offline } from './lives';

const second: Shop = { ...shop, revision: 2 };
const third = JSON.parse(
  JSON.stringify({ ...shop, revision: 3 }).replaceAll('"Pending"', '"New"'),
) as Shop;
const words = { statuses: { Pending: 'New' }, lineStatuses: { Pending: 'New' } };

describe('an order that moves to another table', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  it('is found on it, its lines too, and its past keeps each table of its time', async () => {
    await knex('stock_records').insert({ sku: 'MUG-1', in_stock: 9, allocated: 0 });
    const life = aLife(offline);
    await commit(knex, life.place());
    await commit(knex, life.decide({ type: 'renew', shop: second }));
    await commit(knex, life.decide({ type: 'add-note', text: 'Between.' }));
    await commit(knex, life.decide({ type: 'renew', shop: third, ...words }));
    await commit(knex, life.decide({ type: 'add-note', text: 'After.' }));

    const order = await findOrder(knex, life.number);
    expect(JSON.stringify(order?.shop)).toBe(JSON.stringify(third));
    const [line] = await knex('order_lines').where({ order_number: life.number });
    expect(line).toMatchObject({ status: 'New' });

    const past = await pastUpTo(knex, { number: life.number, shop: third }, 5);
    expect(JSON.stringify(past.first)).toBe(JSON.stringify(shop));
    const tables = past.events.map(({ event }) =>
      event.type === 'renew' ? event.shop?.revision : undefined,
    );
    expect(tables).toEqual([undefined, 2, undefined, 3, undefined]);
    const folded = replay(
      ordersOf(past.first),
      past.events.map(({ event }) => event),
    );
    expect(JSON.parse(JSON.stringify(folded.state))).toEqual(order?.state);
    expect(folded.orders.shop.revision).toBe(3);
  });

  it('keeps a table once, and no event has a copy of it', async () => {
    const life = aLife(offline);
    await commit(knex, life.place());
    const renewal = life.decide({ type: 'renew', shop: second });
    await commit(knex, renewal);
    // An answer that was lost: the same commit again changes nothing.
    expect(await commit(knex, renewal)).toMatchObject({ outcome: 'committed', seq: 2 });
    expect(await knex('left_tables').where({ order_number: life.number })).toHaveLength(1);
    const [, event] = await listEvents(knex, life.number);
    expect(event?.event).not.toHaveProperty('shop');
    expect((await loadOrder(knex, life.number))?.shop.revision).toBe(2);
    const kept = await knex('shops').whereRaw(`"table"->>'revision' = '2'`);
    expect(kept).toHaveLength(1);
  });
});
