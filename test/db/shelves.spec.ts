import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { connect } from '../../db/connection';
import { adjustStock, getStock, listAlerts, putLocation, setStock } from '../../db/stock';
import defaultShop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { LiveOrder } from './back-orders';
import { carol } from './lives';
import { faultsInStock, strayLines } from './shelves';

describe('shelves at several places', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    knex = connect(database.url, { min: 0, max: 25, applicationName: 'shelves test' });
    await putLocation(knex, { code: 'near', name: 'Near', priority: 2 });
    await putLocation(knex, { code: 'far', name: 'Far', priority: 3 });
  });
  afterAll(async () => {
    await knex.destroy();
    await database.drop();
  });

  const stock = (sku: string, location: string, inStock: number, more = {}) =>
    setStock(knex, sku, { inStock, location, ...more }, carol);
  const line = (sku: string, quantity: number, id = 'A') => aLine({ id, sku, quantity });
  const holds = (order: string) =>
    knex('stock_allocations').where({ order_number: order }).orderBy('location');

  it('hold an order where it makes the fewest parcels; a shop may prefer the nearest, or choose itself', async () => {
    await stock('POT', 'near', 2);
    await stock('POT', 'far', 9);
    const order = new LiveOrder(knex, { lines: [line('POT', 3)] });
    await order.place();
    expect(await holds(order.number)).toMatchObject([{ location: 'far', allocated: 3 }]);

    const nearest = { ...defaultShop, stock: { allocation: 'priority' } } as Shop;
    const second = new LiveOrder(knex, { lines: [line('POT', 3)] }, nearest);
    await second.place();
    expect(await holds(second.number)).toMatchObject([
      { location: 'far', allocated: 1 },
      { location: 'near', allocated: 2 },
    ]);

    const own = { ...defaultShop, stock: { allocation: 'from afar' } } as Shop;
    const third = new LiveOrder(knex, { lines: [line('POT', 2)] }, own, {
      'from afar': (wanted) =>
        wanted.map(({ line: id, quantity }) => ({ line: id, location: 'far', quantity })),
    });
    await third.place();
    expect(await holds(third.number)).toMatchObject([{ location: 'far', allocated: 2 }]);
    expect(await getStock(knex, 'POT')).toMatchObject({
      inStock: 11,
      allocated: 8,
      locations: [
        { location: 'near', inStock: 2, allocated: 2, net: 0 },
        { location: 'far', inStock: 9, allocated: 6 },
      ],
    });
  });

  it('give units to the parcel that names them, no more than they hold, and take back what they held', async () => {
    await stock('CAN', 'near', 1);
    await stock('CAN', 'far', 2);
    const order = new LiveOrder(knex, { lines: [line('CAN', 3)] });
    await order.place();
    await order.take({ type: 'set-status', status: 'Being processed' });
    const ship = (quantity: number, location: string) =>
      order.take({
        ...({ type: 'record-shipping-event', event: 'Shipped', location } as const),
        lines: [{ id: 'A', quantity }],
      });
    expect(await ship(2, 'near')).toBe('refused');
    expect(await ship(1, 'far')).toBe('committed');
    await order.take({ type: 'cancel', lines: [{ id: 'A', quantity: 2 }], reason: 'Enough.' });
    expect(await getStock(knex, 'CAN')).toMatchObject({
      inStock: 2,
      allocated: 0,
      locations: [{ inStock: 1 }, { inStock: 1 }],
    });
    expect(await faultsInStock(knex)).toEqual([]);
  });

  it('open a low-stock alert once, however orders flap, and close it when goods come in', async () => {
    await setStock(knex, 'CUP', { inStock: 6, lowStockThreshold: 3 }, carol);
    const flap = async () => {
      const order = new LiveOrder(knex, { lines: [line('CUP', 1)] });
      if ((await order.place()) === 'committed') {
        await order.take({ type: 'cancel', reason: 'Flapping.' });
      }
    };
    await Promise.all(Array.from({ length: 12 }, flap));
    const first = (await listAlerts(knex, { sku: 'CUP' })).rows;
    expect(first.length).toBeLessThanOrEqual(1);
    await new LiveOrder(knex, { lines: [line('CUP', 4)] }).place();
    expect((await listAlerts(knex, { sku: 'CUP' })).rows).toMatchObject([
      { sku: 'CUP', location: 'main', threshold: 3, closedAt: null },
    ]);
    await adjustStock(knex, 'CUP', { quantity: 9 }, { id: 'cups', actor: carol });
    expect((await listAlerts(knex, { sku: 'CUP', open: false })).rows).toHaveLength(1);
    expect((await listAlerts(knex, { open: true })).rows).toEqual([]);
  });

  it('give back what nobody paid for; who pays later takes stock again, or people are told', async () => {
    const shop = { ...defaultShop, stock: { reservedFor: { minutes: 30 } } } as Shop;
    await setStock(knex, 'JUG', { inStock: 2 }, carol);
    const order = new LiveOrder(knex, { lines: [line('JUG', 2)] }, shop);
    await order.place();
    const at = new Date(Date.now() + 31 * 60_000).toISOString();
    expect(await order.take({ type: 'deadline', name: 'reservation', at })).toBe('committed');
    expect(await getStock(knex, 'JUG')).toMatchObject({ allocated: 0, net: 2 });
    const [last] = await knex('stock_ledger').where({ sku: 'JUG' }).orderBy('id', 'desc').limit(1);
    expect(last).toMatchObject({ cause: 'expire', order_number: order.number });
    expect(order.state.value.status).toBe('Pending');

    await new LiveOrder(knex, { lines: [line('JUG', 1)] }).place();
    const { total } = order.state.context.placement as { total: { inclTax: number } };
    const paid = { type: 'record-payment-event', event: 'Settled', amount: total.inclTax } as const;
    expect(await order.take(paid)).toBe('committed');
    expect(order.line()).toEqual({ allocated: 1, backordered: 0, consumed: 0 });
    expect(order.state.context.attention).toMatchObject([{ reason: 'stock-short' }]);
    await expect(order.take({ type: 'record-shipping-event', event: 'Shipped' })).resolves.toBe(
      'refused',
    );
    await adjustStock(knex, 'JUG', { quantity: 1 }, { id: 'jugs', actor: carol });
    expect(await order.take({ type: 'record-shipping-event', event: 'Shipped' })).toBe('committed');
    expect(order.line()).toEqual({ allocated: 0, backordered: 0, consumed: 2 });
    expect([...(await faultsInStock(knex)), ...(await strayLines(knex))]).toEqual([]);
  });

  it('add up after any traffic: oversell, negative reservations, deadlocks (vendure #3508, medusa #12401, django-oscar PR 4594, #3778, #2922)', async () => {
    const skus = ['R1', 'R2', 'R3'];
    const places = ['main', 'near', 'far'];
    for (const sku of skus) {
      for (const place of places) await stock(sku, place, 4, { backorders: sku === 'R1' });
    }
    const unit = fc.record({
      sku: fc.constantFrom(...skus),
      quantity: fc.integer({ min: 1, max: 6 }),
    });
    const act = fc.constantFrom('ship', 'cancel', 'count', 'come', 'hear', 'hear', 'all');
    const life = fc.record({
      lines: fc.array(unit, { minLength: 1, maxLength: 3 }),
      acts: fc.array(act, { maxLength: 5 }),
      place: fc.constantFrom(...places),
    });
    const run = async ({
      lines,
      acts,
      place,
    }: {
      lines: { sku: string; quantity: number }[];
      acts: string[];
      place: string;
    }) => {
      const order = new LiveOrder(knex, {
        lines: lines.map(({ sku, quantity }, n) => line(sku, quantity, `L${n}`)),
      });
      if ((await order.place()) !== 'committed') return order;
      await order.take({ type: 'set-status', status: 'Being processed' });
      for (const each of acts) {
        const first = lines[0] ?? { sku: 'R1' };
        if (each === 'count') await stock(first.sku, place, 5);
        else if (each === 'hear') await order.hear(2);
        else if (each === 'come') {
          const id = `${order.number} ${acts.length}`;
          await adjustStock(
            knex,
            first.sku,
            { quantity: 1, location: place },
            { id, actor: carol },
          );
        } else {
          const units = each === 'all' ? {} : { lines: [{ id: 'L0', quantity: 1 }] };
          const command =
            each === 'ship'
              ? ({ type: 'record-shipping-event', event: 'Shipped', ...units } as const)
              : ({ type: 'cancel', reason: 'Random.', ...units } as const);
          // The machine may refuse what is no longer there to ship or cancel.
          await order.take(command).catch((error: Error) => {
            if (!error.message.startsWith('Order')) throw error;
          });
        }
      }
      return order;
    };
    const before = await deadlocks();
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 4, maxLength: 14 }), async (lives) => {
        const orders = await Promise.all(lives.map(run));
        expect(await faultsInStock(knex)).toEqual([]);
        expect(await strayLines(knex, false)).toEqual([]);
        for (const order of orders) {
          if (order.state.value.status !== '(unplaced)') await order.hear(2);
        }
      }),
      { numRuns: 12 },
    );
    expect(await deadlocks()).toBe(before);
  });

  async function deadlocks(): Promise<number> {
    const { rows } = await knex.raw<{ rows: [{ deadlocks: number }] }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    return rows[0].deadlocks;
  }
});
