import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

const admin = { actor: { role: 'admin', name: 'Root' } } as const;
const { Pending, ...statuses } = shop.orders.statuses;

/** Unpaid orders are given up after a day, and what was Being processed is called Packing. */
const newer = JSON.parse(
  JSON.stringify({
    ...shop,
    revision: 2,
    orders: {
      ...shop.orders,
      statuses: {
        Pending: { ...Pending, whenUnpaid: { after: { days: 1 }, to: 'Cancelled' } },
        ...statuses,
      },
    },
  }).replaceAll('"Being processed"', '"Packing"'),
) as Shop;
const words = {
  statuses: { 'Being processed': 'Packing' },
  lineStatuses: { 'Being processed': 'Packing' },
};

describe('an order that is renewed', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 1000);
  });
  afterAll(() => orders.stop());

  it('goes on by the new table in a new run, and is shipped by it', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'take-payment' });
    const { runId } = await orders.handle(number).describe();
    const moved = await orders.send(
      number,
      { type: 'renew', shop: newer, ...words },
      'move',
      admin,
    );
    expect(moved).toMatchObject({ outcome: 'done' });
    expect((await orders.stored(number))?.shop).toEqual(JSON.parse(JSON.stringify(newer)));
    await eventually(
      async () => (await orders.handle(number).describe()).runId,
      (now) => now !== runId,
    );
    // Asked again, as a sender does that lost the answer: the first answer, across the runs.
    const again = await orders.send(
      number,
      { type: 'renew', shop: newer, ...words },
      'move',
      admin,
    );
    expect(again).toMatchObject({ outcome: 'done', seq: moved.seq });

    await orders.send(number, { type: 'record-shipping-event', event: 'Shipped' });
    await orders.handle(number).result();
    expect((await orders.stored(number))?.state.value.status).toBe('Complete');
    expect(await orders.movements(number)).toEqual(['authorisation 4100', 'capture 4100']);
    expect(await orders.history(number)).toEqual([
      ...['place', 'payment.authorised', 'take-payment', 'payment.captured'],
      ...['renew', 'record-shipping-event'],
    ]);
  });

  it('waits by the deadlines of the new table', async () => {
    const placement = aPlacement({ payments: [] });
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'renew', shop: newer }, undefined, admin);
    const { shop: follows, state } = (await orders.stored(number)) ?? {};
    expect(follows?.revision).toBe(2);
    const due = Date.parse(state?.context.statusSince ?? '') + 24 * 3_600_000;
    // The timer of the new run is the new table's.
    await eventually(
      async () => {
        const { events } = await orders.handle(number).fetchHistory();
        return (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) =>
          timer ? [Number(timer.startToFireTimeout?.seconds)] : [],
        );
      },
      (timers) => timers.some((seconds) => seconds > 0 && seconds <= 24 * 3600),
    );
    expect(due).toBeGreaterThan(Date.now());
  });

  it('is woken by the new table when it had ended', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'take-payment' });
    await orders.send(number, { type: 'record-shipping-event', event: 'Shipped' });
    await orders.handle(number).result();
    const moved = await orders.send(number, { type: 'renew', shop: newer }, undefined, admin);
    expect(moved.outcome).toBe('done');
    await orders.handle(number).result();
    const refunded = await orders.send(number, { type: 'refund', amount: 100, reason: 'Late.' });
    expect(refunded.outcome).toBe('done');
    expect((await orders.stored(number))?.shop.revision).toBe(2);
  });

  it('is refused and the refusal recorded when a signal brings no table or a word has no place', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'take-payment' });
    await orders.signal(number, { type: 'renew' }, admin);
    await orders.signal(number, { type: 'renew', shop: newer }, admin);
    await eventually(
      () => orders.history(number),
      (history) => history.filter((each) => each === 'renew refused').length === 2,
    );
    expect((await orders.stored(number))?.shop.revision).toBe(shop.revision);
    const [, second] = await orders.database
      .knex('events')
      .where({ order_number: number, type: 'renew' })
      .orderBy('seq');
    expect(second.refusal).toMatchObject({ code: 'cannot-renew', errors: [{}, {}] });
    await orders.signal(number, { type: 'renew', shop: newer, ...words }, admin);
    await eventually(
      async () => (await orders.stored(number))?.state.value.status,
      (status) => status === 'Packing',
    );
  });
});
