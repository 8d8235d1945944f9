import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PaymentState } from '../../machines/state';
import defaultShop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

const { Shipped } = defaultShop.shippingEvents;

/** The default shop, which captures with each parcel and lets refunds be undone for two seconds. */
const shop: Shop = {
  ...defaultShop,
  shippingEvents: {
    ...defaultShop.shippingEvents,
    Shipped: { ...Shipped, during: ['Being processed'], obliges: ['capture'] },
  },
  undo: { refund: { seconds: 2 } },
};

let orders: RunningOrders;
beforeAll(async () => {
  orders = await startOrders({ shop });
  await orders.stock('MUG-1', 1000);
});
afterAll(() => orders.stop());

async function placed(changes: Parameters<typeof aPlacement>[0]): Promise<string> {
  const placement = aPlacement(changes);
  await orders.place(placement);
  return placement.number;
}

async function paymentsOf(number: string): Promise<readonly PaymentState[]> {
  return (await orders.stored(number))?.state.context.payments ?? [];
}

async function tasksOf(number: string): Promise<string[]> {
  const attention = (await orders.stored(number))?.state.context.attention ?? [];
  return attention.map(({ reason }) => reason);
}

const ship = (quantity: number) =>
  ({ type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'A', quantity }] }) as const;

describe.each(['GBP', 'JPY', 'KWD'])('in %s', (currency) => {
  it('a card that can be captured once pays for two parcels: it is held again for the rest', async () => {
    const number = await placed({ currency, token: 'tok_captures_once' });
    await orders.send(number, { type: 'set-status', status: 'Being processed' });
    await orders.send(number, ship(1));
    await orders.send(number, ship(2));
    expect(await orders.movements(number)).toEqual([
      'authorisation 4100',
      'capture 1700',
      'authorisation 2400',
      'capture 2400',
    ]);
    expect(await paymentsOf(number)).toMatchObject([
      { authorised: 4100, captured: 1700, voided: 2400 },
      { authorised: 2400, captured: 2400, renews: 'p1' },
    ]);
    expect((await orders.stored(number))?.state.value.status).toBe('Complete');
  });

  it('an authorisation that is about to end is made again, and the old one is voided at the gateway', async () => {
    const number = await placed({ currency, token: 'tok_expires_6' });
    const [, second] = await eventually(
      () => paymentsOf(number),
      ([first]) => first?.voided === 4100,
      20_000,
    );
    expect(second).toMatchObject({ authorised: 4100, renews: 'p1' });
    await orders.send(number, { type: 'take-payment' });
    expect((await orders.movements(number)).slice(0, 3)).toEqual([
      'authorisation 4100',
      'authorisation 4100',
      'void 4100',
    ]);
    expect((await orders.movements(number)).at(-1)).toBe('capture 4100');
  });
});

describe('a card that is not made again', () => {
  it('is known as such by its payment', async () => {
    const number = await placed({ token: 'tok_not_renewable' });
    const [payment] = await paymentsOf(number);
    expect(payment?.can).toEqual({ captures: 'many', renewable: false });
    expect(await orders.movements(number)).toEqual(['authorisation 4100']);
  });

  it('is captured whole or not at all where its gateway says so', async () => {
    const number = await placed({ token: 'tok_no_partial' });
    expect(await orders.send(number, { type: 'take-payment', amount: 100 })).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'invalid-payment-event' },
    });
    expect(await orders.send(number, { type: 'take-payment' })).toMatchObject({ outcome: 'done' });
    expect(await orders.movements(number)).toEqual(['authorisation 4100', 'capture 4100']);
  });
});

describe('money that a gateway moved and never tells of', () => {
  it('is settled by people, and nothing was sent twice', async () => {
    const number = await placed({ token: 'tok_unknown' });
    const { movements } = (await orders.stored(number))?.state.context ?? {};
    expect(movements).toMatchObject([{ kind: 'authorise', askAt: expect.any(String) }]);
    const [held] = await orders.gateway
      .ledger()
      .then((ledger) => ledger.filter(({ order }) => order === number));
    const note = 'Ann of the bank sees the hold.';
    const settled = { type: 'settle-movement', outcome: 'moved', note } as const;
    expect(await orders.send(number, settled)).toMatchObject({
      outcome: 'refused',
      refusal: { errors: [{ pointer: '/reference' }] },
    });
    await orders.send(number, { ...settled, reference: held?.reference });
    expect(await paymentsOf(number)).toMatchObject([
      { authorised: 4100, reference: held?.reference },
    ]);
    expect(await orders.movements(number)).toEqual(['authorisation 4100']);
    const call = await orders.database
      .knex('gateway_calls')
      .where({ order_number: number })
      .first<object>();
    expect(call).toMatchObject({ status: 'moved', code: 'settled-by-hand', message: note });
    // The next movement on that card is a new one, and as unknown as the first.
    expect(await orders.send(number, { type: 'take-payment' })).toMatchObject({
      outcome: 'pending',
    });
    await orders.send(number, { ...settled, outcome: 'not-moved', note: 'They have no capture.' });
    expect(await tasksOf(number)).toContain('capture-failed');
  }, 90_000);
});

describe('a command that can be undone', () => {
  const refund = { type: 'refund', amount: 500, reason: 'A chip.' } as const;

  it('leaves no trace at the gateway when it is, and both are in the history', async () => {
    const number = await placed({});
    await orders.send(number, { type: 'take-payment' });
    expect(await orders.send(number, refund, 'chip')).toMatchObject({ outcome: 'pending' });
    expect(await orders.send(number, { type: 'undo', command: 'chip' })).toMatchObject({
      outcome: 'done',
    });
    await orders.send(number, refund, 'chip-again');
    await eventually(
      () => orders.movements(number),
      (movements) => movements.includes('refund 500'),
    );
    expect(await orders.movements(number)).toEqual([
      'authorisation 4100',
      'capture 4100',
      'refund 500',
    ]);
    const commands = await orders.database
      .knex('commands')
      .where({ order_number: number, type: 'refund' })
      .orderBy('seq')
      .select('id', 'outcome');
    expect(commands).toEqual([
      { id: 'chip', outcome: 'refused' },
      { id: 'chip-again', outcome: 'done' },
    ]);
    expect(await orders.history(number)).toEqual(
      expect.arrayContaining(['refund', 'undo', 'deadline']),
    );
  });

  it('outlives its worker while it waits', async () => {
    const number = await placed({});
    await orders.send(number, { type: 'take-payment' });
    await orders.send(number, refund, 'chip');
    await orders.restartWorker();
    await eventually(
      () => orders.movements(number),
      (movements) => movements.includes('refund 500'),
      20_000,
    );
    expect(await orders.movements(number)).toHaveLength(3);
  });
});
