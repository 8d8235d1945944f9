import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { getStock, listStock, setStock, stockLedger } from '../../db/stock';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, carol, offline } from './lives';
import { faultsInStock } from './shelves';

describe('a stocktake', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  it('makes the record, and later leaves what it does not mention', async () => {
    const set = await setStock(
      knex,
      'A',
      { inStock: 7, lowStockThreshold: 2, backorders: true },
      carol,
    );
    expect(set).toMatchObject({
      ...{ sku: 'A', inStock: 7, allocated: 0, net: 7 },
      ...{ lowStockThreshold: 2, backorders: true, low: false },
    });
    expect(await setStock(knex, 'A', { inStock: 2 }, carol)).toMatchObject({
      ...{ inStock: 2, lowStockThreshold: 2, backorders: true, low: true },
    });
    const cleared = await setStock(knex, 'A', { inStock: 2, lowStockThreshold: null }, carol);
    expect(cleared).toMatchObject({ lowStockThreshold: null, low: false });
    expect(await getStock(knex, 'A')).toEqual(cleared);
    expect(await getStock(knex, 'none')).toBeUndefined();
    const { rows } = await stockLedger(knex, 'A');
    expect(rows.map(({ inStockDelta, cause, actor }) => [inStockDelta, cause, actor])).toEqual([
      [0, 'stocktake', 'Carol'],
      [-5, 'stocktake', 'Carol'],
      [7, 'stocktake', 'Carol'],
    ]);
  });

  it('may find less than is spoken for', async () => {
    await setStock(knex, 'B', { inStock: 5 }, carol);
    await commit(knex, aLife({ ...offline, lines: [aLine({ sku: 'B', quantity: 4 })] }).place());
    expect(await setStock(knex, 'B', { inStock: 1 }, carol)).toMatchObject({
      net: -3,
      allocated: 4,
    });
    expect(await faultsInStock(knex)).toEqual([]);
  });

  it('of many at once all count', async () => {
    const counts = Array.from({ length: 10 }, (_, inStock) =>
      setStock(knex, 'C', { inStock }, carol),
    );
    await Promise.all(counts);
    expect(await faultsInStock(knex)).toEqual([]);
  });

  it('is listed page by page, low records by themselves', async () => {
    for (const sku of ['L1', 'L2', 'L3']) {
      await setStock(knex, sku, { inStock: sku === 'L2' ? 9 : 1, lowStockThreshold: 1 }, carol);
    }
    const first = await listStock(knex, { sku: 'L' }, { limit: 2 });
    const second = await listStock(knex, { sku: 'L' }, { limit: 2, after: first.next });
    expect([...first.rows, ...second.rows].map(({ sku }) => sku)).toEqual(['L1', 'L2', 'L3']);
    expect(second.next).toBeUndefined();
    const low = await listStock(knex, { low: true });
    expect(low.rows.map(({ sku }) => sku)).toEqual(['L1', 'L3']);
    expect((await listStock(knex, { sku: 'L', low: false })).rows).toMatchObject([{ sku: 'L2' }]);
  });

  it('has a ledger that is read back page by page', async () => {
    for (const inStock of [1, 2, 3]) await setStock(knex, 'D', { inStock }, carol);
    const first = await stockLedger(knex, 'D', { limit: 2 });
    const second = await stockLedger(knex, 'D', { limit: 2, after: first.next });
    expect([...first.rows, ...second.rows].map(({ inStock }) => inStock)).toEqual([3, 2, 1]);
  });
});
