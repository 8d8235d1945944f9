import { describe, expect, it } from '@jest/globals';
import { shippingSummary } from '../../machines/history';
import shop from '../../machines/shop';
import { passed, type OrderState } from '../../machines/state';
import { viewOrder } from '../../machines/views/order';
import { aLine, aMixedOrder, anOrder, lineOf, placed, play, type Told } from './support';

const pay: Told = { type: 'take-payment' };
const ship = (...lines: { id: string; quantity?: number }[]): Told => ({
  ...{ type: 'record-shipping-event', event: 'Shipped' },
  ...(lines.length > 0 && { lines }),
});
const summary = (state: OrderState) => shippingSummary(shop, state);
const linesOf = (state: OrderState) =>
  viewOrder(shop, { number: '100001', version: 1, seq: 1, state }).lines.map(
    ({ shipping }) => shipping.summary,
  );

describe('a shipping summary', () => {
  it('goes from none by counts to the last complete type, for the order and for each line', () => {
    const lines = [aLine({ id: 'A', quantity: 3 }), aLine({ id: 'B', quantity: 1 })];
    const paid = play(placed(anOrder({ lines })), pay);
    expect([summary(paid), ...linesOf(paid)]).toEqual(['none', 'none', 'none']);
    const part = play(paid, ship({ id: 'A', quantity: 2 }, { id: 'B' }));
    expect([summary(part), ...linesOf(part)]).toEqual([
      ...['3 of 4 Shipped', '2 of 3 Shipped', 'Shipped'],
    ]);
    const all = play(part, ship());
    expect([summary(all), ...linesOf(all)]).toEqual(['Shipped', 'Shipped', 'Shipped']);
    const back = play(all, { type: 'record-shipping-event', event: 'Returned' });
    expect(summary(back)).toBe('Returned');
  });

  it('is in progress while the digital provider has the only units that move', () => {
    const state = play(placed(aMixedOrder()), pay);
    expect([summary(state), ...linesOf(state)]).toEqual([
      ...['in progress', 'none', 'none', 'in progress'],
    ]);
  });

  it('speaks of what is kept where units are cancelled', () => {
    const paid = play(placed(), pay);
    const less = play(paid, { type: 'cancel', lines: [{ id: 'A', quantity: 1 }], reason: 'x' });
    expect(summary(play(less, ship({ id: 'A', quantity: 1 })))).toBe('1 of 2 Shipped');
    expect(summary(play(less, ship()))).toBe('Shipped');
  });

  it('adds up 42 lines in as many parcels as there are', () => {
    const lines = Array.from({ length: 42 }, (_, n) => aLine({ id: `L${n}`, quantity: 2 }));
    let state = play(placed(anOrder({ lines })), pay);
    lines.forEach(({ id }, n) => {
      state = play(state, ship({ id, quantity: 1 }));
      expect(summary(state)).toBe(`${n + 1} of 84 Shipped`);
    });
    state = play(state, ship());
    expect([summary(state), state.value.status]).toEqual(['Shipped', 'Complete']);
    expect(state.context.shipments).toHaveLength(43);
  });
});

describe('having passed an event for n', () => {
  it('means at least n', () => {
    const state = play(placed(), pay, ship({ id: 'A', quantity: 2 }));
    const has = (units: number) => passed(lineOf(state), 'Shipped') >= units;
    expect([1, 2, 3].map(has)).toEqual([true, true, false]);
    const returned = (quantity: number): Told => ({
      ...{ type: 'record-shipping-event', event: 'Returned', lines: [{ id: 'A', quantity }] },
    });
    expect(passed(lineOf(play(state, returned(1))), 'Returned')).toBe(1);
    expect(() => play(state, returned(3))).toThrow('at most 2 possible');
  });
});
