import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

/** The default shop, but what ends is not made again. */
const { authorisations: _, ...plain } = shop;

describe('a gateway at its worst', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders({ shop: plain });
    await orders.stock('MUG-1', 1000);
  });
  afterAll(() => orders.stop());

  it.each(['tok_timeout_after_charge', 'tok_timeout_before_charge', 'tok_fails_twice', 'tok_slow'])(
    'with %s moves each amount once',
    async (token) => {
      const placement = aPlacement({ token });
      const { number } = placement;
      expect(await orders.place(placement)).toMatchObject({ outcome: 'done' });
      expect(await orders.send(number, { type: 'take-payment' })).toMatchObject({
        outcome: 'done',
      });
      const refund = { type: 'refund', amount: 100, reason: 'Chipped.' } as const;
      expect(await orders.send(number, refund)).toMatchObject({ outcome: 'done' });
      expect(await orders.movements(number)).toEqual([
        'authorisation 4100',
        'capture 4100',
        'refund 100',
      ]);
    },
  );

  it('that is down while a payment is taken is asked until it knows', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.gateway.post('/faults', { mode: 'down' });
    const taken = await orders.send(number, { type: 'take-payment' });
    expect(taken).toMatchObject({ outcome: 'pending' });
    expect((await orders.stored(number))?.state.value.payment).toBe('outcome unknown');
    const again = await orders.send(number, { type: 'take-payment' });
    expect(again).toMatchObject({ refusal: { code: 'payment-outcome-unknown' } });
    // What has nothing to do with money goes on.
    const noted = await orders.send(number, { type: 'add-note', text: 'Waiting.' });
    expect(noted).toMatchObject({ outcome: 'done' });
    await orders.gateway.post('/faults', { mode: 'ok' });
    await eventually(
      async () => (await orders.stored(number))?.state.value.status,
      (status) => status === 'Being processed',
    );
    expect(await orders.movements(number)).toEqual(['authorisation 4100', 'capture 4100']);
  });

  it('that is down while an order is cancelled gets the refund later', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'take-payment' });
    await orders.gateway.post('/faults', { mode: 'down' });
    await orders.send(number, { type: 'cancel', reason: 'No.' });
    expect((await orders.stored(number))?.state.value.status).toBe('Cancelled');
    await orders.gateway.post('/faults', { mode: 'ok' });
    await orders.handle(number).result();
    expect(await orders.movements(number)).toEqual([
      'authorisation 4100',
      'capture 4100',
      'refund 4100',
    ]);
  });

  it('that loses an authorisation to time puts the order on hold for people', async () => {
    const placement = aPlacement({ token: 'tok_expires_2' });
    const { number } = placement;
    await orders.place(placement);
    const held = await eventually(
      () => orders.stored(number),
      (stored) => stored?.state.context.hold !== null,
    );
    expect(held?.state.context.attention).toMatchObject([{ reason: 'authorisation-expired' }]);
    const refused = await orders.send(number, { type: 'take-payment' });
    expect(refused).toMatchObject({ refusal: { code: 'on-hold' } });
  });
});

describe('time', () => {
  const pending = shop.orders.statuses.Pending;
  const impatient: Shop = {
    ...shop,
    orders: {
      ...shop.orders,
      statuses: {
        ...shop.orders.statuses,
        Pending: { ...pending!, whenUnpaid: { after: { seconds: 1 }, to: 'Cancelled' } },
      },
    },
  };
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders({ shop: impatient });
    await orders.stock('MUG-1', 100);
  });
  afterAll(() => orders.stop());

  it('cancels an order that nobody pays, and frees its stock', async () => {
    const placement = aPlacement({ payments: [] });
    await orders.place(placement);
    expect(await orders.shelf('MUG-1')).toMatchObject({ allocated: 3 });
    await orders.handle(placement.number).result();
    expect((await orders.stored(placement.number))?.state.value.status).toBe('Cancelled');
    expect(await orders.shelf('MUG-1')).toEqual({ inStock: 100, allocated: 0 });
  });

  it('leaves an order alone that was paid in time', async () => {
    const placement = aPlacement();
    await orders.place(placement);
    await orders.send(placement.number, { type: 'take-payment' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await orders.stored(placement.number))?.state.value.status).toBe('Being processed');
  });

  it('is looked at again when a timer fires for what is no longer due', async () => {
    const { number } = aPlacement();
    await orders.place(aPlacement({ number }));
    const until = (ms: number) => new Date(Date.now() + ms).toISOString();
    await orders.send(number, { type: 'hold', reason: 'Short.', until: until(1000) });
    await orders.send(number, { type: 'release-hold' });
    await orders.send(number, { type: 'hold', reason: 'Longer.', until: until(2500) });
    const hold = await eventually(
      async () => (await orders.stored(number))?.state.context.hold,
      (present) => present === null,
    );
    expect(hold).toBeNull();
  });

  it('ends a hold by itself', async () => {
    const placement = aPlacement();
    await orders.place(placement);
    const until = new Date(Date.now() + 1500).toISOString();
    await orders.send(placement.number, { type: 'hold', reason: 'Checking.', until });
    const hold = await eventually(
      async () => (await orders.stored(placement.number))?.state.context.hold,
      (present) => present === null,
    );
    expect(hold).toBeNull();
    expect((await orders.history(placement.number)).slice(-2)).toEqual(['hold', 'deadline']);
  });
});

describe('a worker that is replaced', () => {
  it('goes on with orders that are known only from their histories', async () => {
    const orders = await startOrders();
    try {
      await orders.stock('MUG-1', 100);
      const placement = aPlacement();
      await orders.place(placement);
      await orders.restartWorker();
      await orders.send(placement.number, { type: 'take-payment' });
      expect(await orders.movements(placement.number)).toHaveLength(2);
    } finally {
      await orders.stop();
    }
  });
});
