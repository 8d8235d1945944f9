import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import defaultShop from '../../machines/shop';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aLine, aPlacement } from '../support/placements';

let orders: RunningOrders;
beforeAll(async () => {
  orders = await startOrders({
    shop: { ...defaultShop, undo: { 'record-shipping-event': { seconds: 2 } } },
  });
});
afterAll(() => orders.stop());

describe('a parcel that waits to be undone', () => {
  it('whose goods are not on the shelf when its time is over is refused once, and a task', async () => {
    await orders.stock('JAR-1', 3);
    const placement = aPlacement({ lines: [aLine({ sku: 'JAR-1' })] });
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'take-payment' });
    const ship = { type: 'record-shipping-event', event: 'Shipped' } as const;
    expect(await orders.send(number, ship, 'ship')).toMatchObject({ outcome: 'pending' });
    await orders.stock('JAR-1', 0);
    const stored = await eventually(
      () => orders.stored(number),
      (order) => order?.state.context.waiting.length === 0,
      10_000,
    );
    expect(stored?.state.context.attention).toMatchObject([
      { reason: 'waiting-refused', text: expect.stringContaining('Line A') },
    ]);
    const command = await orders.database.knex('commands').where({ id: 'ship' }).first();
    expect(command).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'invalid-stock-adjustment' },
    });
    expect(stored?.state.context.shipments).toEqual([]);
    await orders.stock('JAR-1', 3);
    expect(await orders.send(number, ship, 'again')).toMatchObject({ outcome: 'pending' });
    await eventually(
      () => orders.stored(number),
      (order) => order?.state.value.status === 'Complete',
      10_000,
    );
  });
});
