import { describe, expect, it } from '@jest/globals';
import type { Command } from '../../machines/events';
import { balanceOf } from '../../machines/payment/balance';
import shop from '../../machines/shop';
import { viewOrder } from '../../machines/views/order';
import {
  anOrder,
  declined,
  desk,
  factsOf,
  figuresOf,
  lineOf,
  moved,
  placed,
  play,
  refusal,
  send,
  type Told,
} from './support';

const take = { type: 'take-payment' } as const;
const ship = { type: 'record-shipping-event', event: 'Shipped' } as const;
const comeBack: Told[] = [
  { type: 'request-return', lines: [{ id: 'A', quantity: 2 }], reason: 'Too small.' },
  { type: 'authorise-return', return: 'r1' },
  { type: 'receive-return', return: 'r1' },
];
const mug = (inclTax: number, quantity = 1) => ({
  sku: 'MUG-2',
  title: 'Larger mug',
  quantity,
  unitPrice: { exclTax: inclTax, inclTax },
});
const exchange = (inclTax: number, more: object = {}) =>
  ({ type: 'exchange', return: 'r1', lines: [mug(inclTax)], ...more }) as Extract<
    Command,
    { type: 'exchange' }
  >;
const done: Told = { type: 'exchange.placed', return: 'r1', number: '100001-X1' };
const noStock: Told = {
  type: 'exchange.refused',
  return: 'r1',
  number: '100001-X1',
  why: 'Line 1: 1 of MUG-2 asked, at most 0 possible.',
};

/** Three mugs at 12.00 paid by card, two of them back: worth 24.00. */
const back = () => play(placed(anOrder()), take, ship, ...comeBack);

describe('an exchange of goods that nobody had paid', () => {
  const trusting = desk({ ...shop, name: 'On trust' });
  const unpaid = trusting.play(
    trusting.placed(),
    { type: 'set-status', status: 'Being processed' },
    ship,
    ...comeBack,
  );
  const decided = trusting.send(unpaid, exchange(2400)).state;

  it('lowers the first order’s bill once the new order is there, which is paid by itself', () => {
    expect(balanceOf(shop, decided.context).owed).toBe(3600);
    const over = trusting.act(decided, done);
    expect(factsOf(over, 'bill-lowered')).toMatchObject([{ return: 'r1', amount: 2400 }]);
    expect(balanceOf(shop, over.state.context)).toMatchObject({ owed: 1200, balance: 1200 });
    const paid = trusting.play(over.state, { type: 'take-payment' });
    expect(figuresOf(paid)).toMatchObject({ captured: 1200, refunded: 0 });
    expect(lineOf(paid).passed).toMatchObject({ Settled: 3, Refunded: 2 });
  });

  it('leaves the bill as it was where the new order cannot be placed', () => {
    const refused = trusting.play(decided, noStock);
    expect(balanceOf(shop, refused.context).owed).toBe(3600);
    const after = trusting.play(refused, { type: 'refund', return: 'r1', reason: 'Then so.' });
    expect(balanceOf(shop, after.context).owed).toBe(1200);
  });
});

describe('an exchange', () => {
  it('decides a new order, linked and paid with what came back, and moves no money yet', () => {
    const decided = send(back(), exchange(2400));
    const [fact] = factsOf(decided, 'exchange-decided');
    expect(fact).toMatchObject({ return: 'r1', number: '100001-X1', transferred: 2400 });
    expect(fact?.placement).toMatchObject({
      exchangeOf: { order: '100001', return: 'r1' },
      customer: { email: 'ada@example.com' },
      total: { inclTax: 2400 },
      payments: [{ gateway: 'offline', method: 'exchange', reference: '100001/r1', amount: 2400 }],
    });
    expect(decided.effects).toEqual([]);
    expect(figuresOf(decided.state)).toMatchObject({ captured: 3600, refunded: 0 });
    const { act, nothing } = desk(shop);
    const second = act(nothing, { type: 'place', placement: fact!.placement }).state;
    const paid = play(second, {
      ...{ type: 'record-payment-event', event: 'Settled' },
      ...{ amount: 2400, reference: '100001/r1' },
    });
    expect(paid.value.status).toBe('Being processed');
    expect(figuresOf(paid)).toMatchObject({ authorised: 2400, captured: 2400 });
    const view = viewOrder(shop, { number: '100001-X1', version: 1, seq: 1, state: paid });
    expect(view).toMatchObject({ exchangeOf: { order: '100001', return: 'r1' } });
  });

  it('moves the value over once the new order is there, to the unit', () => {
    const over = send(send(back(), exchange(2400)).state, done);
    expect(factsOf(over, 'payment-event')).toMatchObject([
      { kind: 'refund', gateway: 'offline', amount: 2400, reference: '100001-X1' },
    ]);
    expect(over.effects).toEqual([]);
    expect(figuresOf(over.state)).toMatchObject({ captured: 3600, refunded: 2400 });
    expect(lineOf(over.state).passed).toMatchObject({ Refunded: 2 });
    expect(over.state.context.returns).toMatchObject([
      { status: 'refunded', exchange: { number: '100001-X1', outcome: 'placed' } },
    ]);
    expect(refusal(over.state, exchange(1)).code).toBe('invalid-return');
  });

  it('that is dearer leaves the rest to be paid on the new order', () => {
    const decided = send(back(), exchange(3000));
    expect(factsOf(decided, 'exchange-decided')).toMatchObject([
      { transferred: 2400, placement: { total: { inclTax: 3000 }, payments: [{ amount: 2400 }] } },
    ]);
  });

  it('that is cheaper gives the difference back on the first order', () => {
    const over = send(send(back(), exchange(1500)).state, done);
    expect(over.effects).toMatchObject([{ kind: 'refund', amount: 900 }]);
    const state = play(over.state, moved(over.state));
    expect(figuresOf(state)).toMatchObject({ refunded: 2400 });
    expect(state.context.returns[0]).toMatchObject({
      status: 'refunded',
      refunds: [{ moved: 2400 }],
    });
    const failed = send(over.state, declined(over.state)).state;
    expect(failed.context.attention).toMatchObject([
      { reason: 'refund-failed' },
      { reason: 'return-refund-failed' },
    ]);
    const again = play(failed, { type: 'refund', return: 'r1', reason: 'Again.' });
    expect(figuresOf(again)).toMatchObject({ refunded: 2400 });
    expect(again.context.returns[0]?.status).toBe('refunded');
  });

  it('whose order cannot be placed leaves the money to be refunded, and may be tried again', () => {
    const failed = send(send(back(), exchange(2400)).state, noStock);
    expect(factsOf(failed, 'attention')).toMatchObject([{ reason: 'exchange-refused' }]);
    expect(figuresOf(failed.state)).toMatchObject({ refunded: 0 });
    const refunded = play(failed.state, { type: 'refund', return: 'r1', reason: 'Instead.' });
    expect(figuresOf(refunded)).toMatchObject({ refunded: 2400 });
    expect(refunded.context.attention).toEqual([]);
    const again = send(failed.state, exchange(2400));
    expect(factsOf(again, 'exchange-decided')).toMatchObject([{ number: '100001-X2' }]);
  });

  it('leaves alone what people are to give back by hand for the same return', () => {
    const offline = { gateway: 'offline', method: 'transfer' };
    const transfer: Told = { type: 'record-payment-event', event: 'Settled', amount: 3600 };
    const byHand: Told = {
      ...{ type: 'refund', return: 'r1', reason: 'By transfer.' },
      lines: [{ id: 'A', quantity: 1 }],
    };
    const start = play(placed(anOrder({ payments: [offline] })), transfer, ship, ...comeBack);
    const placing = send(play(start, byHand), exchange(1200)).state;
    const over = send(placing, done).state;
    expect(over.context.returns[0]?.refunds).toMatchObject([
      { outcome: 'pending', moved: 0, byHand: 1200 },
      { outcome: 'done', moved: 1200, byHand: 0 },
    ]);
    const failed = send(placing, noStock).state;
    expect(failed.context.returns[0]?.refunds).toMatchObject([
      { outcome: 'pending', byHand: 1200 },
      { outcome: 'failed', byHand: 0 },
    ]);
    const given = { type: 'record-payment-event', event: 'Refunded', amount: 1200 } as const;
    const ended = play(over, given);
    expect(figuresOf(ended)).toMatchObject({ captured: 3600, refunded: 2400 });
    expect(ended.context.returns[0]?.status).toBe('refunded');
  });

  it('is told of once: a second report changes nothing', () => {
    const placing = send(back(), exchange(2400)).state;
    const over = send(placing, done).state;
    for (const again of [done, noStock]) {
      expect(refusal(over, again)).toMatchObject({ code: 'not-found', guard: 'isExchanging' });
    }
  });

  it('lets no other money go back while its order is being placed', () => {
    const placing = send(back(), exchange(2400)).state;
    const others: Told[] = [
      { type: 'refund', reason: 'x' },
      { type: 'refund', return: 'r1', reason: 'x' },
      { type: 'record-payment-event', event: 'Refunded', amount: 1 },
      exchange(100),
      { type: 'close-return', return: 'r1', reason: 'x' },
    ];
    for (const command of others) {
      const refused = refusal(placing, command);
      expect(refused.code).toBe('payment-outcome-unknown');
      expect(refused.detail).toContain('100001-X1 is being placed');
    }
  });

  it('keeps an amount where the goods are worn', () => {
    const decided = send(back(), exchange(2400, { keep: 400 }));
    expect(factsOf(decided, 'exchange-decided')).toMatchObject([{ transferred: 2000 }]);
    expect(refusal(back(), exchange(2400, { keep: 2401 })).errors).toMatchObject([
      { pointer: '/keep' },
    ]);
  });

  it('is refused for an order the shop would not take, naming each fault', () => {
    const refused = refusal(back(), { ...exchange(100), lines: [mug(100, 0), mug(-1)] });
    expect(refused).toMatchObject({ code: 'invalid-return' });
    expect(refused.errors?.map(({ pointer }) => pointer)).toContain('/lines/0/quantity');
  });

  it('waits for the goods, unless the shop exchanges in advance', () => {
    const [request, authorise, receive] = comeBack as [Told, Told, Told];
    const early = play(placed(), take, ship, request, authorise);
    expect(refusal(early, exchange(2400))).toMatchObject({ figures: { status: 'authorised' } });
    const quick = desk({ ...shop, returns: { exchangeInAdvance: true } });
    const start = quick.play(quick.placed(), take, ship, request, authorise, exchange(2400), done);
    expect(figuresOf(start)).toMatchObject({ refunded: 2400 });
    expect(start.context.returns[0]?.status).toBe('authorised');
    expect(quick.play(start, receive).context.returns[0]?.status).toBe('refunded');
    const half = quick.play(start, {
      ...{ type: 'receive-return', return: 'r1', complete: true },
      lines: [{ id: 'A', good: 1 }],
    });
    expect(half.context.attention).toMatchObject([{ reason: 'exchange-unreturned' }]);
  });
});
