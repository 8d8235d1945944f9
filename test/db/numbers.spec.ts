import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { nextNumber } from '../../db/numbers';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife } from './lives';

describe('the numbers of orders', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  it('begin where the shop says, and are all different', async () => {
    const next = () => nextNumber(knex, { prefix: 'N-', from: 500 });
    const numbers = await Promise.all(Array.from({ length: 20 }, next));
    expect(new Set(numbers).size).toBe(20);
    expect(numbers.map((number) => Number(number.slice(2))).sort()[0]).toBe(500);
  });

  it('leave out those in use, also by an order that is still being placed', async () => {
    const scheme = { prefix: '', from: 1000 };
    expect(await nextNumber(knex, scheme)).toBe('1000');
    for (const number of ['1001', '1002', '1004']) {
      await commit(knex, aLife({ number, lines: [aLine({ trackStock: false })] }).place());
    }
    expect(await nextNumber(knex, scheme)).toBe('1003');
    expect(await nextNumber(knex, scheme)).toBe('1005');
  });
});
