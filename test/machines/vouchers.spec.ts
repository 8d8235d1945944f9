import { describe, expect, it } from '@jest/globals';
import type { Discount, Placement } from '../../machines/events';
import shop from '../../machines/shop';
import {
  anOrder,
  aLine,
  act,
  declined,
  desk,
  factsOf,
  moved,
  nothing,
  placed,
  play,
  send,
} from './support';

const off = (voucher: string, changes: Partial<Discount> = {}): Discount => {
  return { kind: 'basket', name: 'Spring', exclTax: 100, inclTax: 100, voucher, ...changes };
};
const place = (placement: Placement) => ({ type: 'place', placement, id: 'placing' }) as const;
const whole = { type: 'cancel', reason: 'Changed my mind' } as const;

describe('a voucher', () => {
  it('is used with the placing, before any card is asked', () => {
    const untracked = [aLine({ trackStock: false })];
    const asked = send(nothing, place(anOrder({ lines: untracked, discounts: [off('Spring')] })));
    expect(asked.effects).toMatchObject([{ kind: 'authorise' }]);
    expect(factsOf(asked, 'voucher')).toEqual([
      { type: 'voucher', move: 'use', vouchers: [{ key: 'spring', code: 'Spring' }] },
    ]);
  });

  it('is used once by an order, however many discounts come of it and however it is written', () => {
    const discounts = [off('Spring'), off(' SPRING ', { singleUse: true })];
    const [fact] = factsOf(send(nothing, place(anOrder({ discounts }))), 'voucher');
    expect(fact?.vouchers).toEqual([{ key: 'spring', code: 'Spring', singleUse: true }]);
  });

  it('is given back when a card says no, and when the whole order is cancelled', () => {
    const asked = send(nothing, place(anOrder({ discounts: [off('S')] })));
    const no = act(asked.state, declined(asked.state));
    expect(factsOf(no, 'voucher')).toMatchObject([{ move: 'give-back' }]);

    const order = placed(anOrder({ discounts: [off('S')] }));
    const some = act(order, { ...whole, lines: [{ id: 'A', quantity: 1 }] });
    expect(factsOf(some, 'voucher')).toEqual([]);
    expect(factsOf(act(some.state, whole), 'voucher')).toMatchObject([{ move: 'give-back' }]);
  });

  it('of a cancelled order stays used where the shop says so', () => {
    const strict = desk({ ...shop, vouchers: { whenCancelled: 'kept' } });
    const order = strict.placed(anOrder({ discounts: [off('S')] }));
    expect(factsOf(strict.act(order, whole), 'voucher')).toEqual([]);
  });

  it('says nothing to a table that has no rule for vouchers, as before', () => {
    const { vouchers: _, ...older } = shop;
    const old = desk(older);
    const asked = old.send(old.nothing, place(anOrder({ discounts: [off('S')] })));
    expect(factsOf(asked, 'voucher')).toEqual([]);
    expect(old.send(asked.state, moved(asked.state)).state.value.status).toBe('Pending');
  });

  it('and its offer keep their names on the order', () => {
    const order = play(placed(anOrder({ discounts: [off('Spring')] })), whole);
    expect(order.context.placement?.discounts).toMatchObject([
      { name: 'Spring', voucher: 'Spring' },
    ]);
  });
});
