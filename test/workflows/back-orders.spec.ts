import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stockDeliverer } from '../../activities/stock';
import { adjustStock, setStock } from '../../db/stock';
import type { Actor } from '../../machines/events';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aLine, aPlacement } from '../support/placements';

const clerk: Actor = { role: 'clerk', name: 'Carol' };
const sku = 'WAITED-FOR';

describe('an order whose goods have to come in', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders({ deliverers: { stock: stockDeliverer } });
    await setStock(orders.database.knex, sku, { inStock: 2, backorders: true }, clerk);
  });
  afterAll(() => orders.stop());

  const lineOf = async (number: string) =>
    (await orders.stored(number))?.state.context.lines[0] ?? { allocated: 0, backordered: 0 };
  const waits = (number: string, units: number) =>
    eventually(
      () => lineOf(number),
      ({ backordered }) => backordered === units,
    );

  it('takes what is there when it is placed, hears when the rest came in, and ships all of it', async () => {
    const first = aPlacement({ lines: [aLine({ sku })] });
    const second = aPlacement({ lines: [aLine({ sku, quantity: 2 })] });
    for (const placement of [first, second]) {
      expect(await orders.place(placement)).toMatchObject({ outcome: 'done' });
    }
    expect(await lineOf(first.number)).toMatchObject({ allocated: 2, backordered: 1 });
    expect(await lineOf(second.number)).toMatchObject({ allocated: 0, backordered: 2 });

    await orders.send(first.number, { type: 'take-payment' });
    const whole = { type: 'record-shipping-event', event: 'Shipped' } as const;
    const lines = [{ id: 'A', quantity: 3 }];
    expect(await orders.send(first.number, { ...whole, lines })).toMatchObject({
      outcome: 'refused',
      refusal: { detail: expect.stringContaining('1 waits for goods to come in') },
    });

    await adjustStock(orders.database.knex, sku, { quantity: 2 }, { id: 'van-1', actor: clerk });
    // Oldest first: one unit ends the first order's wait, the other one is the second order's.
    await waits(first.number, 0);
    await waits(second.number, 1);
    expect(await orders.send(first.number, { ...whole, lines })).toMatchObject({ outcome: 'done' });
    expect(await orders.shelf(sku)).toEqual({ inStock: 1, allocated: 1 });
    expect(await orders.history(first.number)).toContain('stock.allocated');
  });

  it('that is cancelled while it waits gives what came in to who waits behind it', async () => {
    await orders.stock(sku, 0);
    const [early, late] = [1, 2].map(() => aPlacement({ lines: [aLine({ sku, quantity: 1 })] }));
    if (!early || !late) throw new Error('There are two.');
    await orders.place(early);
    await orders.place(late);
    await orders.send(early.number, { type: 'cancel', reason: 'Too slow.' });
    await adjustStock(orders.database.knex, sku, { quantity: 5 }, { id: 'van-2', actor: clerk });
    await waits(late.number, 0);
    expect(await lineOf(late.number)).toMatchObject({ allocated: 1 });
    expect(await lineOf(early.number)).toMatchObject({ allocated: 0, backordered: 0 });
  });
});
