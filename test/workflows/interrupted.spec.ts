import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Command } from '../../machines/events';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

/**
 * Each command is under way when the worker that has it ends; the next one knows the order only from
 * its history. Processes that are killed outright are in test/e2e/kill.spec.ts.
 */
describe('a saga that is interrupted at each step ends in one honest state', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders({ cached: 0 });
    await orders.stock('MUG-1', 1000);
  });
  afterAll(() => orders.stop());

  async function live(number: string, ...commands: Command[]): Promise<void> {
    for (const [step, command] of commands.entries()) {
      const sending = orders.send(number, command, `step-${step}`);
      await orders.restartWorker();
      expect(await sending).toMatchObject({ outcome: 'done' });
    }
  }

  const take = { type: 'take-payment' } as const;
  const ship = { type: 'record-shipping-event', event: 'Shipped' } as const;

  it('cancelled in part and then whole, after its capture', async () => {
    const { number } = aPlacement();
    await orders.place(aPlacement({ number, token: 'tok_slow' }));
    await live(
      number,
      take,
      { type: 'cancel', lines: [{ id: 'A', quantity: 1 }], reason: 'One too many.' },
      { type: 'cancel', reason: 'Not at all.' },
    );
    await orders.handle(number).result();
    expect((await orders.stored(number))?.state.value).toMatchObject({
      status: 'Cancelled',
      payment: 'idle',
    });
    expect(await orders.movements(number)).toEqual([
      'authorisation 4100',
      'capture 4100',
      'refund 1200',
      'refund 2900',
    ]);
  });

  it('returned, received and refunded', async () => {
    const { number } = aPlacement();
    await orders.place(aPlacement({ number, token: 'tok_slow' }));
    const before = await orders.shelf('MUG-1');
    await live(
      number,
      take,
      ship,
      { type: 'request-return', lines: [{ id: 'A', quantity: 2 }], reason: 'Too small.' },
      { type: 'authorise-return', return: 'r1' },
      { type: 'receive-return', return: 'r1', lines: [{ id: 'A', good: 2, restock: true }] },
      { type: 'refund', return: 'r1', reason: 'As agreed.' },
    );
    const stored = await eventually(
      () => orders.stored(number),
      (order) => order?.state.context.returns[0]?.status === 'refunded',
    );
    expect(stored?.state.context.payments).toMatchObject([{ captured: 4100, refunded: 2400 }]);
    expect(await orders.movements(number)).toEqual([
      'authorisation 4100',
      'capture 4100',
      'refund 2400',
    ]);
    expect(await orders.shelf('MUG-1')).toEqual({
      inStock: before.inStock - 1,
      allocated: before.allocated - 3,
    });
  });
});
