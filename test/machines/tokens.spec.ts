import { describe, expect, it } from '@jest/globals';
import type { OrderState } from '../../machines/state';
import {
  anOrder,
  declined,
  later,
  moved,
  nothing,
  send,
  tell,
  unknown,
  unreachable,
} from './support';

const card = (token: string, amount: number) => ({ gateway: 'sandbox', token, amount });
const placement = anOrder({ payments: [card('tok_one', 2000), card('tok_two', 1600)] });
const place = { type: 'place', placement } as const;
const tokens = (state: OrderState) => JSON.stringify(state).match(/tok_\w+/g) ?? [];

describe('a card’s token', () => {
  const first = send(nothing, place).state;
  const second = send(first, moved(first)).state;

  it('is kept once, until its card has answered', () => {
    expect(tokens(first)).toEqual(['tok_one', 'tok_two']);
    expect(tokens(second)).toEqual(['tok_two']);
    expect(tokens(send(second, moved(second)).state)).toEqual([]);
  });

  it('is kept while nobody knows, to be sent again', () => {
    const waiting = send(second, unknown(second)).state;
    expect(tokens(waiting)).toEqual(['tok_two']);
    const asking = send(waiting, { type: 'deadline', name: 'ask', at: later(1) });
    expect(asking.effects).toMatchObject([{ type: 'settle-money', token: 'tok_two' }]);
    expect(tokens(send(asking.state, declined(asking.state)).state)).toEqual([]);
  });

  it('is dropped with the placing, that of a card never asked as well', () => {
    for (const no of [declined, unreachable])
      expect(tokens(send(first, no(first)).state)).toEqual([]);
  });

  it('is not kept where no card is asked', () => {
    const offline = { gateway: 'offline', token: 'tok_odd' };
    const { state } = send(nothing, { type: 'place', placement: anOrder({ payments: [offline] }) });
    expect(tokens(state)).toEqual([]);
  });

  it('does not tell the same request from another', () => {
    const placed = send(second, moved(second)).state;
    expect(tell(placed, place).outcome).toBe('unchanged');
    const other = { ...placement, customer: {} };
    expect(tell(placed, { ...place, placement: other }).outcome).toBe('refused');
  });
});
