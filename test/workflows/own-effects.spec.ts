import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEffectDeliverer } from '../../activities/effects/deliverer';
import { defineEffects, type EffectPayload } from '../../machines/calls/code';
import shop from '../../machines/shop';
import type { ShopCalling } from '../../machines/table';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

const processing = shop.orders.statuses['Being processed'];
const table: ShopCalling<'warranty' | 'insist' | 'refuse'> = {
  ...shop,
  effects: {
    warranty: {
      says: 'registers the warranty',
      whenDone: { obliges: [{ send: 'order-shipped' }] },
    },
    insist: { says: 'asks a service that is down at first' },
    refuse: { says: 'asks for what nobody can do' },
  },
  orders: {
    ...shop.orders,
    statuses: {
      ...shop.orders.statuses,
      'Being processed': {
        ...processing!,
        enter: [{ call: 'warranty', with: { years: 2 } }, { call: 'insist' }, { call: 'refuse' }],
      },
    },
  },
};

describe("a shop's own effects", () => {
  let orders: RunningOrders;
  const told: EffectPayload[] = [];
  const keys: string[] = [];
  const code = defineEffects(table, {
    warranty: (payload) => {
      told.push(payload);
      return { registered: payload.order.placement.lines.length };
    },
    insist: ({ key }) => {
      keys.push(key);
      if (keys.length < 3) throw new Error('The service is down.');
    },
    refuse: (_, { fail }) => fail('No such product.'),
  });
  beforeAll(async () => {
    orders = await startOrders({
      shop: table,
      deliverers: (knex) => ({
        effect: createEffectDeliverer({ knex, code, log: () => undefined }),
      }),
    });
    await orders.stock('MUG-1', 1000);
  });
  afterAll(() => orders.stop());

  it('are run once, tried again, and their answers are events of the order', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'take-payment' }, 'pay');
    const answers = async () =>
      (await orders.history(number)).filter((type) => type.startsWith('effect.'));
    const all = await eventually(answers, ({ length }) => length === 3);
    expect(all.sort()).toEqual(['effect.done', 'effect.done', 'effect.failed']);
    expect(told).toMatchObject([
      {
        key: `${number}/call/1`,
        with: { years: 2 },
        about: { type: 'order-status', to: 'Being processed' },
        order: { number, status: 'Being processed', placement: { number } },
      },
    ]);
    expect(keys).toEqual(Array(3).fill(`${number}/call/2`));
    const stored = await orders.stored(number);
    expect(stored?.state.context.calls).toEqual([]);
    const [task, ...others] = stored?.state.context.attention ?? [];
    expect(others).toEqual([]);
    expect(task?.text).toBe('refuse failed and is not tried again: No such product.');
    const rows = await orders.database
      .knex('outbox')
      .where({ order_number: number, kind: 'order-shipped' });
    expect(rows).toHaveLength(1);
  });

  it('wake an order whose workflow has ended, and a second answer changes nothing', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'take-payment' });
    const calls = async () => (await orders.stored(number))?.state.context.calls;
    expect(await eventually(calls, (open) => open?.length === 0)).toEqual([]);
    await orders.send(number, { type: 'record-shipping-event', event: 'Shipped' });
    await orders.handle(number).result();
    const before = await orders.stored(number);
    const again = { type: 'effect.done', call: `${number}/call/1`, name: 'warranty' };
    await orders.report(number, again, 'outbox of another');
    await orders.handle(number).result();
    const after = await orders.stored(number);
    expect(after?.state).toEqual(before?.state);
    expect(after?.version).toBe(before?.version);
  });
});
