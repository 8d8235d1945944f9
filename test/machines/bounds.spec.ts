import { describe, expect, it } from '@jest/globals';
import { limits } from '../../machines/deciding/limits';
import type { Placement } from '../../machines/events';
import { aLine, anOrder, nothing, placed, play, refusal, tell, type Told } from './support';

const pointersOf = (placement: Placement) =>
  refusal(nothing, { type: 'place', placement }).errors?.map(({ pointer }) => pointer);
const line = (changes: object) => anOrder({ lines: [aLine(changes)] });
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const each = (inclTax: number) => ({ exclTax: inclTax, inclTax });
const one = (price: number) => ({ quantity: 1, unitPrice: each(price) });

describe('an order is placed within bounds', () => {
  const extra = (code: string, price = 0) => ({ code, name: code, ...each(price) });
  const off = { kind: 'deferred', name: 'Spring', ...each(0) } as const;
  const transfer = { gateway: 'offline', amount: 1 };

  it.each<[string, Placement, string]>([
    ['units', line({ quantity: limits.quantity + 1 }), '/lines/0/quantity'],
    ['units by far', line({ quantity: Number.MAX_SAFE_INTEGER }), '/lines/0/quantity'],
    ['a price', line(one(limits.amount + 1)), '/lines/0/unitPrice'],
    [
      'lines together',
      { ...line({ quantity: 1000, unitPrice: each(limits.amount / 500) }), total: each(1) },
      '/lines',
    ],
    ['a charge', anOrder({ surcharges: [extra('w', limits.amount + 1)] }), '/surcharges/0'],
    ['a discount', anOrder({ discounts: [{ ...off, inclTax: 1e13 }] }), '/discounts/0'],
    ['shipping', anOrder({ shipping: extra('s', 1e13) }), '/shipping'],
    ['a total', anOrder({ total: each(1e13) }), '/total'],
    ['a payment', anOrder({ payments: [{ ...transfer, amount: 1e13 }] }), '/payments/0/amount'],
    ['lines', anOrder({ lines: times(1001, (n) => aLine({ id: `L${n}` })) }), '/lines'],
    ['charges', anOrder({ surcharges: times(101, (n) => extra(`c${n}`)) }), '/surcharges'],
    ['discounts', anOrder({ discounts: times(101, () => off) }), '/discounts'],
    ['payments', anOrder({ payments: times(101, () => transfer) }), '/payments'],
    ['a line’s name', line({ id: 'x'.repeat(101) }), '/lines/0/id'],
    ['an article’s name', line({ sku: 'x'.repeat(101) }), '/lines/0/sku'],
    ['a number', anOrder({ number: '1'.repeat(65) }), '/number'],
  ])('and is refused for too much of %s', (_, placement, pointer) => {
    expect(pointersOf(placement)).toContain(pointer);
  });

  it.each(['', 'A 1', 'A/1', 'Ä1', 'A\n1'])('and has a number, not %j', (number) => {
    expect(pointersOf(anOrder({ number }))).toEqual(['/number']);
  });

  it.each(['id', 'sku'])('and each line has its %s', (field) => {
    expect(pointersOf(line({ [field]: '' }))).toEqual([`/lines/0/${field}`]);
  });

  it('and takes all that is within them', () => {
    const many = times(limits.lines, (n) =>
      aLine({ id: `L${n}`, quantity: limits.quantity, unitPrice: each(1) }),
    );
    const dear = line(one(limits.amount));
    for (const placement of [anOrder({ lines: many }), dear]) {
      expect(tell(nothing, { type: 'place', placement }).outcome).toBe('accepted');
    }
  });

  it('says the figure', () => {
    const { detail } = refusal(nothing, {
      type: 'place',
      placement: line({ quantity: limits.quantity + 1 }),
    });
    expect(detail).toContain('at most 1000000');
  });
});

describe('money recorded from outside', () => {
  const authorised = (amount: number): Told => ({
    type: 'record-payment-event',
    event: 'Authorised',
    amount,
  });

  it('is authorised within the same bound, all payments together', () => {
    const state = play(placed(), authorised(limits.amount - 3600));
    expect(refusal(state, authorised(1)).errors).toMatchObject([{ pointer: '/amount' }]);
    expect(refusal(placed(), authorised(limits.amount)).errors).toMatchObject([
      { pointer: '/amount' },
    ]);
  });
});
