import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Command } from '../../machines/events';
import { sum } from '../../machines/money';
import { startOrders, type RunningOrders } from '../support/orders';
import { aLine, aPlacement } from '../support/placements';

/** Money on hold, and nothing more. */
const held = ['authorisation 4100'];

/** Every command, sent twice at once to an order it suits; what the world may see of it afterwards. */
const stories: {
  command: Command;
  before?: Command[];
  accepted: number;
  movements: string[];
}[] = [
  {
    command: { type: 'take-payment' },
    accepted: 1,
    movements: ['authorisation 4100', 'capture 4100'],
  },
  {
    command: { type: 'take-payment', amount: 4000 },
    accepted: 1,
    movements: ['authorisation 4100', 'capture 4000'],
  },
  {
    before: [{ type: 'take-payment' }],
    command: { type: 'refund', reason: 'Broken.' },
    accepted: 1,
    movements: ['authorisation 4100', 'capture 4100', 'refund 4100'],
  },
  { command: { type: 'void' }, accepted: 1, movements: ['authorisation 4100', 'void 4100'] },
  {
    before: [{ type: 'take-payment' }],
    command: { type: 'record-shipping-event', event: 'Shipped' },
    accepted: 1,
    movements: ['authorisation 4100', 'capture 4100'],
  },
  {
    before: [{ type: 'take-payment' }],
    command: { type: 'cancel', reason: 'Called off.' },
    accepted: 1,
    movements: ['authorisation 4100', 'capture 4100', 'refund 4100'],
  },
  {
    command: { type: 'set-status', status: 'Cancelled' },
    accepted: 2,
    movements: ['authorisation 4100', 'void 4100'],
  },
  {
    command: { type: 'set-line-status', lines: [{ id: 'A' }], status: 'Being processed' },
    accepted: 2,
    movements: held,
  },
  {
    command: { type: 'record-payment-event', event: 'Settled', amount: 4100, reference: 'cash' },
    accepted: 1,
    movements: held,
  },
  { command: { type: 'hold', reason: 'Fraud?' }, accepted: 1, movements: held },
  {
    before: [{ type: 'hold', reason: 'Fraud?' }],
    command: { type: 'release-hold' },
    accepted: 1,
    movements: held,
  },
  { command: { type: 'add-note', text: 'Twice is fine.' }, accepted: 2, movements: held },
];

describe('two callers at once find a lock that locks (spree #10697, #10733)', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 1000);
    await orders.stock('LAST-1', 1);
  });
  afterAll(() => orders.stop());

  it.each(stories)('send $command.type: it takes effect once', async (story) => {
    const { command, before = [], accepted, movements } = story;
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    for (const earlier of before) await orders.send(number, earlier);
    const results = await Promise.all([orders.send(number, command), orders.send(number, command)]);
    expect(results.filter(({ outcome }) => outcome === 'done')).toHaveLength(accepted);
    expect(await orders.movements(number)).toEqual(movements);
    const rows = await orders.database
      .knex('events')
      .where({ order_number: number })
      .orderBy('seq');
    expect(rows.map(({ seq }: { seq: number }) => seq)).toEqual(rows.map((_, index) => index + 1));
  });

  it('place the same number: one order, one authorisation', async () => {
    const placement = aPlacement();
    const results = await Promise.all([orders.place(placement), orders.place(placement)]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(await orders.movements(placement.number)).toEqual(['authorisation 4100']);
  });

  it('want the last unit: one gets it', async () => {
    const lines = [aLine({ sku: 'LAST-1', quantity: 1 })];
    const wanted = [aPlacement({ lines }), aPlacement({ lines }), aPlacement({ lines })];
    const results = await Promise.all(wanted.map((placement) => orders.place(placement)));
    expect(results.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    expect(await orders.shelf('LAST-1')).toEqual({ inStock: 1, allocated: 1 });
  });

  it('cancel and ship: the order is one or the other, and stock is conserved', async () => {
    const before = await orders.shelf('MUG-1');
    const numbers = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const placement = aPlacement();
        const { number } = placement;
        await orders.place(placement);
        await orders.send(number, { type: 'take-payment' });
        await Promise.all([
          orders.send(number, { type: 'cancel', reason: 'No.' }),
          orders.send(number, { type: 'record-shipping-event', event: 'Shipped' }),
        ]);
        return number;
      }),
    );
    const states = await Promise.all(numbers.map((number) => orders.stored(number)));
    const lines = states.map((stored) => stored?.state.context.lines[0]);
    for (const line of lines)
      expect((line?.passed.Shipped ?? 0) + (line?.passed.Cancelled ?? 0)).toBe(3);
    const shipped = sum(lines.map((line) => line?.passed.Shipped ?? 0));
    const { allocated, inStock } = before;
    expect(await orders.shelf('MUG-1')).toEqual({ allocated, inStock: inStock - shipped });
  });
});
