import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from '../../db/connection';
import { adjustStock, getStock, removeStock, setStock, stockLedger } from '../../db/stock';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { LiveOrder } from './back-orders';
import { carol } from './lives';
import { faultsInStock, strayLines } from './shelves';

describe('goods that are not there yet', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  let sku: string;
  let nth = 0;
  beforeAll(async () => {
    database = await cloneDatabase();
    knex = connect(database.url, { min: 0, max: 25, applicationName: 'back-orders test' });
  });
  beforeEach(() => {
    nth += 1;
    sku = `VASE-${nth}`;
  });
  afterAll(async () => {
    await knex.destroy();
    await database.drop();
  });

  const count = (inStock: number) => setStock(knex, sku, { inStock, backorders: true }, carol);
  const anOrder = (quantity: number, placedAt = '2026-11-23T10:00:00.000Z') =>
    new LiveOrder(knex, { lines: [aLine({ sku, quantity })], placedAt });

  async function placed(quantity: number, placedAt?: string): Promise<LiveOrder> {
    const order = anOrder(quantity, placedAt);
    expect(await order.place()).toBe('committed');
    return order;
  }

  it('are waited for where the record lets orders wait: placing takes what is there and queues the rest', async () => {
    await count(1);
    const order = await placed(3);
    expect(order.line()).toMatchObject({ allocated: 1, backordered: 2 });
    expect(await getStock(knex, sku)).toMatchObject({ allocated: 1, net: 0, backordered: 2 });
    expect(await strayLines(knex)).toEqual([]);
  });

  it('go to the oldest order first, in the transaction that brings them, with a ledger row each', async () => {
    await count(0);
    const young = await placed(2, '2026-11-23T12:00:00.000Z');
    const old = await placed(2, '2026-11-22T12:00:00.000Z');
    await adjustStock(knex, sku, { quantity: 3 }, { id: 'van-1', actor: carol });
    expect(await getStock(knex, sku)).toMatchObject({ inStock: 3, allocated: 3, backordered: 1 });
    await old.hear();
    await young.hear();
    expect(old.line()).toMatchObject({ allocated: 2, backordered: 0 });
    expect(young.line()).toMatchObject({ allocated: 1, backordered: 1 });
    const { rows } = await stockLedger(knex, sku, { limit: 3 });
    expect(rows.map(({ cause, orderNumber }) => [cause, orderNumber])).toEqual([
      ['allocate', young.number],
      ['allocate', old.number],
      ['receipt', null],
    ]);
    expect([...(await faultsInStock(knex)), ...(await strayLines(knex))]).toEqual([]);
  });

  it('come in once, however often the same delivery is booked', async () => {
    for (let time = 0; time < 3; time += 1) {
      await adjustStock(knex, sku, { quantity: 5 }, { id: `van ${sku}`, actor: carol });
    }
    expect(await getStock(knex, sku)).toMatchObject({ inStock: 5 });
  });

  it('are given to whoever waits when another order is cancelled', async () => {
    await count(2);
    const first = await placed(2);
    const second = await placed(1);
    await first.take({ type: 'cancel', reason: 'No longer wanted.' });
    expect(await second.hear(3)).toBe(1);
    expect(second.line()).toMatchObject({ allocated: 1, backordered: 0 });
  });

  it('that an order gave up while they came in are neither lost nor doubled', async () => {
    await count(0);
    const order = await placed(3);
    await count(2);
    // Not told yet: the order still believes that all three wait.
    await order.take({
      type: 'cancel',
      lines: [{ id: 'A', quantity: 2 }],
      reason: 'One will do.',
    });
    expect(await strayLines(knex, false)).toEqual([]);
    await order.hear(2);
    expect(order.line()).toMatchObject({ allocated: 1, backordered: 0 });
    expect(await getStock(knex, sku)).toMatchObject({ inStock: 2, allocated: 1, net: 1 });
    expect([...(await faultsInStock(knex)), ...(await strayLines(knex))]).toEqual([]);
  });

  it('cannot ship, and the refusal says how many wait (medusa PR 9736, PR 11735)', async () => {
    await count(1);
    const order = await placed(3);
    await order.take({ type: 'set-status', status: 'Being processed' });
    const ship = (quantity?: number) =>
      order.take({
        type: 'record-shipping-event',
        event: 'Shipped',
        ...(quantity && { lines: [{ id: 'A', quantity }] }),
      });
    await expect(ship(2)).rejects.toThrow('at most 1 possible: 2 wait for goods to come in.');
    expect(await ship()).toBe('committed');
    expect(order.line()).toEqual({ allocated: 0, backordered: 2, consumed: 1 });
    await expect(ship()).rejects.toThrow('Line A: 2 wait for goods to come in.');
    expect(await getStock(knex, sku)).toMatchObject({ inStock: 0, allocated: 0, backordered: 2 });
  });

  it('are refused where the record lets nobody wait, with the maximum per line', async () => {
    await setStock(knex, sku, { inStock: 1 }, carol);
    expect(await anOrder(3).place()).toBe('refused');
    expect(await getStock(knex, sku)).toMatchObject({ allocated: 0, backordered: 0 });
  });

  it('keep their record while orders hold or wait for them; a deleted product leaves its lines readable', async () => {
    await count(1);
    const order = await placed(2);
    expect(await removeStock(knex, sku, undefined, carol)).toEqual({
      outcome: 'in-use',
      allocated: 1,
      backordered: 1,
    });
    await order.take({ type: 'cancel', reason: 'Gone.' });
    expect(await removeStock(knex, sku, undefined, carol)).toEqual({ outcome: 'removed' });
    expect(await getStock(knex, sku)).toBeUndefined();
    expect(await knex('order_lines').where({ sku })).toMatchObject([{ sku, title: 'Mug' }]);
    expect((await stockLedger(knex, sku)).rows[0]).toMatchObject({ cause: 'removal', inStock: 0 });
  });

  it('the last item is not sold twice: 200 tries of two callers at once (django-oscar #4524, vendure #1738, saleor #543)', async () => {
    for (let round = 0; round < 10; round += 1) {
      const skus = Array.from({ length: 20 }, (_, n) => `LAST-${round}-${n}`);
      await Promise.all(skus.map((each) => setStock(knex, each, { inStock: 1 }, carol)));
      const outcomes = await Promise.all(
        skus.flatMap((each) =>
          [1, 2].map(() =>
            new LiveOrder(knex, { lines: [aLine({ sku: each, quantity: 1 })] }).place(),
          ),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(20);
    }
  });

  it('an order is not blocked by its own reservation: it ships the last units it holds (medusa #6500, #9821)', async () => {
    await setStock(knex, sku, { inStock: 3 }, carol);
    const order = await placed(3);
    expect(await getStock(knex, sku)).toMatchObject({ net: 0 });
    await order.take({ type: 'set-status', status: 'Being processed' });
    expect(await order.take({ type: 'record-shipping-event', event: 'Shipped' })).toBe('committed');
    expect(await getStock(knex, sku)).toMatchObject({ inStock: 0, allocated: 0 });
  });
});
