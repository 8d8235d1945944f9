import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { listOrders } from '../../db/finding/list';
import { adjustStock, getStock, listStock, setStock } from '../../db/stock';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, carol, offline } from './lives';

const MOST = 1_000_000_000_000;

describe('what a number can hold', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  it('bounds what comes in: no record has more than can be read', async () => {
    await setStock(knex, 'VASE', { inStock: MOST - 5 }, carol);
    const come = (quantity: number, id: string) =>
      adjustStock(knex, 'VASE', { quantity }, { id, actor: carol });
    expect(await come(6, 'one')).toEqual({ outcome: 'impossible', inStock: MOST - 5 });
    expect(await come(5, 'two')).toMatchObject({ outcome: 'adjusted', record: { inStock: MOST } });
    expect((await listStock(knex)).rows).toMatchObject([{ inStock: MOST }]);
  });

  it('bounds what a stocktake may find', async () => {
    await setStock(knex, 'CUP', { inStock: 1 }, carol);
    for (const stocktake of [{ inStock: MOST + 1 }, { inStock: 1, lowStockThreshold: MOST + 1 }]) {
      await expect(setStock(knex, 'CUP', stocktake, carol)).rejects.toMatchObject({
        code: '23514',
      });
    }
    expect(await getStock(knex, 'CUP')).toMatchObject({ inStock: 1, lowStockThreshold: null });
  });

  it('bounds what an order is of, so that no order ends the lists', async () => {
    const lines = ['A', 'B'].map((id) => aLine({ id, quantity: 1_000_000, trackStock: false }));
    const life = aLife({ ...offline, lines });
    await commit(knex, life.place());
    for (const [table, key, change] of [
      ['order_lines', 'order_number', { quantity: 1_000_001 }],
      ['orders', 'number', { total_incl_tax: MOST + 1 }],
      ['orders', 'number', { balance: -9_000_000_000_000_001 }],
      ['orders', 'number', { pending: '9223372036854775807' }],
    ] as const) {
      const row = knex(table).where({ [key]: life.number });
      await expect(row.update(change)).rejects.toMatchObject({ code: '23514' });
    }
    expect((await listOrders(knex, {})).rows).toContainEqual(
      expect.objectContaining({ number: life.number, units: 2_000_000 }),
    );
  });
});
