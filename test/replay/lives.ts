import { setTimeout as pause } from 'node:timers/promises';
import shop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { eventually } from '../support/eventually';
import type { RunningOrders } from '../support/orders';
import { aLine, aPlacement } from '../support/placements';

/** The default shop with less patience, so that a life with an expiry can be recorded. */
export const impatientShop: Shop = {
  ...shop,
  orders: {
    ...shop.orders,
    statuses: {
      ...shop.orders.statuses,
      Pending: {
        ...shop.orders.statuses.Pending!,
        whenUnpaid: { after: { seconds: 1 }, to: 'Cancelled' },
      },
    },
  },
};

const placed = async (orders: RunningOrders, changes: Parameters<typeof aPlacement>[0] = {}) => {
  const placement = aPlacement(changes);
  await orders.place(placement);
  return placement.number;
};

/** A run of an order's workflow; the last one unless said. */
export interface Run {
  readonly number: string;
  readonly runId?: string;
}

/** The default shop as it was edited afterwards. */
const newer: Shop = { ...impatientShop, revision: impatientShop.revision + 1 };

/** Places an order, moves it to a newer table and waits until it goes on by that; gives its first run. */
async function renewed(orders: RunningOrders): Promise<Required<Run>> {
  const number = await placed(orders);
  const { runId } = await orders.handle(number).describe();
  await orders.send(number, { type: 'renew', shop: newer });
  await eventually(
    async () => (await orders.handle(number).describe()).runId,
    (now) => now !== runId,
  );
  return { number, runId };
}

/** Lives worth remembering: each plays one on real parts and gives the number of its order. */
export const lives: Readonly<Record<string, (orders: RunningOrders) => Promise<string | Run>>> = {
  renewed,

  'renewed-then-shipped': async (orders) => {
    const { number } = await renewed(orders);
    await orders.send(number, { type: 'take-payment' });
    await orders.send(number, { type: 'record-shipping-event', event: 'Shipped' });
    await orders.handle(number).result();
    return number;
  },

  'placed-and-expired': async (orders) => {
    const number = await placed(orders, { payments: [] });
    await orders.handle(number).result();
    return number;
  },

  'declined-then-paid': async (orders) => {
    const number = await placed(orders, { token: 'tok_no_partial' });
    // This card takes one capture of everything: a part of it is declined.
    await orders.send(number, { type: 'take-payment', amount: 100 });
    await orders.send(number, { type: 'take-payment' });
    return number;
  },

  'placing-withdrawn': async (orders) => {
    const number = await placed(orders, { token: 'tok_declined' });
    await orders.handle(number).result();
    return number;
  },

  raced: async (orders) => {
    const number = await placed(orders);
    await Promise.all([
      orders.send(number, { type: 'take-payment' }),
      orders.send(number, { type: 'take-payment' }),
      orders.send(number, { type: 'cancel', reason: 'Called off.' }),
      orders.signal(number, { type: 'add-note', text: 'Meanwhile.' }),
      orders.signal(number, { type: 'shout' }),
    ]);
    return number;
  },

  'partly-shipped': async (orders) => {
    const lines = [aLine(), aLine({ id: 'B', sku: 'TEA-1', trackStock: false })];
    const number = await placed(orders, { lines });
    await orders.send(number, { type: 'take-payment' });
    const event = 'Shipped';
    await orders.send(number, {
      type: 'record-shipping-event',
      event,
      lines: [{ id: 'A', quantity: 2 }],
    });
    await orders.send(number, { type: 'cancel', lines: [{ id: 'A' }], reason: 'Too many.' });
    await orders.send(number, { type: 'hold', reason: 'Address?' });
    return number;
  },

  'outcome-unknown': async (orders) => {
    const number = await placed(orders);
    await orders.gateway.post('/faults', { mode: 'down' });
    await orders.send(number, { type: 'take-payment' });
    await orders.gateway.post('/faults', { mode: 'ok' });
    await eventually(
      async () => (await orders.stored(number))?.state.value.payment,
      (payment) => payment === 'idle',
    );
    return number;
  },

  'woken-for-a-refund': async (orders) => {
    const number = await placed(orders);
    await orders.send(number, { type: 'take-payment' });
    await orders.send(number, { type: 'record-shipping-event', event: 'Shipped' });
    await orders.handle(number).result();
    await pause(10);
    await orders.send(number, { type: 'refund', amount: 500, reason: 'Late.' });
    return number;
  },
};
