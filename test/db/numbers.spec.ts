import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { nextNumber, passTaken } from '../../db/numbers';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife } from './lives';

const noon = '2026-03-02T12:00:00.000Z';

describe('the numbers of orders', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  it('begin where the shop says, and are all different', async () => {
    const next = () => nextNumber(knex, { prefix: 'N-', from: 500 }, noon);
    const numbers = await Promise.all(Array.from({ length: 20 }, next));
    expect(new Set(numbers).size).toBe(20);
    expect(numbers.map((number) => Number(number.slice(2))).sort()[0]).toBe(500);
  });

  it('leave out those in use, also by an order that is still being placed', async () => {
    const scheme = { prefix: '', from: 1000 };
    expect(await nextNumber(knex, scheme, noon)).toBe('1000');
    for (const number of ['1001', '1002', '1004']) {
      await commit(knex, aLife({ number, lines: [aLine({ trackStock: false })] }).place());
    }
    expect(await nextNumber(knex, scheme, noon)).toBe('1003');
    expect(await nextNumber(knex, scheme, noon)).toBe('1005');
  });

  describe('by month, with digits', () => {
    const scheme = { prefix: '{year}-{month}-', from: 1, digits: 5, each: 'month' } as const;
    const at = (month: string) => (count: number) =>
      Promise.all(
        Array.from({ length: count }, () => nextNumber(knex, scheme, `2026-${month}-28T12:00:00Z`)),
      );

    it('begin again each month, and are all different whoever asks at once', async () => {
      const april = await at('04')(30);
      expect([...april].sort()).toEqual(
        Array.from({ length: 30 }, (_, n) => `2026-04-${String(n + 1).padStart(5, '0')}`),
      );
      expect(await at('05')(1)).toEqual(['2026-05-00001']);
      expect(await at('04')(1)).toEqual(['2026-04-00031']);
    });

    it('pass over a number that somebody gave', async () => {
      const lines = [aLine({ trackStock: false })];
      for (const number of ['2026-06-00001', '2026-06-00002', '2026-06-00004']) {
        await commit(knex, aLife({ number, lines }).place());
      }
      expect((await at('06')(2)).sort()).toEqual(['2026-06-00003', '2026-06-00005']);
    });
  });

  it('of an older table are written as they were', async () => {
    expect(await nextNumber(knex, { prefix: 'OLD-', from: 7 }, noon)).toMatch(/^OLD-\d+$/);
    expect(await nextNumber(knex, { prefix: 'Y{year}-', from: 7, digits: 9 }, noon)).toMatch(
      /^Y2026-0\d{8}$/,
    );
  });

  it('go on behind whole runs that came from elsewhere', async () => {
    const template = aLife({ number: 'RUN', lines: [aLine({ trackStock: false })] });
    await commit(knex, template.place());
    await knex.raw(`
      insert into orders (number, seq, version, status, payment_status, shipping_summary, on_hold,
        needs_attention, currency, total_excl_tax, total_incl_tax, authorised, captured, refunded,
        voided, pending, balance, placed_at, updated_at, shop_hash, state)
      select 'RUN' || n, seq, version, status, payment_status, shipping_summary, on_hold,
        needs_attention, currency, total_excl_tax, total_incl_tax, authorised, captured, refunded,
        voided, pending, 0, placed_at, updated_at, shop_hash, state
      from orders, generate_series(1000000, 1060000) as n where number = 'RUN'`);
    const scheme = { prefix: 'RUN', from: 1_000_000 };
    await passTaken(knex, scheme, noon);
    expect(await nextNumber(knex, scheme, noon)).toBe('RUN1060001');
    await passTaken(knex, scheme, noon);
    expect(await nextNumber(knex, scheme, noon)).toBe('RUN1060002');
  });
});
