import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { loseTurn } from '../support/lost-turn';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

describe('a turn that is in the database and that Temporal has lost', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 100);
  });
  afterAll(() => orders.stop());

  async function money(number: string) {
    const rows = await orders.database
      .knex('payment_ledger')
      .where({ order_number: number })
      .whereNotNull('payment')
      .orderBy('id')
      .select('kind', 'amount');
    return {
      ours: rows.map(({ kind, amount }: { kind: string; amount: number }) =>
        `${kind} ${amount}`.replace('authorise', 'authorisation'),
      ),
      theirs: await orders.movements(number),
    };
  }

  async function paid(): Promise<string> {
    const placement = aPlacement();
    await orders.place(placement);
    await orders.send(placement.number, { type: 'take-payment' });
    return placement.number;
  }

  it('is known before the next command moves money', async () => {
    const number = await paid();
    await loseTurn(orders, number, { type: 'record-shipping-event', event: 'Shipped' });
    await orders.send(number, { type: 'refund', amount: 100, reason: 'Chipped.' });
    const { ours, theirs } = await money(number);
    expect(theirs).toEqual(['authorisation 4100', 'capture 4100', 'refund 100']);
    expect(ours).toEqual(theirs);
  });

  it('has its own money moved by the next turn', async () => {
    const number = await paid();
    const lines = [{ id: 'A', quantity: 1 }];
    await loseTurn(orders, number, { type: 'cancel', lines, reason: 'One too many.' });
    await orders.send(number, { type: 'add-note', text: 'Where is the money?' });
    const { ours, theirs } = await eventually(
      () => money(number),
      (each) => each.ours.length === 3,
    );
    expect(theirs).toEqual(['authorisation 4100', 'capture 4100', 'refund 1200']);
    expect(ours).toEqual(theirs);
  });
});
