import { describe, expect, it } from '@jest/globals';
import { balanceOf, paymentStatus } from '../../machines/payment/balance';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import {
  aLine,
  aMixedOrder,
  anOrder,
  declined,
  factsOf,
  figuresOf,
  inFlight,
  lineOf,
  moved,
  placed,
  play,
  refusal,
  send,
  unknown,
  unreachable,
  type Told,
  noon,
} from './support';

const take = (asked: object = {}) => ({ type: 'take-payment', ...asked }) as Told;
const refund = (asked: object = {}) => ({ type: 'refund', reason: 'broken', ...asked }) as Told;
const mixed = placed(aMixedOrder());
const stepped = aLine({
  priceBreakdown: [
    { quantity: 1, exclTax: 900, inclTax: 900 },
    { quantity: 2, exclTax: 700, inclTax: 700 },
  ],
});
const twoCards = placed(
  aMixedOrder({
    payments: [
      { gateway: 'sandbox', token: 'a', amount: 5000 },
      { gateway: 'sandbox', token: 'b', amount: 3500 },
    ],
  }),
);
const status = ({ context }: OrderState) => paymentStatus(shop, context);

describe('taking payment', () => {
  it('takes all that is left where nothing is named, units and charges with it', () => {
    const state = play(mixed, take());
    expect(figuresOf(state)).toMatchObject({ authorised: 8500, captured: 8500 });
    expect(lineOf(state, 'B').passed).toEqual({ Settled: 2 });
    expect(state.context.settledCharges).toEqual(['shipping']);
    expect([state.value.status, status(state)]).toEqual(['Being processed', 'paid']);
  });

  it('walks the price breakdown, and never charges a unit twice', () => {
    const state = placed(anOrder({ lines: [stepped] }));
    const one = play(state, take({ lines: [{ id: 'A', quantity: 1 }] }));
    expect(figuresOf(one).captured).toBe(900);
    const two = play(one, take({ lines: [{ id: 'A', quantity: 1 }] }));
    expect(figuresOf(two).captured).toBe(1600);
    const all = play(two, take({ lines: [{ id: 'A' }] }));
    expect(figuresOf(all).captured).toBe(2300);
    expect(refusal(all, take({ lines: [{ id: 'A' }] })).detail).toContain('3 already are');
  });

  it('takes charges once, chosen like lines', () => {
    const state = play(mixed, take({ charges: ['shipping'], lines: [{ id: 'C' }] }));
    expect(figuresOf(state).captured).toBe(900);
    expect(refusal(state, take({ charges: ['shipping'] }))).toMatchObject({
      code: 'invalid-payment-event',
      errors: [{ pointer: '/charges/0' }],
    });
  });

  it('takes an amount for no unit in particular, and the rest for all that are left', () => {
    const part = play(mixed, take({ amount: 500 }));
    expect([lineOf(part).passed, status(part)]).toEqual([{}, 'partly paid']);
    const all = play(part, take({ amount: 8000 }));
    expect(lineOf(all).passed).toEqual({ Settled: 3 });
    expect(all.context.settledCharges).toEqual(['shipping']);
  });

  it('takes the oldest card first', () => {
    const state = play(twoCards, take({ amount: 6000 }));
    expect([figuresOf(state).captured, figuresOf(state, 'p2').captured]).toEqual([5000, 1000]);
    const named = play(twoCards, take({ amount: 600, payment: 'p2' }));
    expect([figuresOf(named).captured, figuresOf(named, 'p2').captured]).toEqual([0, 600]);
  });

  it('spreads discounts over lines by largest remainder, to the unit', () => {
    const cents = { exclTax: 100, inclTax: 100 };
    const lines = ['A', 'B', 'C'].map((id) => aLine({ id, quantity: 1, unitPrice: cents }));
    const discounts = [{ kind: 'basket' as const, name: 'Spring', exclTax: 50, inclTax: 50 }];
    let state = placed(anOrder({ lines, discounts }));
    const taken = lines.map(({ id }) => {
      const before = balanceOf(shop, state.context).captured;
      state = play(state, take({ lines: [{ id }] }));
      return balanceOf(shop, state.context).captured - before;
    });
    expect(taken).toEqual([83, 83, 84]);
  });

  it('takes of each card what it is asked to, where somebody chose', () => {
    const shares = [
      { payment: 'p2', amount: 3000 },
      { payment: 'p1', amount: 1000 },
    ];
    const state = play(twoCards, take({ shares }));
    expect([figuresOf(state).captured, figuresOf(state, 'p2').captured]).toEqual([1000, 3000]);
  });

  it.each<[string, object, string]>([
    [
      'do not add up to what is named',
      { lines: [{ id: 'C' }], shares: [{ payment: 'p1', amount: 400 }] },
      '/shares',
    ],
    [
      'name a payment twice',
      {
        shares: [
          { payment: 'p1', amount: 1 },
          { payment: 'p1', amount: 1 },
        ],
      },
      '/shares/1/payment',
    ],
    [
      'name a payment that is none',
      { shares: [{ payment: 'p9', amount: 1 }] },
      '/shares/0/payment',
    ],
    [
      'ask a card for more than it holds',
      { shares: [{ payment: 'p2', amount: 3501 }] },
      '/shares/0/amount',
    ],
    ['are none', { shares: [] }, '/shares'],
    [
      'stand beside a payment',
      { payment: 'p1', shares: [{ payment: 'p1', amount: 1 }] },
      '/shares',
    ],
  ])('is refused where shares %s', (_, asked, pointer) => {
    expect(refusal(twoCards, take(asked)).errors?.[0]).toMatchObject({ pointer });
  });

  it.each<[string, Told, string]>([
    ['nothing', take({ amount: 0 }), '/amount'],
    ['less than nothing', take({ amount: -1 }), '/amount'],
    ['half a penny', take({ amount: 0.5 }), '/amount'],
    ['too much', take({ amount: 8501 }), '/amount'],
    ['an amount for lines', take({ amount: 100, lines: [{ id: 'A' }] }), '/amount'],
    ['more units than there are', take({ lines: [{ id: 'A', quantity: 4 }] }), '/lines/0/quantity'],
    ['a line twice', take({ lines: [{ id: 'A' }, { id: 'A' }] }), '/lines/1/id'],
    ['no line', take({ lines: [] }), '/lines'],
    ['an unknown charge', take({ charges: ['gold'] }), '/charges/0'],
    ['a charge twice', take({ charges: ['shipping', 'shipping'] }), '/charges/1'],
    ['an unknown payment', take({ payment: 'p9' }), '/payment'],
    ['an unknown shipment', take({ shippingEvent: '9' }), '/shippingEvent'],
  ])('is refused for %s', (_, command, pointer) => {
    expect(refusal(mixed, command)).toMatchObject({
      code: 'invalid-payment-event',
      errors: [{ pointer }],
    });
  });

  it.each<[string, OrderState, Told, RegExp]>([
    ['all is paid', play(mixed, take()), take(), /all that the order owes is captured/],
    [
      'no card is there',
      placed(anOrder({ payments: [] })),
      take(),
      /36\.00 GBP is owed, but no authorisation.*Settled/,
    ],
    [
      'the order leaves less',
      play(mixed, take({ amount: 8000 })),
      take({ amount: 600 }),
      /the order leaves 5\.00 GBP/,
    ],
    [
      'the card leaves less',
      twoCards,
      take({ amount: 3501, payment: 'p2' }),
      /the payments leave 35\.00 GBP/,
    ],
    ['nothing is paid yet', mixed, refund(), /nothing is left to refund/],
    [
      'no card took it',
      paidByTransfer(),
      refund(),
      /36\.00 GBP may go back, but no card took it.*Refunded/,
    ],
  ])('says why when %s', (_, state, command, detail) => {
    expect(refusal(state, command).detail).toMatch(detail);
  });
});

function paidByTransfer(): OrderState {
  const settled = { type: 'record-payment-event', event: 'Settled', amount: 3600 } as const;
  return play(placed(anOrder({ payments: [] })), settled);
}

describe('refunding', () => {
  const paid = play(twoCards, take());

  it('gives back the newest card first', () => {
    const state = play(paid, refund({ amount: 4000 }));
    expect([figuresOf(state).refunded, figuresOf(state, 'p2').refunded]).toEqual([500, 3500]);
    expect(status(state)).toBe('partly refunded');
  });

  it('gives back to the cards that somebody chose', () => {
    const shares = [
      { payment: 'p1', amount: 4000 },
      { payment: 'p2', amount: 200 },
    ];
    const state = play(paid, refund({ shares }));
    expect([figuresOf(state).refunded, figuresOf(state, 'p2').refunded]).toEqual([4000, 200]);
  });

  it('has an outcome for each card: one that says no holds up no other', () => {
    const first = send(paid, refund({ amount: 4000, id: 'refunding' })).state;
    const second = send(first, declined(first, 'The card is closed.'));
    expect(second.effects).toMatchObject([{ kind: 'refund', payment: 'p1', amount: 500 }]);
    expect(factsOf(second, 'command')).toEqual([]);
    const over = send(second.state, moved(second.state));
    expect([figuresOf(over.state).refunded, figuresOf(over.state, 'p2').refunded]).toEqual([
      500, 0,
    ]);
    const [command] = factsOf(over, 'command');
    expect(command).toMatchObject({
      id: 'refunding',
      outcome: 'refused',
      refusal: {
        code: 'payment-declined',
        detail:
          'Order 100001: refund in parts: 35.00 GBP on p2 did not: The card is closed.; 5.00 GBP on p1 went through.',
        figures: {
          moved: 500,
          parts: [
            { payment: 'p2', amount: 3500, outcome: 'failed', why: 'The card is closed.' },
            { payment: 'p1', amount: 500, outcome: 'moved' },
          ],
        },
      },
    });
    expect(over.state.context.movements).toEqual([]);
  });

  it('counts no unit of a refund of which a part did not go back', () => {
    const first = send(paid, refund()).state;
    const second = send(first, declined(first)).state;
    const over = send(second, moved(second)).state;
    expect(lineOf(over).passed).toEqual({ Settled: 3 });
    expect(over.context.refundedCharges).toEqual([]);
  });

  it('gives back units at their price, and charges, once', () => {
    const state = play(paid, refund({ lines: [{ id: 'A', quantity: 2 }], charges: ['shipping'] }));
    // What was given back of what the order owes is not to be paid again.
    expect(balanceOf(shop, state.context)).toMatchObject({ refunded: 2800, balance: 0 });
    expect(refusal(state, refund({ lines: [{ id: 'A', quantity: 2 }] })).errors).toMatchObject([
      { pointer: '/lines/0/quantity' },
    ]);
    expect(refusal(state, refund({ charges: ['shipping'] })).errors).toMatchObject([
      { pointer: '/charges/0' },
    ]);
  });

  it('gives back all where nothing is named, and nothing more', () => {
    const state = play(paid, refund());
    expect([balanceOf(shop, state.context).refunded, status(state)]).toEqual([8500, 'refunded']);
    expect(refusal(state, refund({ amount: 1 })).code).toBe('invalid-payment-event');
  });
});

describe('voiding', () => {
  it('gives up what was not captured, of one card or of all', () => {
    const state = play(twoCards, take({ amount: 1000 }), { type: 'void' });
    expect([figuresOf(state).voided, figuresOf(state, 'p2').voided]).toEqual([4000, 3500]);
    const one = play(twoCards, { type: 'void', payment: 'p2' });
    expect([figuresOf(one).voided, figuresOf(one, 'p2').voided]).toEqual([0, 3500]);
  });

  it('of one card goes on where another card says no, and says which', () => {
    const first = send(twoCards, { type: 'void', id: 'voiding' }).state;
    const second = send(first, declined(first, 'Too late.'));
    expect(second.effects).toMatchObject([{ kind: 'void', payment: 'p2', amount: 3500 }]);
    const over = send(second.state, moved(second.state));
    expect(figuresOf(over.state, 'p2').voided).toBe(3500);
    expect(factsOf(over, 'command')).toMatchObject([
      { id: 'voiding', outcome: 'refused', refusal: { figures: { moved: 3500 } } },
    ]);
  });

  it('is refused where nothing is left, or the payment is unknown', () => {
    expect(refusal(play(mixed, take()), { type: 'void' }).code).toBe('invalid-payment-event');
    expect(refusal(mixed, { type: 'void', payment: 'p9' }).errors).toMatchObject([
      { pointer: '/payment' },
    ]);
  });
});

describe('a gateway that says no', () => {
  it('leaves the money where it was and tells the command', () => {
    const asked = send(mixed, take()).state;
    const over = send(asked, declined(asked));
    expect(figuresOf(over.state).captured).toBe(0);
    expect(over.state.value).toMatchObject({ status: 'Pending', payment: 'idle' });
    expect(factsOf(over, 'command')).toMatchObject([
      {
        outcome: 'refused',
        refusal: {
          code: 'payment-declined',
          guard: 'gateway',
          figures: { amount: 8500, declineCode: 'card_declined', moved: 0 },
        },
      },
    ]);
    expect(factsOf(over, 'payment-failed')).toMatchObject([{ kind: 'capture', amount: 8500 }]);
    expect(over.state.context.attention).toEqual([]);
  });

  it('to the second part, leaves the first, says so, and counts no unit', () => {
    const first = send(twoCards, take()).state;
    const second = send(first, moved(first)).state;
    const over = send(second, declined(second));
    expect(balanceOf(shop, over.state.context)).toMatchObject({ captured: 5000, pending: 0 });
    expect(lineOf(over.state).passed).toEqual({});
    const [command] = factsOf(over, 'command');
    expect(command?.refusal).toMatchObject({ figures: { moved: 5000, amount: 3500 } });
    expect(command?.refusal?.detail).toContain('50.00 GBP of it went through');
  });

  it('does not try the second part after the first was declined', () => {
    const first = send(twoCards, take()).state;
    const over = send(first, declined(first));
    expect([over.effects, over.state.context.movements]).toEqual([[], []]);
  });

  it('that cannot be reached moved nothing', () => {
    const asked = send(mixed, take()).state;
    const over = send(asked, unreachable(asked));
    expect(over.state.value.payment).toBe('idle');
    const [command] = factsOf(over, 'command');
    expect(command).toMatchObject({ outcome: 'refused', refusal: { code: 'gateway-unavailable' } });
    expect(command?.refusal?.detail).toMatch(
      /the gateway of p1 cannot be reached to capture .* Nothing was sent for it/,
    );
  });
});

describe('an outcome that nobody knows', () => {
  const asked = send(mixed, take()).state;
  const lost = send(asked, unknown(asked));
  const ask = { type: 'deadline', name: 'ask', at: '2026-03-02T12:00:02.000Z' } as const;

  it('is a state of its own; the command is pending', () => {
    expect(lost.state.value.payment).toBe('outcome unknown');
    expect(status(lost.state)).toBe('outcome unknown');
    expect(factsOf(lost, 'command')).toMatchObject([{ outcome: 'pending' }]);
    expect(balanceOf(shop, lost.state.context)).toMatchObject({ captured: 0, pending: 8500 });
  });

  it('sends nothing else until it is known', () => {
    for (const command of [take({ amount: 1 }), { type: 'void' } as const]) {
      const refused = refusal(lost.state, command);
      expect(refused.code).toBe('payment-outcome-unknown');
      expect(refused.detail).toContain('85.00 GBP');
      expect(refused.detail).not.toContain('undefined');
    }
    expect(refusal(asked, take()).detail).toContain('is being asked');
  });

  it('is asked about under the same key, later and later', () => {
    expect(refusal(lost.state, { ...ask, at: '2026-03-02T12:00:01.000Z' }).code).toBe('not-found');
    const asking = send(lost.state, ask);
    expect(asking.effects).toMatchObject([
      { type: 'settle-money', key: inFlight(asked).key, amount: 8500 },
    ]);
    const still = send(asking.state, { ...unknown(asking.state), at: ask.at });
    expect(still.state.context.movements[0]?.askAt).toBe('2026-03-02T12:00:06.000Z');
    expect(still.facts).toEqual([]);
  });

  it.each([
    ['went through', moved(lost.state), 8500, 'done'],
    ['did not', declined(lost.state), 0, 'refused'],
  ])('settles when it turns out that it %s', (_, answer, captured, outcome) => {
    const over = send(lost.state, answer);
    expect(figuresOf(over.state).captured).toBe(captured);
    expect(factsOf(over, 'command')).toMatchObject([{ outcome }]);
  });

  it('takes no answer but its own', () => {
    const { key } = inFlight(lost.state);
    const other = { type: 'payment.voided', key, reference: 'r', amount: 1 } as const;
    expect(refusal(lost.state, other).detail).toBe(`${key} is a capture, not a void.`);
    const strange = { ...other, key: 'strange' };
    expect(refusal(lost.state, strange).code).toBe('not-found');
    const over = play(lost.state, moved(lost.state));
    expect(refusal(over, moved(lost.state)).code).toBe('not-found');
  });

  it('asks for people after two minutes, once, and no more when it is known', () => {
    let state = lost.state;
    let alerts = 0;
    for (let asks = 0; asks < 120; asks++) {
      const at = state.context.movements[0]?.askAt ?? '';
      const asking = send(state, { ...ask, at }).state;
      const still = send(asking, { ...unknown(asking), at });
      alerts += factsOf(still, 'attention').length;
      state = still.state;
    }
    expect(alerts).toBe(1);
    const [told] = state.context.attention;
    expect(told).toMatchObject({ reason: 'outcome-unknown' });
    expect((Date.parse(told?.since ?? '') - Date.parse(noon)) / 60_000).toBeCloseTo(2, 0);
    expect(play(state, moved(state)).context.attention).toEqual([]);
  });

  it('that is another amount than was asked for is recorded as it is, and people look', () => {
    const over = send(asked, moved(asked, 8000));
    expect(figuresOf(over.state).captured).toBe(8000);
    expect(factsOf(over, 'attention')).toMatchObject([{ reason: 'amount-differs' }]);
  });
});
