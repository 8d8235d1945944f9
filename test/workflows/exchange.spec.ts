import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

describe('an exchange on real parts', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders({ exchanges: true });
    await orders.stock('MUG-1', 100);
    await orders.stock('MUG-2', 1);
  });
  afterAll(() => orders.stop());

  const mug = {
    sku: 'MUG-2',
    title: 'Larger mug',
    quantity: 1,
    unitPrice: { exclTax: 1000, inclTax: 1200 },
  };

  /** An order of which one mug came back. */
  async function returned(): Promise<string> {
    const { number } = aPlacement();
    await orders.place(aPlacement({ number }));
    await orders.send(number, { type: 'take-payment' });
    await orders.send(number, { type: 'record-shipping-event', event: 'Shipped' });
    const lines = [{ id: 'A', quantity: 1 }];
    await orders.send(number, { type: 'request-return', lines, reason: 'Too small.' });
    await orders.send(number, { type: 'authorise-return', return: 'r1' });
    await orders.send(number, {
      ...{ type: 'receive-return', return: 'r1' },
      lines: [{ id: 'A', good: 1, restock: true }],
    });
    return number;
  }

  const exchangeOf = async (number: string) => {
    const stored = await orders.stored(number);
    return stored?.state.context.returns[0]?.exchange;
  };

  it('places the new order once, paid with what came back; out of stock the money stays', async () => {
    const before = await orders.shelf('MUG-1');
    const number = await returned();
    expect(await orders.shelf('MUG-1')).toEqual({
      inStock: before.inStock - 2,
      allocated: before.allocated,
    });
    const asked = { type: 'exchange', return: 'r1', lines: [mug] } as const;
    expect(await orders.send(number, asked)).toMatchObject({ outcome: 'done' });
    const done = await eventually(
      () => exchangeOf(number),
      (exchange) => exchange?.outcome === 'placed',
    );
    expect(done).toEqual({ number: `${number}-X1`, transferred: 1200, outcome: 'placed' });
    const second = await orders.stored(`${number}-X1`);
    expect(second?.state.value.status).toBe('Being processed');
    expect(second?.state.context.payments).toMatchObject([
      { gateway: 'offline', method: 'exchange', authorised: 1200, captured: 1200 },
    ]);
    expect((await orders.stored(number))?.state.context.payments).toMatchObject([
      { captured: 4100, refunded: 1200 },
    ]);
    // The gateway moved nothing: the money went from one order to the other.
    expect(await orders.movements(number)).toEqual(['authorisation 4100', 'capture 4100']);
    expect(await orders.shelf('MUG-2')).toEqual({ inStock: 1, allocated: 1 });

    const other = await returned();
    await orders.send(other, asked);
    const refused = await eventually(
      () => exchangeOf(other),
      (exchange) => exchange?.outcome === 'refused',
    );
    expect(refused?.why).toContain('at most 0 possible');
    const refund = { type: 'refund', return: 'r1', reason: 'None left.' } as const;
    expect(await orders.send(other, refund)).toMatchObject({ outcome: 'done' });
    expect((await orders.movements(other)).at(-1)).toBe('refund 1200');
  });

  it('is placed once, whenever the worker is replaced', async () => {
    await orders.stock('MUG-2', 50);
    const number = await returned();
    const asked = { type: 'exchange', return: 'r1', lines: [mug] } as const;
    await orders.send(number, asked);
    // By now its delivery is about to begin, or in the middle.
    await orders.restartWorker();
    await eventually(
      () => exchangeOf(number),
      (exchange) => exchange?.outcome === 'placed',
      // Temporal gives a delivery whose worker ended to the next one within a minute.
      90_000,
    );
    const second = await orders.history(`${number}-X1`);
    expect(second.filter((type) => type === 'place')).toHaveLength(1);
    expect(second.filter((type) => type === 'record-payment-event')).toHaveLength(1);
    expect((await orders.stored(number))?.state.context.payments).toMatchObject([
      { captured: 4100, refunded: 1200 },
    ]);
  }, 120_000);
});
