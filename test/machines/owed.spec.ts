import { describe, expect, it } from '@jest/globals';
import { balanceOf } from '../../machines/payment/balance';
import { bakery } from './shops';
import {
  aLine,
  anOrder,
  declined,
  desk,
  factsOf,
  figuresOf,
  lineOf,
  moved,
  type Told,
  unknown,
} from './support';

const { placed, play, send, refusal } = desk(bakery);
const loaf = (id: string, price: number) => {
  const unitPrice = { exclTax: price, inclTax: price };
  return aLine({ id, quantity: 2, unitPrice });
};
const order = (changes: object = {}) =>
  play(
    placed(
      anOrder({
        status: 'Wished',
        lines: [loaf('A', 300), loaf('B', 500)],
        shipping: { code: 'bike', name: 'Bike', exclTax: 100, inclTax: 100 },
        ...changes,
      }),
    ),
    { type: 'set-status', status: 'Baking' },
  );
const leave = (...lines: { id: string; quantity?: number }[]): Told => ({
  type: 'record-shipping-event',
  event: 'Left',
  ...(lines.length > 0 && { lines }),
});
const take = (asked: object = {}) => ({ type: 'take-payment', ...asked }) as Told;

describe('a shop that captures on dispatch', () => {
  it('captures exactly the units of the parcel, the charges with the first', () => {
    const first = play(order(), leave({ id: 'A', quantity: 1 }));
    expect(figuresOf(first).captured).toBe(400);
    const second = play(first, leave({ id: 'A' }, { id: 'B', quantity: 1 }));
    expect(figuresOf(second).captured).toBe(1200);
    const last = play(second, leave());
    expect([last.value.status, figuresOf(last).captured]).toEqual(['Eaten', 1700]);
    expect(lineOf(last).passed).toEqual({ Left: 2, Charged: 2 });
  });

  it('does not charge again what was charged before', () => {
    const state = play(order(), take({ lines: [{ id: 'A' }] }), leave({ id: 'A' }));
    expect(figuresOf(state).captured).toBe(700);
    const paid = play(order(), take());
    expect(send(paid, leave({ id: 'B' })).effects).toEqual([]);
  });

  it('captures what is left where an amount was taken before', () => {
    const state = play(order(), take({ amount: 1500 }), leave());
    expect([state.value.status, figuresOf(state).captured]).toEqual(['Eaten', 1700]);
  });

  it('tells people where no card has enough', () => {
    const card = { gateway: 'sandbox', token: 'tok_ok', amount: 500 };
    const step = send(order({ payments: [card] }), leave({ id: 'A' }));
    expect(step.effects).toMatchObject([{ kind: 'capture', amount: 500 }]);
    expect(factsOf(step, 'attention')).toMatchObject([
      { reason: 'capture-short', text: expect.stringContaining('2.00 GBP') },
    ]);
    const over = play(step.state, moved(step.state));
    expect(lineOf(over).passed).toEqual({ Left: 2 });
  });

  it('does not bother people about cash on delivery', () => {
    const step = send(order({ payments: [{ gateway: 'offline', method: 'cash' }] }), leave());
    expect([step.effects, factsOf(step, 'attention')]).toEqual([[], []]);
  });

  it('ships although the card says no, and tells people', () => {
    const step = send(order(), leave({ id: 'A' })).state;
    const over = send(step, declined(step));
    expect(factsOf(over, 'attention')).toMatchObject([{ reason: 'capture-failed' }]);
    expect(lineOf(over.state).passed).toEqual({ Left: 2 });
    expect(play(over.state, leave()).value.status).toBe('Eaten');
  });

  it('counts no units where the first of two cards says no', () => {
    const cards = [
      { gateway: 'sandbox', token: 'a', amount: 600 },
      { gateway: 'sandbox', token: 'b', amount: 1100 },
    ];
    const step = send(order({ payments: cards }), leave({ id: 'A' })).state;
    const second = send(step, declined(step)).state;
    const over = send(second, moved(second)).state;
    expect(balanceOf(bakery, over.context).captured).toBe(100);
    expect(lineOf(over).passed).toEqual({ Left: 2 });
  });

  it('never captures again what an unknown capture may have taken', () => {
    const step = send(order(), leave()).state;
    expect(step.value.status).toBe('Eaten');
    const lost = send(step, unknown(step)).state;
    expect(refusal(lost, take()).code).toBe('payment-outcome-unknown');
    const over = play(lost, moved(lost));
    expect(balanceOf(bakery, over.context)).toMatchObject({ captured: 1700, pending: 0 });
  });

  it('gives up what no card needs any more once all has left', () => {
    const state = play(
      order(),
      { type: 'cancel', lines: [{ id: 'B', quantity: 1 }], reason: 'burnt' },
      leave(),
    );
    expect(figuresOf(state)).toEqual({
      authorised: 1700,
      captured: 1200,
      refunded: 0,
      voided: 500,
    });
  });
});
