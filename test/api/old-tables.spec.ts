import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import { defineShop, type Shop } from '../../machines/table';
import { aLine, anOrder, startSystem, type System } from '../support/system';

const ORDERS = 500;
/** Enough to keep worker and server busy, as a shop's morning does. */
const AT_ONCE = 25;

/** The shop after a change that leaves no status and no event of before. */
const changed = defineShop({
  ...{ name: 'Default shop', revision: 2 },
  orders: {
    initial: 'New',
    statuses: {
      New: { next: ['Gone', 'Dropped'], whenShipped: 'Gone', whenCancelled: 'Dropped' },
      Gone: { next: [] },
      Dropped: { next: [], lines: 'Dropped', enter: ['cancel-units', 'refund'] },
    },
  },
  lines: {
    initial: 'New',
    statuses: { New: { next: ['Gone', 'Dropped'] }, Gone: { next: [] }, Dropped: { next: [] } },
  },
  shippingEvents: {
    Sent: { means: 'dispatched', during: ['New'], lineStatus: 'Gone' },
    Off: { means: 'cancelled', during: ['New'], stock: 'release', obliges: ['refund'] },
  },
  paymentEvents: { Got: { means: 'capture' }, Back: { means: 'refund' } },
  messages: [],
  gateways: [],
  numbers: { prefix: '', from: 1 },
  holdBlocks: [],
});

/** Does a piece of work for each, some at a time. */
async function forEach<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = [...all];
  const hand = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}

describe('500 open orders on an old table', () => {
  const folder = mkdtempSync(join(tmpdir(), 'conveyor-shop-'));
  const file = join(folder, 'shop.json');
  const write = (table: Shop) => writeFileSync(file, JSON.stringify(table));
  let system: System;
  beforeAll(async () => {
    write(shop);
    system = await startSystem({ shop: file });
  });
  afterAll(async () => {
    await system.stop();
    rmSync(folder, { recursive: true });
  });

  const send = async (number: string, command: object) => {
    const { status, body } = await system.command(number, command);
    if (status !== 200) throw new Error(`${number}: ${status} ${JSON.stringify(body)}`);
  };
  const pay = (number: string) =>
    send(number, { type: 'record-payment-event', event: 'Settled', amount: 4100 });

  it("finish on it after the shop's table changes", async () => {
    const lines = [aLine({ trackStock: false })];
    const payments = [{ gateway: 'offline', method: 'bank-transfer' }];
    const numbers: string[] = [];
    await forEach([...Array(ORDERS).keys()], async () => {
      const { status, body } = await system.post('/v1/orders', anOrder({ lines, payments }));
      if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
      numbers.push(body.number);
    });
    // A fifth of them has been paid when the table changes: they are in a status that is no more.
    await forEach(numbers.slice(0, ORDERS / 5), pay);

    write(changed);
    await system.restartApi();
    await system.stopWorker();
    await system.startWorker();
    const { body: table } = await system.get('/v1/shop');
    expect(Object.keys(table.orders.statuses)).toEqual(['New', 'Gone', 'Dropped']);

    await forEach(numbers.slice(ORDERS / 5), pay);
    await forEach(numbers, (number) =>
      send(number, { type: 'record-shipping-event', event: 'Shipped' }),
    );
    const { knex } = system.database;
    const ended = await knex('orders')
      .join('shops', 'shops.hash', 'orders.shop_hash')
      .select('status', 'payment_status', 'shipping_summary', knex.raw(`"table"->>'revision' as r`))
      .count('* as orders')
      .groupBy(1, 2, 3, 4);
    expect(ended).toEqual([
      {
        ...{ status: 'Complete', payment_status: 'paid', shipping_summary: 'Shipped' },
        ...{ r: '1', orders: ORDERS },
      },
    ]);
    const refused = await knex('events').where({ outcome: 'refused' });
    expect(refused).toEqual([]);

    // A new order follows the new table, beside them.
    const fresh = anOrder({ lines, payments });
    const { body } = await system.post('/v1/orders', fresh);
    expect(body).toMatchObject({ status: 'New', shop: { revision: 2 } });
  }, 300_000);
});
