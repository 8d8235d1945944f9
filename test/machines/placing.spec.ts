import { describe, expect, it } from '@jest/globals';
import type { PlacedPayment, Placement } from '../../machines/events';
import { breachesOf } from './invariants';
import shop from '../../machines/shop';
import {
  aLine,
  aMixedOrder,
  anOrder,
  declined,
  factsOf,
  figuresOf,
  inFlight,
  later,
  moved,
  nothing,
  placed,
  play,
  refusal,
  send,
  tell,
  unknown,
  unreachable,
} from './support';

const place = (placement: Placement) => ({ type: 'place', placement, id: 'placing' }) as const;
const off = (kind: 'basket' | 'shipping' | 'deferred', inclTax: number) => {
  return { kind, name: 'Spring', exclTax: inclTax, inclTax };
};
const card = (amount?: number): PlacedPayment => ({ gateway: 'sandbox', token: 'tok_ok', amount });

describe('placing', () => {
  it('takes lines, stock and card in, and the order is Pending', () => {
    const asked = send(nothing, place(aMixedOrder()));
    expect(asked.state.value).toMatchObject({ status: '(placing)', payment: 'authorising' });
    expect(asked.effects).toMatchObject([
      { type: 'move-money', kind: 'authorise', amount: 8500, token: 'tok_ok', order: '100001' },
    ]);
    expect(factsOf(asked, 'stock')).toMatchObject([
      {
        move: 'allocate',
        lines: [
          { id: 'A', quantity: 3 },
          { id: 'B', quantity: 2 },
        ],
      },
    ]);
    const answered = send(asked.state, moved(asked.state));
    expect(answered.state.value).toMatchObject({ status: 'Pending', payment: 'idle' });
    expect(answered.facts.map(({ type }) => type)).toEqual([
      'payment-event',
      'command',
      'order-placed',
      'order-status',
      'message',
    ]);
  });

  it('needs no card where nothing is asked of one', () => {
    const { state, effects } = send(nothing, place(anOrder({ payments: [] })));
    expect([state.value.status, effects]).toEqual(['Pending', []]);
  });

  it('is paid at once when nothing is owed', () => {
    const free = aLine({ unitPrice: { exclTax: 0, inclTax: 0 } });
    expect(placed(anOrder({ lines: [free] })).value.status).toBe('Being processed');
  });

  it('takes an authorisation made elsewhere as it is', () => {
    const elsewhere = { gateway: 'sandbox', reference: 'auth-1', authorised: 3600 };
    const state = placed(anOrder({ payments: [elsewhere] }));
    expect(figuresOf(state)).toMatchObject({ authorised: 3600, captured: 0 });
    expect(state.context.movementCount).toBe(0);
  });

  it('answers the same request as before, and refuses another order of the same number', () => {
    const state = placed();
    expect(tell(state, place(anOrder())).outcome).toBe('unchanged');
    const other = anOrder({ lines: [aLine({ quantity: 1 })] });
    expect(refusal(state, place(other))).toMatchObject({
      code: 'number-taken',
      guard: 'numberIsFree',
      errors: [{ pointer: '/number' }],
    });
  });

  it('tells requests apart by their fingerprint where both have one', () => {
    const state = placed(anOrder({ fingerprint: 'x' }));
    const again = anOrder({ fingerprint: 'x', placedAt: later(1) });
    expect(tell(state, place(again)).outcome).toBe('unchanged');
    expect(refusal(state, place(anOrder({ fingerprint: 'y' }))).code).toBe('number-taken');
  });

  it('keeps the date given and says who cannot be told', () => {
    const old = anOrder({ placedAt: '2019-01-01T00:00:00.000Z', customer: {} });
    const asked = send(nothing, place({ ...old, payments: [] }));
    expect(asked.state.context.placement?.placedAt).toBe('2019-01-01T00:00:00.000Z');
    expect(factsOf(asked, 'message-withheld')).toMatchObject([{ kind: 'order-placed' }]);
  });

  describe('is refused, with every fault at its place, for', () => {
    const line = (changes: object) => anOrder({ lines: [aLine(changes)] });
    const paid = (...payments: PlacedPayment[]) => anOrder({ payments });
    const price = { exclTax: 1000, inclTax: 1200 };
    const wrapping = { code: 'wrapping', name: 'Wrapping', exclTax: 100, inclTax: 100 };
    const standard = { code: 'standard', name: 'Standard', exclTax: 400, inclTax: 400 };
    it.each<[string, Placement, string[]]>([
      ['no lines', anOrder({ lines: [] }), ['/lines']],
      ['a line twice', anOrder({ lines: [aLine(), aLine()] }), ['/lines/1/id']],
      ['no units', line({ quantity: 0 }), ['/lines/0/quantity', '/lines/0/priceBreakdown/0']],
      ['half a unit', line({ quantity: 1.5 }), ['/lines/0/quantity', '/lines/0/priceBreakdown/0']],
      [
        'units without a price',
        line({ priceBreakdown: [{ quantity: 2, ...price }] }),
        ['/lines/0/priceBreakdown'],
      ],
      [
        'a breakdown that takes units back',
        line({
          priceBreakdown: [
            { quantity: 5, ...price },
            { quantity: -2, ...price },
          ],
        }),
        ['/lines/0/priceBreakdown/1'],
      ],
      [
        'a negative price',
        line({ unitPrice: { exclTax: -1, inclTax: -1 } }),
        ['/lines/0/unitPrice', '/total'],
      ],
      [
        'half a penny',
        line({ unitPrice: { exclTax: 1, inclTax: 0.5 } }),
        ['/lines/0/unitPrice', '/total'],
      ],
      [
        'a total that is off',
        anOrder({ total: { exclTax: 3000, inclTax: 3599 } }),
        ['/total/inclTax'],
      ],
      ['an unknown currency', anOrder({ currency: 'XXX' }), ['/currency']],
      ['an unknown status', anOrder({ status: 'Lost' }), ['/status']],
      ['a date that is none', anOrder({ placedAt: 'yesterday' }), ['/placedAt']],
      ['a date without a zone', anOrder({ placedAt: '2026-03-02T12:00:00' }), ['/placedAt']],
      ['a charge twice', anOrder({ surcharges: [wrapping, wrapping] }), ['/surcharges']],
      [
        'a negative surcharge',
        anOrder({ surcharges: [{ ...wrapping, inclTax: -1 }] }),
        ['/surcharges/0'],
      ],
      [
        'shipping below nothing',
        anOrder({ shipping: standard, discounts: [off('shipping', 500)] }),
        ['/discounts'],
      ],
      ['a discount on no shipping', anOrder({ discounts: [off('shipping', 1)] }), ['/discounts']],
      [
        'lines below nothing',
        anOrder({ shipping: standard, discounts: [{ ...off('basket', 3601), exclTax: 3000 }] }),
        ['/discounts'],
      ],
      ['an unknown gateway', paid({ gateway: 'acme', token: 't' }), ['/payments/0/gateway']],
      ['a card without token', paid({ gateway: 'sandbox' }), ['/payments/0']],
      ['a payment of nothing', paid(card(0)), ['/payments/0/amount']],
      [
        'a reference without amount',
        paid({ gateway: 'sandbox', reference: 'auth-1' }),
        ['/payments/0/authorised'],
      ],
      [
        'an authorised card without reference',
        paid({ gateway: 'sandbox', token: 't', authorised: 3600 }),
        ['/payments/0/reference'],
      ],
      [
        'an end of time that is none',
        paid({ gateway: 'sandbox', reference: 'a', authorised: 1, expiresAt: 'soon' }),
        ['/payments/0/expiresAt'],
      ],
      [
        'what may be done with a card that its gateway has yet to say',
        paid({ gateway: 'sandbox', token: 't', can: { captures: 'many', renewable: true } }),
        ['/payments/0/can'],
      ],
      ['payments beyond the total', paid(card(3000), card(601)), ['/payments']],
    ])('%s', (_, placement, pointers) => {
      const refused = refusal(nothing, place(placement));
      expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
      expect(refused.code).toBe(
        pointers[0] === '/status' ? 'invalid-order-status' : 'invalid-order',
      );
      expect(refused.detail).toMatch(/^Order 100001: /);
    });

    it('several at once', () => {
      const errors = refusal(
        nothing,
        place(anOrder({ lines: [], currency: 'XXX', status: '?' })),
      ).errors;
      expect(errors?.map(({ pointer }) => pointer)).toEqual(['/currency', '/status', '/lines']);
    });
  });
});

describe('placing on cards that say no', () => {
  const two = anOrder({ payments: [card(2000), card(1600)] });

  it('is withdrawn: the stock is given back, the answer refused', () => {
    const asked = send(nothing, place(anOrder())).state;
    const over = send(asked, declined(asked));
    expect(over.state.value).toMatchObject({ status: '(withdrawn)', payment: 'idle' });
    expect(factsOf(over, 'stock')).toMatchObject([{ move: 'release', lines: [{ quantity: 3 }] }]);
    expect(factsOf(over, 'command')).toMatchObject([
      { id: 'placing', outcome: 'refused', refusal: { code: 'payment-declined' } },
    ]);
    expect(refusal(over.state, { type: 'add-note', text: 'Hm.' }).code).toBe('not-found');
  });

  it('is withdrawn as well when the gateway cannot be reached', () => {
    const asked = send(nothing, place(anOrder())).state;
    const over = send(asked, unreachable(asked));
    expect(over.state.value.status).toBe('(withdrawn)');
    expect(factsOf(over, 'command')).toMatchObject([
      { outcome: 'refused', refusal: { code: 'gateway-unavailable' } },
    ]);
  });

  it('gives the first card back when the second declines', () => {
    const first = send(nothing, place(two)).state;
    const second = send(first, moved(first)).state;
    expect(second.value.status).toBe('(placing)');
    const giving = send(second, declined(second));
    expect(giving.effects).toMatchObject([{ kind: 'void', payment: 'p1', amount: 2000 }]);
    const over = send(giving.state, moved(giving.state));
    expect(over.state.value.status).toBe('(withdrawn)');
    expect(figuresOf(over.state)).toMatchObject({ authorised: 2000, voided: 2000 });
  });

  it('does not call the same request placed while that may still come to nothing', () => {
    const first = send(nothing, place(two)).state;
    const second = send(first, moved(first)).state;
    const giving = send(second, declined(second)).state;
    const lost = send(giving, unknown(giving)).state;
    expect(refusal(lost, place(two))).toMatchObject({
      code: 'payment-outcome-unknown',
      guard: 'placingHasEnded',
      figures: { order: '100001', present: '(placing)' },
    });
    const over = send(lost, moved(lost)).state;
    expect(over.value.status).toBe('(withdrawn)');
  });

  it('ends even when the first card cannot be given back', () => {
    const first = send(nothing, place(two)).state;
    const second = send(first, moved(first)).state;
    const giving = send(second, declined(second)).state;
    expect(send(giving, declined(giving)).state.value.status).toBe('(withdrawn)');
  });

  it('leaves alone what was authorised before the order came', () => {
    const elsewhere = { gateway: 'sandbox', reference: 'auth-1', authorised: 2000 };
    const asked = send(nothing, place(anOrder({ payments: [elsewhere, card(1600)] }))).state;
    const over = send(asked, declined(asked));
    expect([over.state.value.status, over.effects]).toEqual(['(withdrawn)', []]);
  });

  it('is another movement when it is tried again', () => {
    const keys = ['one', 'two'].map((id) => {
      const first = send(nothing, { ...place(two), id }).state;
      const second = send(first, moved(first)).state;
      const giving = send(second, declined(second)).state;
      return [first, second, giving].map((state) => inFlight(state).key);
    });
    expect(new Set(keys.flat()).size).toBe(6);
  });
});

describe('placing on a card of which nobody knows', () => {
  it('goes through as pending, and is settled when the gateway says', () => {
    const asked = send(nothing, place(anOrder())).state;
    const waiting = send(asked, unknown(asked));
    expect(waiting.state.value).toMatchObject({ status: 'Pending', payment: 'outcome unknown' });
    expect(factsOf(waiting, 'command')).toMatchObject([{ id: 'placing', outcome: 'pending' }]);
    expect(figuresOf(play(waiting.state, moved(waiting.state)))).toMatchObject({
      authorised: 3600,
    });
  });

  it('asks for people when the gateway says no after all', () => {
    const asked = send(nothing, place(anOrder())).state;
    const waiting = send(asked, unknown(asked)).state;
    const over = send(waiting, declined(waiting));
    expect(over.state.value.status).toBe('Pending');
    expect(factsOf(over, 'attention')).toMatchObject([{ reason: 'authorise-failed' }]);
  });

  it('asks again while a second card waits its turn', () => {
    const asked = send(nothing, place(anOrder({ payments: [card(2000), card(1600)] }))).state;
    const waiting = send(asked, unknown(asked)).state;
    expect(waiting.value.status).toBe('(placing)');
    const asking = send(waiting, { type: 'deadline', name: 'ask', at: later(1) });
    expect(asking.effects).toMatchObject([
      { type: 'settle-money', kind: 'authorise', payment: 'p1' },
    ]);
    const done = play(asking.state, moved(asking.state));
    expect(done.value.status).toBe('Pending');
    expect(breachesOf(shop, done)).toEqual([]);
  });
});

describe('currencies', () => {
  it.each([
    ['JPY', '3600 JPY'],
    ['GBP', '36.00 GBP'],
    ['KWD', '3.600 KWD'],
  ])('%s is written with the digits it has', (currency, amount) => {
    const state = play(placed(anOrder({ currency })), { type: 'take-payment' });
    expect(refusal(state, { type: 'refund', amount: 3601, reason: 'asked' }).detail).toContain(
      amount,
    );
  });
});
