import { describe, expect, it } from '@jest/globals';
import { balanceOf } from '../../machines/payment/balance';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { bakery } from './shops';
import {
  aLine,
  aMixedOrder,
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
  unknown,
} from './support';

const cancel = (...lines: { id: string; quantity?: number }[]) =>
  ({ type: 'cancel', reason: 'The customer asked.', ...(lines.length > 0 && { lines }) }) as const;
const take = { type: 'take-payment' } as const;
const paid = (placement = aMixedOrder()) => play(placed(placement), take);
const ship = (...lines: { id: string; quantity?: number }[]) =>
  ({ type: 'record-shipping-event', event: 'Shipped', lines }) as const;

describe('cancelling the whole order', () => {
  it('before capture gives the authorisation up and the stock back', () => {
    const step = send(placed(), cancel());
    expect(step.state.value.status).toBe('Cancelled');
    expect(lineOf(step.state)).toMatchObject({ status: 'Cancelled', allocated: 0 });
    expect(step.effects).toMatchObject([{ kind: 'void', amount: 3600 }]);
    expect(factsOf(step, 'message')).toMatchObject([{ kind: 'order-cancelled' }]);
    const over = play(step.state, moved(step.state));
    expect(figuresOf(over)).toEqual({ authorised: 3600, captured: 0, refunded: 0, voided: 3600 });
  });

  it('after capture gives all of it back, charges included (medusa #5457, #9261, #10491)', () => {
    const over = play(paid(), cancel());
    expect(figuresOf(over)).toMatchObject({ captured: 8500, refunded: 8500 });
  });

  it('after a part was captured gives that back and the rest up', () => {
    const over = play(placed(), { ...take, amount: 1000 }, cancel());
    expect(figuresOf(over)).toEqual({
      authorised: 3600,
      captured: 1000,
      refunded: 1000,
      voided: 2600,
    });
  });

  it('gives back no more than went in, where some went back before (vendure #2302, #2762)', () => {
    const over = play(paid(), { type: 'refund', amount: 500, reason: 'late' }, cancel());
    expect(figuresOf(over)).toMatchObject({ captured: 8500, refunded: 8500 });
  });

  it('asks people to give back what no card took', () => {
    const transfer = { type: 'record-payment-event', event: 'Settled', amount: 3600 } as const;
    const step = send(play(placed(anOrder({ payments: [] })), transfer), cancel());
    expect([step.state.value.status, step.effects]).toEqual(['Cancelled', []]);
    expect(factsOf(step, 'attention')).toMatchObject([
      { reason: 'refund-by-hand', text: expect.stringContaining('36.00 GBP') },
    ]);
  });

  it('says so when the gateway does not give it back, and lets people try again (spree #10108)', () => {
    const step = send(paid(anOrder()), cancel()).state;
    const refused = send(step, declined(step));
    expect(factsOf(refused, 'attention')).toMatchObject([{ reason: 'refund-failed' }]);
    const again = play(refused.state, { type: 'refund', reason: 'again' });
    expect(figuresOf(again)).toMatchObject({ refunded: 3600 });
  });
});

describe('cancelling what is left after a return', () => {
  const comeBack: Told[] = [
    { type: 'request-return', reason: 'Too small.' },
    { type: 'authorise-return', return: 'r1' },
    { type: 'receive-return', return: 'r1' },
  ];
  const giveBack: Told = { type: 'refund', return: 'r1', reason: 'As agreed.' };
  const back = () => play(paid(anOrder()), ship({ id: 'A', quantity: 2 }), ...comeBack);

  it('takes a line whose other units came back to where they are', () => {
    const over = send(back(), cancel({ id: 'A' }));
    expect(factsOf(over, 'line-status')).toMatchObject([
      { from: 'Being processed', to: 'Shipped' },
      { from: 'Shipped', to: 'Returned' },
    ]);
    expect(over.state.value.status).toBe('Complete');
    expect(lineOf(over.state)).toMatchObject({ status: 'Returned', allocated: 0 });
  });

  it('gives its money back beside the money of the return, whichever goes first', () => {
    const returnFirst = send(play(back(), giveBack), cancel({ id: 'A' }));
    expect(returnFirst.effects).toMatchObject([{ kind: 'refund', amount: 1200 }]);
    expect(balanceOf(shop, returnFirst.state.context).balance).toBe(-1200);
    const over = play(returnFirst.state, moved(returnFirst.state));
    expect(figuresOf(over)).toMatchObject({ captured: 3600, refunded: 3600 });
    expect(balanceOf(shop, over.context).balance).toBe(0);
    const cancelFirst = play(back(), cancel({ id: 'A' }), giveBack);
    expect(figuresOf(cancelFirst)).toMatchObject({ captured: 3600, refunded: 3600 });
  });

  it('leaves what is promised by hand for the return to the return', () => {
    const offline = { gateway: 'offline', method: 'transfer' };
    const start = play(
      placed(anOrder({ payments: [offline] })),
      { type: 'record-payment-event', event: 'Settled', amount: 3600 },
      ship({ id: 'A', quantity: 2 }),
      ...comeBack,
      giveBack,
    );
    const over = send(start, cancel({ id: 'A' }));
    expect(factsOf(over, 'attention')).toMatchObject([
      { reason: 'refund-by-hand', text: expect.stringContaining('12.00 GBP') },
    ]);
  });
});

describe('cancelling units', () => {
  it('keeps the authorisation that the others need, and gives up the card that they do not', () => {
    const one = send(placed(), cancel({ id: 'A', quantity: 1 }));
    expect(one.effects).toEqual([]);
    expect(figuresOf(play(one.state, take))).toMatchObject({ captured: 2400 });
    const two = placed(
      anOrder({
        payments: [
          { gateway: 'sandbox', token: 'a', amount: 2400 },
          { gateway: 'sandbox', token: 'b', amount: 1200 },
        ],
      }),
    );
    expect(send(two, cancel({ id: 'A', quantity: 1 })).effects).toMatchObject([
      { kind: 'void', payment: 'p2', amount: 1200 },
    ]);
  });

  it('gives back exactly the difference, from the end of the price breakdown', () => {
    const stepped = aLine({
      priceBreakdown: [
        { quantity: 2, exclTax: 1000, inclTax: 1200 },
        { quantity: 1, exclTax: 500, inclTax: 600 },
      ],
    });
    const state = paid(anOrder({ lines: [stepped] }));
    const one = play(state, cancel({ id: 'A', quantity: 1 }));
    expect(figuresOf(one)).toMatchObject({ captured: 3000, refunded: 600 });
    const two = play(one, cancel({ id: 'A', quantity: 1 }));
    expect(figuresOf(two)).toMatchObject({ refunded: 1800 });
    expect(figuresOf(play(two, cancel()))).toMatchObject({ refunded: 3000 });
  });

  it('gives nothing back where no more was captured than the others cost', () => {
    const state = play(placed(), { ...take, lines: [{ id: 'A', quantity: 2 }] });
    const step = send(state, cancel({ id: 'A', quantity: 1 }));
    expect(step.effects).toMatchObject([{ kind: 'void', amount: 1200 }]);
    expect(figuresOf(step.state).captured).toBe(2400);
    expect(step.state.value.status).toBe('Being processed');
  });

  it('does not let their money go back twice', () => {
    const state = play(paid(anOrder()), cancel({ id: 'A', quantity: 1 }));
    const rest = play(state, { type: 'refund', lines: [{ id: 'A' }], reason: 'broken' });
    expect(figuresOf(rest)).toMatchObject({ captured: 3600, refunded: 3600 });
    expect(lineOf(rest).passed).toMatchObject({ Settled: 3, Refunded: 2 });
  });

  it('tells the customer once: of units, or of the whole', () => {
    const some = send(paid(), cancel({ id: 'A' }));
    expect(factsOf(some, 'message').map(({ kind }) => kind)).toEqual(['units-cancelled']);
    const all = send(play(paid(), cancel({ id: 'A' })), cancel());
    expect(factsOf(all, 'message').map(({ kind }) => kind)).toEqual(['order-cancelled']);
  });

  it('completes the order when what is left has shipped', () => {
    const state = play(paid(), ship({ id: 'A' }, { id: 'C' }), cancel({ id: 'B' }));
    expect(state.value.status).toBe('Complete');
  });
});

describe('the money of what was cancelled', () => {
  it('goes back once: an order at its paid price again gives nothing more (vendure #4013)', () => {
    const state = play(paid(anOrder()), cancel({ id: 'A', quantity: 1 }));
    expect(figuresOf(state)).toMatchObject({ captured: 3600, refunded: 1200 });
    const on = send(state, ship({ id: 'A' }));
    expect(on.effects).toEqual([]);
    expect(figuresOf(on.state)).toMatchObject({ captured: 3600, refunded: 1200 });
  });

  it('is never asked for below nothing (saleor-dashboard #4493)', () => {
    const gone = play(paid(anOrder()), { type: 'refund', reason: 'late' });
    const refused = refusal(gone, { type: 'refund', reason: 'again' });
    expect(refused.figures).toMatchObject({ room: 0, most: 0 });
    expect(refused.detail).toContain('all that was captured went back');
  });

  it('is given up again where the gateway first declined to let it go (spree #10108)', () => {
    const cancelled = send(placed(), cancel()).state;
    const stuck = send(cancelled, declined(cancelled)).state;
    expect(stuck.value).toMatchObject({ status: 'Cancelled', payment: 'idle' });
    expect(stuck.context.attention).toMatchObject([{ reason: 'void-failed' }]);
    expect(figuresOf(play(stuck, { type: 'void' }))).toMatchObject({ voided: 3600 });
  });
});

describe('cancelling is refused', () => {
  const shipped = play(paid(), ship({ id: 'A', quantity: 1 }));
  it.each<[string, OrderState, ReturnType<typeof cancel>, string, RegExp]>([
    [
      'whole, once units have left',
      shipped,
      cancel(),
      'invalid-shipping-event',
      /returned, not cancelled.*lines that are left/,
    ],
    [
      'for units that have left',
      shipped,
      cancel({ id: 'A', quantity: 3 }),
      'invalid-shipping-event',
      /3 asked, at most 2/,
    ],
    [
      'twice',
      play(placed(), cancel()),
      cancel(),
      'invalid-order-status',
      /is Cancelled and cannot be cancelled/,
    ],
    [
      'for no line',
      placed(),
      { ...cancel(), lines: [] },
      'invalid-shipping-event',
      /at least one line/,
    ],
  ])('%s', (_, state, command, code, detail) => {
    const refused = refusal(state, command);
    expect(refused.code).toBe(code);
    expect(refused.detail).toMatch(detail);
  });

  it('while nobody knows whether money moved', () => {
    const taking = send(placed(), take).state;
    const lost = send(taking, unknown(taking)).state;
    for (const command of [cancel(), { type: 'set-status', status: 'Cancelled' } as const]) {
      expect(refusal(lost, command)).toMatchObject({
        code: 'payment-outcome-unknown',
        figures: { kind: 'capture', amount: 3600 },
      });
    }
    const known = play(lost, moved(lost), cancel());
    expect(figuresOf(known)).toMatchObject({ captured: 3600, refunded: 3600 });
  });

  it('for a shop in other words it works the same', () => {
    const { placed: wished, play: bake } = desk(bakery);
    const state = bake(wished(anOrder({ status: 'Wished' })), { type: 'cancel', reason: 'asked' });
    expect(state.value.status).toBe('Dropped');
    expect(lineOf(state)).toMatchObject({ status: 'Gone', passed: { Binned: 3 }, allocated: 0 });
  });
});
