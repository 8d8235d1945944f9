import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import {
  bestSkus,
  moneyIn,
  salesIn,
  timesIn,
  waitingIn,
  type Span,
} from '../../db/finding/statistics';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, offline, type Life } from './lives';

const price = (amount: number) => ({ exclTax: amount, inclTax: amount });

describe('statistics', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  /** An order of units at a price and no shipping, to be paid outside. */
  async function placed(
    number: string,
    currency: string,
    placedAt: string,
    [quantity, amount, sku = 'MUG-1']: readonly [number, number, string?],
  ): Promise<Life> {
    const line = aLine({
      priceBreakdown: [{ quantity, ...price(amount) }],
      sku,
      title: `A ${sku}`,
      quantity,
      unitPrice: price(amount),
      trackStock: false,
    });
    const life = aLife({
      ...{ number, currency, placedAt, lines: [line], shipping: undefined },
      ...{ total: price(quantity * amount), ...offline },
    });
    await commit(knex, life.place());
    return life;
  }
  const record = (event: string, amount: number) =>
    ({ type: 'record-payment-event', event, amount }) as const;

  it('are those that the orders and the ledger add up to, in every currency and whosever day it is', async () => {
    // 3 × 12.00 and 1 × 5.00 pounds, paid in full; of the first, one unit is cancelled and refunded.
    const first = await placed('S-1', 'GBP', '2026-11-01T10:00:00.000Z', [3, 1200]);
    await commit(knex, first.decide(record('Settled', 3600)));
    await commit(
      knex,
      first.decide({ type: 'cancel', lines: [{ id: 'A', quantity: 1 }], reason: '-' }),
    );
    await commit(knex, first.decide(record('Refunded', 1200)));
    const second = await placed('S-2', 'GBP', '2026-11-01T23:30:00.000Z', [1, 500, 'TEA']);
    await commit(knex, second.decide(record('Settled', 500)));
    // 2 × ¥4,100, unpaid and cancelled; 1 × ¥900, paid.
    const gone = await placed('S-3', 'JPY', '2026-11-01T12:00:00.000Z', [2, 4100]);
    await commit(knex, gone.decide({ type: 'cancel', reason: 'Asked for.' }));
    const yen = await placed('S-4', 'JPY', '2026-11-03T12:00:00.000Z', [1, 900]);
    await commit(knex, yen.decide(record('Settled', 900)));
    // 5 × 1.234 dinars, paid in part, 0.234 refunded.
    const dinars = await placed('S-5', 'KWD', '2026-11-30T12:00:00.000Z', [5, 1234]);
    await commit(knex, dinars.decide(record('Settled', 3000)));
    await commit(knex, dinars.decide(record('Refunded', 234)));

    const span: Span = { from: '2026-11-01', to: '2026-12-01', by: 'day', zone: 'UTC' };
    const none = { cancelled: 0 };
    const dinarsSold = { ...none, orders: 1, units: 5, ordered: 6170, sold: 6170 };
    expect(await salesIn(knex, span)).toEqual([
      {
        period: '2026-11-01',
        currency: 'GBP',
        ...none,
        orders: 2,
        units: 3,
        ordered: 4100,
        sold: 2900,
      },
      {
        period: '2026-11-01',
        currency: 'JPY',
        orders: 1,
        cancelled: 1,
        units: 0,
        ordered: 8200,
        sold: 0,
      },
      {
        period: '2026-11-03',
        currency: 'JPY',
        ...none,
        orders: 1,
        units: 1,
        ordered: 900,
        sold: 900,
      },
      { period: '2026-11-30', currency: 'KWD', ...dinarsSold },
    ]);
    // At half past eleven in the evening in London it is Monday morning in Tokyo.
    const weeks = await salesIn(knex, {
      ...span,
      from: '2026-11-02',
      by: 'week',
      zone: 'Asia/Tokyo',
    });
    expect(weeks.map(({ period, currency, orders }) => [period, currency, orders])).toEqual([
      ['2026-11-02', 'GBP', 1],
      ['2026-11-02', 'JPY', 1],
      ['2026-11-30', 'KWD', 1],
    ]);
    expect((await salesIn(knex, { ...span, by: 'month' })).map(({ period }) => period)).toEqual([
      ...['2026-11-01', '2026-11-01', '2026-11-01'],
    ]);

    // Money is counted on the day it moved, which is today.
    const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const days: Span = { from: yesterday, to: soon, by: 'month', zone: 'UTC' };
    const money = await moneyIn(knex, days);
    expect(money.map(({ currency, captured, refunded }) => [currency, captured, refunded])).toEqual(
      [
        ['GBP', 4100, 1200],
        ['JPY', 900, 0],
        ['KWD', 3000, 234],
      ],
    );
    const { rows } = await knex.raw<{ rows: object[] }>(
      `select currency, sum(captured)::bigint as captured, sum(refunded)::bigint as refunded
       from orders where captured > 0 group by 1 order by 1`,
    );
    expect(rows).toEqual(money.map(({ period: _, ...each }) => each));

    expect(await bestSkus(knex, span)).toEqual([
      { sku: 'MUG-1', title: 'A MUG-1', units: 8, lines: 4 },
      { sku: 'TEA', title: 'A TEA', units: 1, lines: 1 },
    ]);
    expect(await bestSkus(knex, span, 1)).toHaveLength(1);
  });

  it('say how long orders were in a status, from its history, and which have been for longest', async () => {
    // Nine orders were Pending for 1 to 9 hours, one for 10 days; times are set here, as no clock can be.
    for (let hours = 1; hours <= 10; hours += 1) {
      const life = await placed(`T-${hours}`, 'GBP', '2026-01-01T00:00:00.000Z', [1, 100]);
      const since = Date.now() - (hours === 10 ? 240 : hours) * 3_600_000;
      const at = new Date(since).toISOString();
      await knex('orders').where({ number: life.number }).update({ status_since: at });
      await commit(knex, life.decide({ type: 'set-status', status: 'Being processed' }));
    }
    const days = (from: number) =>
      new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
    const times = await timesIn(knex, { from: days(-1), to: days(2), by: 'day', zone: 'UTC' });
    const pending = times.find(({ status }) => status === 'Pending');
    // Four of the story above left Pending at once, so the seventh of 14 has waited for 3 hours.
    expect(pending?.orders).toBe(14);
    expect(Math.round((pending?.medianSeconds ?? 0) / 360)).toBe(30);
    expect(Math.round((pending?.p90Seconds ?? 0) / 360)).toBe(90);

    const first = await placed('T-old', 'GBP', '2026-01-01T00:00:00.000Z', [1, 100]);
    await knex('orders')
      .where({ number: first.number })
      .update({ status_since: '2026-02-01T00:00:00Z' });
    const { late, longest } = await waitingIn(knex, 'Pending', '2026-03-01T00:00:00Z');
    expect([late, longest[0]]).toEqual([1, { number: 'T-old', since: '2026-02-01T00:00:00.000Z' }]);
  });
});
