import { describe, expect, it } from '@jest/globals';
import type { Discount, Placement } from '../../machines/events';
import { figuresOf, aLine, anOrder, nothing, placed, play, refusal, tell } from './support';

const faultsOf = (placement: Placement) =>
  Object.fromEntries(
    (refusal(nothing, { type: 'place', placement }).errors ?? []).map((fault) => [
      fault.pointer,
      fault.detail,
    ]),
  );
const price = (exclTax: number, inclTax: number) => ({ exclTax, inclTax });
const spring = (of: number, changes: Partial<Discount> = {}): Discount => {
  return { kind: 'basket', name: 'Spring', ...price(of, of), ...changes };
};
const standard = { code: 'standard', name: 'Standard', ...price(400, 500) };
const wrapping = { code: 'wrapping', name: 'Wrapping', ...price(100, 120) };

/** Three mugs for 30.00 and 36.00, shipping, wrapping, and 6.00 off: 29.00 and 36.20. */
const whole = anOrder({
  shipping: standard,
  surcharges: [wrapping],
  discounts: [spring(0, price(500, 600))],
});

describe('totals add up to the unit, or the refusal names the sum that is off and by how much:', () => {
  it.each<[string, Placement, string, string]>([
    [
      'the total',
      { ...whole, total: { ...whole.total, inclTax: whole.total.inclTax + 1 } },
      '/total/inclTax',
      'The total is off by 1: lines 3600 + shipping 500 + surcharges 120 - discounts 600 = 3620, not 3621.',
    ],
    [
      'the total before tax',
      { ...whole, total: { ...whole.total, exclTax: whole.total.exclTax - 2 } },
      '/total/exclTax',
      'The total is off by -2: lines 3000 + shipping 400 + surcharges 100 - discounts 500 = 3000, not 2998.',
    ],
    [
      'a line',
      anOrder({ lines: [aLine({ total: price(3000, 3601) })] }),
      '/lines/0/total/inclTax',
      'The total of line A is off by 1: its units come to 3600, not 3601.',
    ],
    [
      'the lines',
      { ...whole, totals: { lines: price(3000, 3599) } },
      '/totals/lines/inclTax',
      'The sum of lines is off by -1: it comes to 3600, not 3599.',
    ],
    [
      'discounts',
      { ...whole, totals: { discounts: price(5, 600) } },
      '/totals/discounts/exclTax',
      'The sum of discounts is off by -495: it comes to 500, not 5.',
    ],
    [
      'shipping',
      { ...whole, totals: { shipping: price(400, 501) } },
      '/totals/shipping/inclTax',
      'The sum of shipping is off by 1: it comes to 500, not 501.',
    ],
    [
      'surcharges',
      { ...whole, totals: { surcharges: price(0, 120) } },
      '/totals/surcharges/exclTax',
      'The sum of surcharges is off by -100: it comes to 100, not 0.',
    ],
    [
      'tax',
      { ...whole, totals: { tax: 619 } },
      '/totals/tax',
      'The sum of taxes is off by -1: it comes to 620, not 619.',
    ],
    [
      'taxes',
      { ...whole, taxes: [{ name: 'VAT', rate: 20, amount: 621 }] },
      '/taxes',
      'The sum of taxes is off by 1: the total bears 620, not 621.',
    ],
    [
      'a discount by line',
      anOrder({ discounts: [spring(600, { lines: [{ id: 'A', ...price(600, 599) }] })] }),
      '/discounts/0/inclTax',
      'The discount Spring is off by 1: its lines come to 599, not 600.',
    ],
  ])('%s', (_, placement, pointer, sentence) => {
    expect(faultsOf(placement)).toEqual({ [pointer]: sentence });
  });

  it('each by its own pointer, all at once', () => {
    const totals = { lines: price(3000, 1), shipping: price(400, 2), tax: 3 };
    const pointers = Object.keys(faultsOf({ ...whole, totals, total: price(2900, 3621) }));
    expect(pointers).toEqual([
      '/totals/lines/inclTax',
      '/totals/shipping/inclTax',
      '/totals/tax',
      '/total/exclTax',
      '/total/inclTax',
    ]);
  });

  it.each([
    ['JPY', price(2728, 3000), '/total/inclTax', 'off by -1'],
    ['KWD', price(12_345, 12_346), '/total/inclTax', 'off by -1'],
    ['GBP', price(1000, 1200), '/total/inclTax', 'off by -1'],
  ])('%s in its own minor units', (currency, unitPrice, pointer, says) => {
    const right = anOrder({ currency, lines: [aLine({ unitPrice })] });
    expect(tell(nothing, { type: 'place', placement: right }).outcome).toBe('accepted');
    const total = { ...right.total, inclTax: right.total.inclTax - 1 };
    expect(faultsOf({ ...right, total })).toEqual({ [pointer]: expect.stringContaining(says) });
  });
});

describe('taxes', () => {
  const vat = (amount: number) => ({ name: 'VAT', rate: 20, amount });
  const reduced = (amount: number) => ({ name: 'Reduced', rate: 5, amount });
  const book = (tax?: string) => aLine({ id: 'B', quantity: 1, unitPrice: price(1000, 1050), tax });
  const lines = [aLine({ tax: 'VAT' }), book('Reduced')];

  it('are checked rate by rate where all that bears tax names its own', () => {
    const right = anOrder({ lines, taxes: [vat(600), reduced(50)] });
    expect(placed(right).value.status).toBe('Pending');
    expect(faultsOf({ ...right, taxes: [vat(601), reduced(49)] })).toEqual({
      '/taxes/0/amount': 'The tax VAT is off by 1: what bears it has 600, not 601.',
      '/taxes/1/amount': 'The tax Reduced is off by -1: what bears it has 50, not 49.',
    });
  });

  it('are checked together where something names none', () => {
    const some = anOrder({ lines: [lines[0]!, book()], taxes: [vat(601), reduced(49)] });
    expect(placed(some).value.status).toBe('Pending');
  });

  it('of a discount are those of the lines it lowers', () => {
    const off = [
      { id: 'A', ...price(100, 120) },
      { id: 'B', ...price(20, 21) },
    ];
    const discounts = [spring(0, { ...price(120, 141), lines: off })];
    const right = anOrder({ lines, discounts, taxes: [vat(580), reduced(49)] });
    expect(placed(right).value.status).toBe('Pending');
    expect(Object.keys(faultsOf({ ...right, taxes: [vat(579), reduced(50)] }))).toEqual([
      '/taxes/0/amount',
      '/taxes/1/amount',
    ]);
  });

  it('have names, each once', () => {
    const placement = anOrder({ lines, taxes: [vat(600), vat(50)] });
    expect(Object.keys(faultsOf(placement))).toEqual(['/lines/1/tax', '/taxes/1/name']);
  });
});

describe('a discount that names its lines', () => {
  const pot = aLine({ id: 'B', quantity: 1, unitPrice: price(4000, 4000) });
  const lines = [aLine(), pot];

  it('lowers those alone, so that giving one back gives back what was paid for it (vendure #2393)', () => {
    const discounts = [spring(1000, { lines: [{ id: 'B' }] })];
    const order = play(
      placed(anOrder({ lines, discounts })),
      { type: 'take-payment' },
      { type: 'refund', lines: [{ id: 'B' }], reason: 'Broken' },
    );
    expect(figuresOf(order)).toMatchObject({ captured: 6600, refunded: 3000 });
  });

  it('lowers each by what it says, and other discounts lower what is left', () => {
    const discounts = [spring(3600, { lines: [{ id: 'A', ...price(3600, 3600) }] }), spring(500)];
    const order = play(
      placed(anOrder({ lines, discounts })),
      { type: 'take-payment' },
      { type: 'refund', lines: [{ id: 'B' }], reason: 'Broken' },
    );
    expect(figuresOf(order)).toMatchObject({ captured: 3500, refunded: 3500 });
  });

  it.each<[string, Partial<Discount>, string]>([
    ['a line that is not there', { lines: [{ id: 'C' }] }, '/discounts/0/lines/0'],
    ['a line twice', { lines: [{ id: 'A' }, { id: 'A' }] }, '/discounts/0/lines/1'],
    ['no line', { lines: [] }, '/discounts/0/lines'],
    ['half of the amounts', { lines: [{ id: 'A', inclTax: 9 }] }, '/discounts/0/lines/0'],
    ['lines for shipping', { kind: 'shipping', lines: [{ id: 'A' }] }, '/discounts/0/lines'],
    ['more than they cost', { lines: [{ id: 'A' }], ...price(3601, 3601) }, '/discounts'],
  ])('is refused for %s', (_, changes, pointer) => {
    const discounts = [spring(9, changes)];
    expect(Object.keys(faultsOf(anOrder({ lines, discounts })))).toEqual([pointer]);
  });
});

describe('texts of a placement are bounded', () => {
  const long = 'x'.repeat(2001);
  it.each<[string, Placement]>([
    ['/lines/0/title', anOrder({ lines: [aLine({ title: long })] })],
    ['/lines/0/notes', anOrder({ lines: [aLine({ notes: long })] })],
    ['/customer/name', anOrder({ customer: { name: long } })],
    ['/shippingAddress/city', anOrder({ shippingAddress: { city: long } })],
    ['/billingAddress/lines/1', anOrder({ billingAddress: { lines: ['', long] } })],
    ['/discounts/0/voucher', anOrder({ discounts: [spring(0, { voucher: long })] })],
    ['/surcharges/0/name', anOrder({ surcharges: [{ ...wrapping, name: long }] })],
    ['/payments/0/token', anOrder({ payments: [{ gateway: 'sandbox', token: long }] })],
    ['/source', anOrder({ source: long })],
  ])('%s', (pointer, placement) => {
    expect(Object.keys(faultsOf(placement))).toEqual([pointer]);
  });
});
