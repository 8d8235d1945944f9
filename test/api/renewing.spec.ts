import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { renewAll } from '../../scripts/renew/renewing';
import { eventually } from '../support/eventually';
import { startSystem, withKey, type System } from '../support/system';

const folder = mkdtempSync(join(tmpdir(), 'conveyor-shop-'));
const file = join(folder, 'shop.json');
const write = (table: Shop) => writeFileSync(file, JSON.stringify(table));

/** The same shop, which calls Being processed Packing since its second revision. */
const second = JSON.parse(
  JSON.stringify({ ...shop, revision: 2 }).replaceAll('"Being processed"', '"Packing"'),
) as Shop;
const words = {
  statuses: { 'Being processed': 'Packing' },
  lineStatuses: { 'Being processed': 'Packing' },
};

describe('orders of a shop whose table changes', () => {
  let system: System;
  let old: { number: string };
  let paid: { number: string };
  beforeAll(async () => {
    write(shop);
    system = await startSystem({ shop: file });
    old = await system.placed();
    paid = await system.placed();
    await system.command(paid.number, { type: 'take-payment' });
    write(second);
    await system.restartApi();
  });
  afterAll(async () => {
    await system.stop();
    rmSync(folder, { recursive: true });
  });

  it('the shop and an order say all their statuses, in the order of the pipeline', async () => {
    const { body: table } = await system.get('/v1/shop');
    expect(Object.keys(table.orders.statuses)).toEqual([
      'Pending',
      'Packing',
      'Complete',
      'Cancelled',
    ]);
    expect(table.orders.statuses.Pending.next).toEqual(['Packing', 'Cancelled']);
    const { body: order } = await system.get(`/v1/orders/${old.number}`);
    expect(order).toMatchObject({
      allStatuses: ['Pending', 'Being processed', 'Complete', 'Cancelled'],
      availableStatuses: ['Being processed', 'Cancelled'],
      shop: { revision: 1 },
    });
    expect(order.allLineStatuses).toEqual([
      ...['Pending', 'Being processed', 'Shipped', 'Returned', 'Cancelled'],
    ]);
  });

  it('an order that was placed before keeps its table, and may be moved, as its actions say', async () => {
    const { body } = await system.get(`/v1/orders/${old.number}/actions`);
    const renew = body.actions.find(({ type }: { type: string }) => type === 'renew');
    expect(renew).toMatchObject({ command: { type: 'renew' }, allowed: true });
    expect(renew.command).not.toHaveProperty('shop');
    const { body: other } = await system.get(`/v1/orders/${paid.number}/actions`);
    const refused = other.actions.find(({ type }: { type: string }) => type === 'renew');
    expect(refused).toMatchObject({ allowed: false, refusal: { code: 'cannot-renew' } });
  });

  it('a preview says what would change, and changes nothing', async () => {
    const renew = { type: 'renew', ...words };
    const { status, body } = await system.command(paid.number, renew, { query: 'preview=true' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      preview: true,
      order: { status: 'Packing', shop: { revision: 2 } },
      changes: {
        statuses: [{ from: 'Being processed', to: 'Packing' }],
        lines: [{ line: 'A', from: 'Being processed', to: 'Packing' }],
        money: [],
        stock: [],
        messages: [],
      },
    });
    expect(body.changes.says[0]).toBe(
      'The order follows Default shop, revision 2 now; it followed Default shop, revision 1.',
    );
    const { body: order } = await system.get(`/v1/orders/${paid.number}`);
    expect(order).toMatchObject({ status: 'Being processed', shop: { revision: 1 } });
  });

  it('many are moved at once, after a preview that says which can, and why the others cannot', async () => {
    const more = await system.placed();
    const moving = { api: system.url, key: system.adminKey };
    // That one was placed under the present table.
    const numbers = [old.number, paid.number, more.number];
    const foreseen = await renewAll(moving, { numbers }, {}, true);
    expect(foreseen).toMatchObject({ moved: [old.number], there: [more.number] });
    expect(foreseen.refused).toMatchObject([{ number: paid.number }]);
    expect(foreseen.refused[0]?.why).toContain('"statuses": { "Being processed": … }');
    const { body } = await system.get(`/v1/orders/${old.number}`);
    expect(body.shop.revision).toBe(1);

    const done = await renewAll(moving, { all: true }, {}, false);
    expect(done).toMatchObject({ moved: [old.number], refused: [{ number: paid.number }] });
    const after = await system.get(`/v1/orders/${old.number}`);
    expect(after.body.shop.revision).toBe(2);
    const some = await renewAll(moving, { status: 'Being processed' }, {}, true);
    expect(some).toMatchObject({ moved: [], refused: [{ number: paid.number }] });
  });

  it('a batch moves many, with a result for each', async () => {
    const numbers = [paid.number, old.number];
    const command = { type: 'renew', ...words };
    const foreseen = await system.post('/v1/batches?preview=true', { numbers, command });
    expect(foreseen.status).toBe(200);
    const other = await system.placed();
    write({ ...second, revision: 3 });
    await system.restartApi();
    const batch = { numbers: [other.number], command: { type: 'renew' } };
    await system.post('/v1/batches', batch);
    await eventually(
      async () => (await system.get(`/v1/orders/${other.number}`)).body,
      (order) => order.shop.revision === 3,
    );
    // The order of the statuses is part of a table.
    const { body: order } = await system.get(`/v1/orders/${other.number}`);
    expect(order.allStatuses).toEqual(['Pending', 'Packing', 'Complete', 'Cancelled']);
    write(second);
    await system.restartApi();
  });

  it('renewing moves it to the present table; its past is shown as it was', async () => {
    const clerk = { as: await system.keyOf('clerk') };
    expect(await system.command(paid.number, { type: 'renew' }, clerk)).toMatchObject({
      status: 403,
    });
    const no = await system.command(paid.number, { type: 'renew' });
    expect(no).toMatchObject({ status: 409, body: { code: 'cannot-renew', errors: [{}, {}] } });

    const key = withKey(`renew-${paid.number}`);
    const renew = { type: 'renew', ...words };
    const done = await system.command(paid.number, renew, key);
    expect(done).toMatchObject({
      status: 200,
      body: { command: { outcome: 'done' }, order: { status: 'Packing', shop: { revision: 2 } } },
    });
    const again = await system.command(paid.number, renew, key);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body.command).toEqual(done.body.command);
    expect(await system.command(paid.number, { type: 'renew' })).toMatchObject({ status: 200 });

    const { seq } = done.body.command;
    const then = await system.get(`/v1/orders/${paid.number}?at=${seq - 2}`);
    expect(then.body).toMatchObject({ status: 'Being processed', shop: { revision: 1 } });
    const now = await system.get(`/v1/orders/${paid.number}?at=${seq}`);
    expect(now.body).toMatchObject({ status: 'Packing', shop: { revision: 2 } });
    const { body } = await system.get(`/v1/orders/${paid.number}/events?limit=100`);
    const renewal = body.events.find(({ outcome, type }: { outcome: string; type: string }) => {
      return type === 'renew' && outcome === 'accepted';
    });
    expect(renewal.asked).toEqual(words);
    expect(renewal.says).toHaveLength(3);

    await system.command(paid.number, { type: 'record-shipping-event', event: 'Shipped' });
    const { body: order } = await system.get(`/v1/orders/${paid.number}`);
    expect(order).toMatchObject({ status: 'Complete', payment: { status: 'paid' } });
  });
});
