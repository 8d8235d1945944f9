import { describe, expect, it } from '@jest/globals';
import { dueOf, isAtRest } from '../../machines/deciding/due';
import type { Units } from '../../machines/events';
import { balanceOf } from '../../machines/payment/balance';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { defineShop } from '../../machines/table';
import { viewReturn } from '../../machines/returns/view';
import { bakery } from './shops';
import {
  aLine,
  aMixedOrder,
  anOrder,
  declined,
  desk,
  factsOf,
  figuresOf,
  later,
  lineOf,
  moved,
  noon,
  placed,
  play,
  refusal,
  send,
  type Told,
} from './support';

const take = { type: 'take-payment' } as const;
const ship = { type: 'record-shipping-event', event: 'Shipped' } as const;
const request = (...lines: Units[]): Told => ({
  type: 'request-return',
  reason: 'Too small.',
  ...(lines.length > 0 && { lines }),
});
const authorise: Told = { type: 'authorise-return', return: 'r1', instructions: 'By post.' };
const receive = (
  ...lines: { id: string; good?: number; damaged?: number; restock?: boolean }[]
): Told => ({
  type: 'receive-return',
  return: 'r1',
  ...(lines.length > 0 && { lines }),
});
const refund = (more: object = {}): Told =>
  ({ type: 'refund', return: 'r1', reason: 'As agreed.', ...more }) as Told;

const shipped = (placement = anOrder()) => play(placed(placement), take, ship);
const returned = ({ context }: OrderState, id = 'r1') => {
  const found = context.returns.find((each) => each.id === id);
  if (!found) throw new Error(`There is no return ${id}.`);
  return found;
};
const view = (state: OrderState) => viewReturn(shop, state.context, returned(state));

describe('a return', () => {
  it('is asked for, authorised, received and refunded, each step a record', () => {
    const asked = send(shipped(), request({ id: 'A', quantity: 2 }));
    expect(factsOf(asked, 'return-requested')).toMatchObject([
      { return: 'r1', lines: [{ id: 'A', quantity: 2 }], reason: 'Too small.' },
    ]);
    const let_ = send(asked.state, authorise);
    expect(factsOf(let_, 'return-authorised')).toMatchObject([{ instructions: 'By post.' }]);
    const came = send(let_.state, receive({ id: 'A', good: 1, damaged: 1, restock: true }));
    expect(factsOf(came, 'shipping-event')).toMatchObject([{ event: 'Returned' }]);
    expect(factsOf(came, 'stock')).toMatchObject([{ move: 'restock', lines: [{ quantity: 1 }] }]);
    expect(lineOf(came.state)).toMatchObject({ passed: { Returned: 2 }, restocked: 1 });
    expect(returned(came.state).status).toBe('received');
    const granted = send(came.state, refund());
    expect(factsOf(granted, 'refund-decided')).toMatchObject([
      { return: 'r1', amount: 2400, worth: 2400, lines: [{ id: 'A', quantity: 2 }], by: 'Grace' },
    ]);
    expect(granted.effects).toMatchObject([{ kind: 'refund', amount: 2400 }]);
    const back = send(granted.state, moved(granted.state));
    expect(factsOf(back, 'return-refunded')).toMatchObject([{ return: 'r1', amount: 2400 }]);
    expect(returned(back.state).status).toBe('refunded');
    expect(figuresOf(back.state)).toMatchObject({ captured: 3600, refunded: 2400 });
    expect(lineOf(back.state).passed).toMatchObject({ Refunded: 2 });
  });

  it('tells the customer at each step, as the table says', () => {
    const steps = [request({ id: 'A' }), authorise, receive(), refund()];
    let state = shipped();
    const kinds = steps.flatMap((step) => {
      const { act } = desk(shop);
      const done = act(state, step);
      state = done.state;
      return factsOf(done, 'message').map(({ kind }) => kind);
    });
    expect(kinds).toEqual([
      'return-requested',
      'return-authorised',
      'return-received',
      'return-refunded',
    ]);
  });

  it('is declined, and its units can be asked for again', () => {
    const state = play(shipped(), request({ id: 'A' }), {
      type: 'decline-return',
      return: 'r1',
      reason: 'Worn.',
    });
    expect(returned(state).status).toBe('declined');
    expect(play(state, request({ id: 'A' })).context.returns.map(({ id }) => id)).toEqual([
      'r1',
      'r2',
    ]);
    expect(refusal(state, authorise)).toMatchObject({ code: 'invalid-return', allowed: [] });
  });

  it('comes in several parcels until all of it has arrived', () => {
    const first = play(shipped(), request(), authorise, receive({ id: 'A', good: 1 }));
    expect(returned(first)).toMatchObject({ status: 'authorised', lines: [{ good: 1 }] });
    expect(view(first).lines).toMatchObject([{ awaited: 2 }]);
    const second = play(first, receive({ id: 'A', damaged: 2 }));
    expect(returned(second)).toMatchObject({
      status: 'received',
      lines: [{ good: 1, damaged: 2 }],
    });
    expect(lineOf(second).status).toBe('Returned');
  });

  it('gives up what did not come, which can then be asked for again', () => {
    const state = play(shipped(), request(), authorise, {
      type: 'receive-return',
      return: 'r1',
      lines: [{ id: 'A', good: 1 }],
      complete: true,
    });
    expect(returned(state)).toMatchObject({ status: 'received', lines: [{ good: 1, givenUp: 2 }] });
    expect(play(state, request({ id: 'A', quantity: 2 })).context.returns).toHaveLength(2);
  });

  it('puts damaged units on no shelf, and good ones only where asked', () => {
    const here = play(shipped(), request(), authorise);
    const came = send(here, receive({ id: 'A', good: 2, damaged: 1 }));
    expect(factsOf(came, 'stock')).toEqual([]);
    const shelved = send(here, receive({ id: 'A', damaged: 3, restock: true }));
    expect(factsOf(shelved, 'stock')).toEqual([]);
    const willing = desk({ ...shop, returns: { restock: true } });
    const state = willing.play(willing.placed(), take, ship, request(), authorise);
    expect(factsOf(willing.send(state, receive()), 'stock')).toMatchObject([{ move: 'restock' }]);
  });

  it('is closed by people at any step before its end', () => {
    const close: Told = { type: 'close-return', return: 'r1', reason: 'She keeps it.' };
    for (const steps of [[], [authorise], [authorise, receive()]]) {
      const state = play(shipped(), request(), ...steps, close);
      expect(returned(state).status).toBe('closed');
      expect(refusal(state, close).code).toBe('invalid-return');
    }
  });
});

describe('a return is refused', () => {
  it('for units that have not left, came back, or are asked for already; each line with its figures', () => {
    const state = play(
      placed(aMixedOrder()),
      take,
      { ...ship, lines: [{ id: 'A' }, { id: 'B', quantity: 1 }] },
      request({ id: 'A', quantity: 2 }),
    );
    const refused = refusal(
      state,
      request({ id: 'A', quantity: 2 }, { id: 'B', quantity: 2 }, { id: 'Z' }),
    );
    expect(refused).toMatchObject({ code: 'invalid-return', guard: 'returnable' });
    expect(refused.errors).toMatchObject([
      { pointer: '/lines/0/quantity', detail: expect.stringContaining('2 awaited in return r1') },
      { pointer: '/lines/1/quantity', detail: expect.stringContaining('at most 1') },
      { pointer: '/lines/2/id' },
    ]);
    expect(state.context.returns).toHaveLength(1);
  });

  it('by a direct Returned for units that a return waits for', () => {
    const state = play(shipped(), request({ id: 'A', quantity: 2 }));
    const direct = (quantity: number): Told => ({
      type: 'record-shipping-event',
      event: 'Returned',
      lines: [{ id: 'A', quantity }],
    });
    expect(refusal(state, direct(2)).detail).toContain('2 awaited in return r1');
    expect(lineOf(play(state, direct(1))).passed).toMatchObject({ Returned: 1 });
  });

  it('once the shop’s time for it is over, unless staff takes it late', () => {
    const sixtyDays = later(60 * 24 + 1);
    const late = { ...request({ id: 'A' }), at: sixtyDays };
    expect(refusal(shipped(), late).detail).toContain('60 days');
    expect(play(shipped(), { ...late, late: true } as Told).context.returns).toHaveLength(1);
    const storefront = { role: 'storefront', name: 'web' } as const;
    const pushed = { ...late, late: true, actor: storefront } as Told;
    expect(refusal(shipped(), pushed).errors).toMatchObject([{ pointer: '/late' }]);
    expect(play(shipped(), { ...request(), at: later(59 * 24) }).context.returns).toHaveLength(1);
  });

  it('by a shop that takes nothing back', () => {
    const { placed: wished, play: bake, refusal: no } = desk(bakery);
    const state = bake(wished(anOrder({ status: 'Wished' })), {
      type: 'set-status',
      status: 'Baking',
    });
    expect(no(state, request()).detail).toContain('takes nothing back');
  });

  it('when more came than is awaited, or nothing did', () => {
    const state = play(shipped(), request({ id: 'A', quantity: 2 }), authorise);
    const refused = refusal(state, receive({ id: 'A', good: 2, damaged: 1 }));
    expect(refused.errors).toMatchObject([
      { detail: expect.stringContaining('3 came, at most 2 is awaited: 2 asked back') },
    ]);
    expect(refusal(state, receive({ id: 'A', good: 0 })).detail).toContain('nothing of it came');
    expect(refusal(state, receive({ id: 'A', good: -1 })).errors).toHaveLength(1);
    expect(refusal(state, receive({ id: 'B' })).detail).toContain('no line of return r1');
  });

  it('before it is authorised, and under a name there is not', () => {
    const state = play(shipped(), request());
    expect(refusal(state, receive())).toMatchObject({ figures: { status: 'requested' } });
    expect(refusal(state, { ...authorise, return: 'r7' } as Told).allowed).toEqual(['r1']);
  });
});

describe('the refund of a return', () => {
  const came = (placement = anOrder(), ...lines: Parameters<typeof receive>) =>
    play(shipped(placement), request(), authorise, receive(...lines));

  it('keeps an amount for damaged goods, with the reason', () => {
    const granted = send(came(), refund({ keep: 600, reason: 'Chipped.' }));
    expect(factsOf(granted, 'refund-decided')).toMatchObject([
      { amount: 3000, kept: 600, worth: 3600, reason: 'Chipped.' },
    ]);
    const state = play(granted.state, moved(granted.state));
    expect(returned(state).status).toBe('refunded');
    expect(refusal(came(), refund({ keep: 3600 })).errors).toMatchObject([{ pointer: '/keep' }]);
  });

  it('is of some of its units, and then of the rest', () => {
    const some = play(came(), refund({ lines: [{ id: 'A', quantity: 1 }] }));
    expect(returned(some).status).toBe('received');
    expect(view(some).refund).toEqual({
      status: 'partly refunded',
      refunded: 1200,
      refundable: 2400,
    });
    const all = play(some, refund());
    expect(figuresOf(all)).toMatchObject({ refunded: 3600 });
    expect(refusal(all, refund()).detail).toContain('it has ended');
  });

  it('gives the shipping charge back only when it is chosen, or the shop says so', () => {
    const order = aMixedOrder();
    const state = play(placed(order), take, { ...ship, lines: [{ id: 'A' }, { id: 'B' }] });
    const back = play(state, request(), authorise, receive());
    expect(factsOf(send(back, refund()), 'refund-decided')).toMatchObject([{ amount: 7600 }]);
    const withShipping = send(back, refund({ charges: ['shipping'] }));
    expect(factsOf(withShipping, 'refund-decided')).toMatchObject([{ amount: 8000 }]);
    const kind = desk({ ...shop, returns: { refundShipping: true } });
    const only = anOrder({
      shipping: { code: 'standard', name: 'Standard', exclTax: 400, inclTax: 400 },
    });
    const whole = kind.play(kind.placed(only), take, ship, request(), authorise, receive());
    expect(factsOf(kind.send(whole, refund()), 'refund-decided')).toMatchObject([{ amount: 4000 }]);
    const part = kind.send(whole, refund({ lines: [{ id: 'A', quantity: 2 }] }));
    expect(factsOf(part, 'refund-decided')).toMatchObject([{ amount: 2400 }]);
  });

  it('that the gateway declines leaves it received, says so, and is granted again (spree #10108)', () => {
    const granted = send(came(), refund()).state;
    const failed = send(granted, declined(granted));
    expect(returned(failed.state)).toMatchObject({ status: 'received' });
    expect(view(failed.state).refund).toEqual({ status: 'failed', refunded: 0, refundable: 3600 });
    expect(factsOf(failed, 'attention')).toMatchObject([{ reason: 'return-refund-failed' }]);
    const again = play(failed.state, refund());
    expect(returned(again).status).toBe('refunded');
    expect(figuresOf(again)).toMatchObject({ refunded: 3600 });
    expect(again.context.attention).toEqual([]);
  });

  describe('of goods that nobody had paid', () => {
    const trusting = desk({ ...shop, name: 'On trust' });
    const came = (good: number) =>
      trusting.play(
        trusting.placed(),
        { type: 'set-status', status: 'Being processed' },
        ship,
        request(),
        authorise,
        receive({ id: 'A', good }),
      );

    it('lowers what the order owes, and gives an authorisation up that covers nothing more', () => {
      const all = trusting.act(came(3), refund());
      expect(factsOf(all, 'bill-lowered')).toEqual([
        { type: 'bill-lowered', return: 'r1', amount: 3600 },
      ]);
      expect(factsOf(all, 'payment-event')).toMatchObject([{ kind: 'void', amount: 3600 }]);
      expect(factsOf(all, 'message')).toEqual([]);
      expect(returned(all.state)).toMatchObject({ status: 'refunded' });
      expect(balanceOf(shop, all.state.context)).toMatchObject({
        owed: 0,
        captured: 0,
        balance: 0,
      });
    });

    it('leaves the rest to be paid, each unit once', () => {
      const part = trusting.play(came(1), refund({ keep: 200 }));
      expect(balanceOf(shop, part.context)).toMatchObject({ owed: 2600, balance: 2600 });
      expect(lineOf(part).passed).toMatchObject({ Settled: 1, Refunded: 1 });
      const paid = trusting.play(part, { type: 'take-payment' });
      expect(figuresOf(paid)).toMatchObject({ captured: 2600 });
      expect(lineOf(paid).passed).toMatchObject({ Settled: 3, Refunded: 1 });
      expect(balanceOf(shop, paid.context)).toMatchObject({ balance: 0 });
      expect(trusting.refusal(paid, refund()).detail).toContain('left to refund');
    });

    it('and of goods that were paid in part, gives back what was paid and lowers the bill by the rest', () => {
      const some = trusting.play(
        trusting.placed(),
        { type: 'take-payment', amount: 1000 },
        { type: 'set-status', status: 'Being processed' },
        ship,
        request(),
        authorise,
        receive({ id: 'A', good: 3 }),
      );
      const all = trusting.play(some, refund());
      expect(figuresOf(all)).toMatchObject({ captured: 1000, refunded: 1000 });
      expect(balanceOf(shop, all.context)).toMatchObject({ owed: 1000, balance: 0 });
      expect(returned(all)).toMatchObject({ status: 'refunded' });
    });
  });

  it('gives each unit back at its own price, also where an amount was paid and no units', () => {
    const lines = [
      aLine({
        priceBreakdown: [
          { quantity: 1, exclTax: 3000, inclTax: 3000 },
          { quantity: 2, exclTax: 1000, inclTax: 1000 },
        ],
      }),
    ];
    const trusting = desk({ ...shop, name: 'On trust' });
    const one = [request({ id: 'A', quantity: 1 }), authorise, receive({ id: 'A', good: 1 })];
    const some = trusting.play(
      trusting.placed(anOrder({ lines })),
      { type: 'take-payment', amount: 4500 },
      { type: 'set-status', status: 'Being processed' },
      ship,
      ...one,
      refund(),
    );
    expect(figuresOf(some)).toMatchObject({ captured: 4500, refunded: 3000 });
    expect(lineOf(some).passed).toMatchObject({ Settled: 1, Refunded: 1 });
    const second = one.map((event) => ({ ...event, return: 'r2' }) as Told);
    const both = trusting.play(some, ...second, refund({ return: 'r2' }));
    expect(figuresOf(both)).toMatchObject({ refunded: 4000 });
    expect(balanceOf(shop, both.context)).toMatchObject({ owed: 5000, balance: 500 });
  });

  it('goes back over several payments, and a part that failed is not given twice (vendure #2393)', () => {
    const order = anOrder({
      payments: [
        { gateway: 'sandbox', token: 'a', amount: 2400 },
        { gateway: 'sandbox', token: 'b', amount: 1200 },
      ],
    });
    const granted = send(came(order), refund()).state;
    const first = send(granted, moved(granted)).state;
    const failed = send(first, declined(first)).state;
    expect(view(failed).refund).toMatchObject({
      status: 'failed',
      refunded: 1200,
      refundable: 2400,
    });
    const again = play(failed, refund());
    expect(figuresOf(again)).toMatchObject({ refunded: 2400 });
    expect(figuresOf(again, 'p2')).toMatchObject({ refunded: 1200 });
    expect(lineOf(again).passed).toMatchObject({ Refunded: 3 });
    expect(returned(again).status).toBe('refunded');
  });

  it('is the units’ own price under discounts and a price breakdown, to the unit (vendure #890, #1753)', () => {
    const stepped = aLine({
      priceBreakdown: [
        { quantity: 2, exclTax: 1000, inclTax: 1200 },
        { quantity: 1, exclTax: 500, inclTax: 600 },
      ],
    });
    const off = { kind: 'basket', name: 'Spring', exclTax: 100, inclTax: 100 } as const;
    let state = came(anOrder({ lines: [stepped], discounts: [off] }));
    for (let unit = 0; unit < 3; unit += 1) {
      state = play(state, refund({ lines: [{ id: 'A', quantity: 1 }] }));
    }
    expect(figuresOf(state)).toMatchObject({ captured: 2900, refunded: 2900 });
  });

  it('gives no more than is left where some went back before', () => {
    const state = play(came(), { type: 'refund', amount: 500, reason: 'Late.' });
    const granted = send(state, refund());
    expect(factsOf(granted, 'refund-decided')).toMatchObject([{ worth: 3600, amount: 3100 }]);
  });

  it('that no card took is given by hand, and ends when it is recorded', () => {
    const transfer = anOrder({ payments: [{ gateway: 'offline', method: 'bank-transfer' }] });
    const paid: Told = { type: 'record-payment-event', event: 'Settled', amount: 3600 };
    const state = play(placed(transfer), paid, ship, request(), authorise, receive());
    const granted = send(state, refund());
    expect(granted.effects).toEqual([]);
    expect(factsOf(granted, 'attention')).toMatchObject([{ reason: 'return-by-hand' }]);
    expect(view(granted.state).refund.status).toBe('pending');
    const half = play(granted.state, {
      type: 'record-payment-event',
      event: 'Refunded',
      amount: 1600,
    });
    expect(returned(half).status).toBe('received');
    const whole = play(half, { type: 'record-payment-event', event: 'Refunded', amount: 2000 });
    expect(returned(whole).status).toBe('refunded');
    expect(lineOf(whole).passed).toMatchObject({ Refunded: 3 });
    expect(whole.context.attention).toEqual([]);
  });

  it('takes lines and what to keep, not an amount', () => {
    expect(refusal(came(), refund({ amount: 100 })).errors).toMatchObject([{ pointer: '/amount' }]);
    const loose = { type: 'refund', keep: 1, reason: 'x' } as const;
    expect(refusal(came(), loose).errors).toMatchObject([{ pointer: '/keep' }]);
  });
});

describe('an authorised return that does not come', () => {
  const waiting = play(shipped(), request(), authorise);
  const overdue = { type: 'deadline', name: 'return:r1', at: later(21 * 24) } as const;

  it('is waited for, also by an order that is complete', () => {
    expect(isAtRest(shop, waiting)).toBe(false);
    expect(dueOf(shop, 'Complete', waiting.context)).toMatchObject([{ name: 'return:r1' }]);
  });

  it('makes people look, once, until it comes', () => {
    const told = send(waiting, overdue);
    expect(factsOf(told, 'attention')).toMatchObject([{ reason: 'return-overdue' }]);
    expect(dueOf(shop, 'Complete', told.state.context)).toEqual([]);
    expect(play(told.state, receive()).context.attention).toEqual([]);
  });

  it('is nothing to wait for once it came', () => {
    expect(dueOf(shop, 'Complete', play(waiting, receive()).context)).toEqual([]);
    expect(refusal(waiting, { ...overdue, at: noon }).code).toBe('not-found');
  });
});

describe('a hold and a return', () => {
  const held = play(shipped(), request(), { type: 'hold', reason: 'Looks like fraud.' });

  it('goods may come back to a held order; what would leave may not', () => {
    expect(play(held, authorise, receive(), refund()).context.returns[0]?.status).toBe('refunded');
    const exchange = {
      type: 'exchange',
      return: 'r1',
      lines: [
        { sku: 'MUG-2', title: 'Mug', quantity: 1, unitPrice: { exclTax: 1000, inclTax: 1200 } },
      ],
    } as const;
    expect(refusal(held, exchange).code).toBe('on-hold');
  });

  it('are blocked where the table says so', () => {
    const strict = desk(
      defineShop({ ...shop, holdBlocks: ['request-return', 'receive-return', 'refund'] }),
    );
    const state = strict.play(strict.placed(), take, ship, { type: 'hold', reason: 'Wait.' });
    expect(strict.refusal(state, request())).toMatchObject({ code: 'on-hold' });
    expect(strict.refusal(state, { type: 'refund', reason: 'x' })).toMatchObject({
      code: 'on-hold',
    });
  });
});
