import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { setStock } from '../../db/stock';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLife, carol } from './lives';

describe('what only grows', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  const life = aLife();
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
    await setStock(knex, 'MUG-1', { inStock: 10 }, carol);
    await commit(knex, life.place());
    await commit(knex, life.answer());
    await commit(knex, life.andAnswer({ type: 'take-payment' }));
  });
  afterAll(() => database.drop());

  it.each([
    ['events', { type: 'forged' }],
    ['payment_ledger', { amount: 1 }],
    ['stock_ledger', { allocated_delta: 0 }],
  ])('%s are neither changed nor deleted', async (table, change) => {
    const ours = () => knex(table).where({ order_number: life.number });
    const before = await ours();
    expect(before).not.toEqual([]);
    await expect(ours().update(change)).rejects.toMatchObject({ code: '23001' });
    await expect(ours().delete()).rejects.toMatchObject({ code: '23001' });
    await expect(knex(table).truncate()).rejects.toMatchObject({ code: '23001' });
    expect(await ours()).toEqual(before);
  });

  it('an event is shown once, with the order, and not otherwise changed', async () => {
    const placing = aLife();
    await commit(knex, placing.place());
    const now = knex.raw('pg_current_xact_id()');
    const change = (number: string, values: object) =>
      knex('events').where({ order_number: number }).update(values);
    const show = { visible: true, txid: now };
    for (const [number, values] of [
      [placing.number, { visible: true }],
      [placing.number, { visible: false, txid: now }],
      [placing.number, { ...show, type: 'forged' }],
      [placing.number, { ...show, facts: '[]' }],
      [life.number, show],
    ] as const) {
      await expect(change(number, values)).rejects.toMatchObject({ code: '23001' });
    }
    expect(await change(placing.number, show)).toBe(1);
  });

  it('an order that was placed stays', async () => {
    const ours = () => knex('orders').where({ number: life.number });
    await expect(ours().delete()).rejects.toThrow(`order ${life.number} was placed and stays`);
    await expect(knex.raw('truncate orders cascade')).rejects.toMatchObject({ code: '23001' });
    expect(await ours()).toHaveLength(1);
  });
});
