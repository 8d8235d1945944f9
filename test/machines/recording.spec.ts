import { describe, expect, it } from '@jest/globals';
import { balanceOf, paymentStatus } from '../../machines/payment/balance';
import shop from '../../machines/shop';
import {
  aMixedOrder,
  anOrder,
  factsOf,
  figuresOf,
  lineOf,
  placed,
  play,
  refusal,
  send,
  type Told,
} from './support';

const record = (event: string, amount: number, more: object = {}) =>
  ({ type: 'record-payment-event', event, amount, ...more }) as Told;
const unpaid = placed(anOrder({ payments: [] }));

describe('money given back by hand', () => {
  it('for other units leaves what is promised for a return', () => {
    const promised = play(
      unpaid,
      record('Settled', 3600),
      { type: 'record-shipping-event', event: 'Shipped' },
      { type: 'request-return', lines: [{ id: 'A', quantity: 2 }], reason: 'Too small.' },
      { type: 'authorise-return', return: 'r1' },
      { type: 'receive-return', return: 'r1' },
      { type: 'refund', return: 'r1', reason: 'By transfer.' },
    );
    const lines = [{ id: 'A', quantity: 1 }];
    expect(refusal(promised, record('Refunded', 3600, { lines }))).toMatchObject({
      figures: { asked: 3600, room: 1200 },
    });
    const over = play(promised, record('Refunded', 1200, { lines }), record('Refunded', 2400));
    expect(over.context.returns[0]?.status).toBe('refunded');
  });
});

describe('money that moved outside', () => {
  it('settles the order to the unit', () => {
    const part = play(unpaid, record('Settled', 1500, { reference: 'bank-1' }));
    expect(paymentStatus(shop, part.context)).toBe('partly paid');
    const all = play(part, record('Settled', 2100));
    expect([all.value.status, balanceOf(shop, all.context).captured]).toEqual([
      'Being processed',
      3600,
    ]);
    expect(lineOf(all).passed).toEqual({ Settled: 3 });
  });

  it('goes to the payment that waits for it', () => {
    const transfer = placed(anOrder({ payments: [{ gateway: 'offline', method: 'transfer' }] }));
    const state = play(transfer, record('Settled', 3600));
    expect(state.context.payments).toMatchObject([{ id: 'p1', authorised: 3600, captured: 3600 }]);
  });

  it('goes to the payment of its reference', () => {
    const state = play(unpaid, record('Authorised', 3600, { reference: 'cod-7' }));
    expect(figuresOf(state)).toMatchObject({ authorised: 3600, captured: 0 });
    const settled = play(state, record('Settled', 3600, { reference: 'cod-7' }));
    expect(settled.context.payments).toMatchObject([{ authorised: 3600, captured: 3600 }]);
  });

  it('counts the units and charges it is for', () => {
    const state = play(
      placed(aMixedOrder()),
      record('Settled', 2400, { lines: [{ id: 'A', quantity: 2 }] }),
    );
    expect(lineOf(state).passed).toEqual({ Settled: 2 });
    const rest = play(state, record('Settled', 6100));
    expect([lineOf(rest).passed, rest.context.settledCharges]).toEqual([
      { Settled: 3 },
      ['shipping'],
    ]);
  });

  it('goes back the way it came, a record for each payment it went to', () => {
    const paid = play(
      unpaid,
      record('Settled', 1500, { reference: 'a' }),
      record('Authorised', 100, { reference: 'b' }),
      record('Settled', 2100, { reference: 'b' }),
    );
    const back = send(paid, record('Refunded', 3600));
    expect(factsOf(back, 'payment-event').map(({ payment, amount }) => [payment, amount])).toEqual([
      ['p2', 2100],
      ['p1', 1500],
    ]);
    expect(paymentStatus(shop, back.state.context)).toBe('refunded');
    expect(lineOf(back.state).passed).toEqual({ Settled: 3, Refunded: 3 });
  });

  it.each<[string, Told, string]>([
    ['more than is owed', record('Settled', 3601), '/amount'],
    ['nothing', record('Settled', 0), '/amount'],
    ['less than nothing', record('Settled', -5), '/amount'],
    ['half a penny', record('Settled', 0.5), '/amount'],
    ['a refund of nothing paid', record('Refunded', 1), '/amount'],
    ['a void of nothing authorised', record('Voided', 1), '/amount'],
    ['an event of no shop', record('Begged', 1), '/event'],
    [
      'units there are not',
      record('Settled', 1, { lines: [{ id: 'A', quantity: 4 }] }),
      '/lines/0/quantity',
    ],
    ['an unknown shipment', record('Settled', 1, { shippingEvent: '4' }), '/shippingEvent'],
  ])('is refused for %s', (_, command, pointer) => {
    expect(refusal(unpaid, command)).toMatchObject({
      code: 'invalid-payment-event',
      errors: [{ pointer }],
    });
  });

  it('is not recorded twice', () => {
    const paid = play(unpaid, record('Settled', 3600));
    expect(refusal(paid, record('Settled', 3600)).detail).toContain('nothing is left');
  });
});
