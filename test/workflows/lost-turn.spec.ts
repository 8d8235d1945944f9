import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import type { Command } from '../../machines/events';
import { summaryOf } from '../../machines/history';
import { ordersOf, step } from '../../machines/step';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

describe('a turn that is in the database and that Temporal has lost', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 100);
  });
  afterAll(() => orders.stop());

  /** What a turn leaves whose worker and Temporal die between its commit and its end. */
  async function loseTurn(number: string, command: Command): Promise<void> {
    const stored = await orders.stored(number);
    if (!stored) throw new Error('The order is not there.');
    const { shop, state, seq, version } = stored;
    const at = new Date().toISOString();
    const event = { ...command, id: 'lost', at, actor: { role: 'clerk', name: 'Carol' } } as const;
    const decided = step(ordersOf(shop), state, event);
    if (decided.outcome !== 'accepted') throw new Error('The command was to be accepted.');
    await commit(orders.database.knex, {
      ...{ number, after: seq, version: version + 1, state: decided.state },
      events: [{ event, outcome: 'accepted', facts: decided.facts }],
      summary: summaryOf(shop, decided.state),
    });
  }

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
    await loseTurn(number, { type: 'record-shipping-event', event: 'Shipped' });
    await orders.send(number, { type: 'refund', amount: 100, reason: 'Chipped.' });
    const { ours, theirs } = await money(number);
    expect(theirs).toEqual(['authorisation 4100', 'capture 4100', 'refund 100']);
    expect(ours).toEqual(theirs);
  });

  it('has its own money moved by the next turn', async () => {
    const number = await paid();
    const lines = [{ id: 'A', quantity: 1 }];
    await loseTurn(number, { type: 'cancel', lines, reason: 'One too many.' });
    await orders.send(number, { type: 'add-note', text: 'Where is the money?' });
    const { ours, theirs } = await money(number);
    expect(theirs).toEqual(['authorisation 4100', 'capture 4100', 'refund 1200']);
    expect(ours).toEqual(theirs);
  });
});
