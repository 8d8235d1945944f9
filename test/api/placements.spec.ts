import { describe, expect, it } from '@jest/globals';
import { normalPlacement } from '../../api/placements';
import { fingerprintOf } from '../../db/placed/fingerprint';
import { placeRequest } from '../../api/schemas/placing';

const now = '2026-11-23T10:00:00.000Z';
const least = {
  currency: 'GBP',
  lines: [{ sku: 'MUG-1', title: 'Mug', quantity: 2, unitPrice: { exclTax: 10, inclTax: 12 } }],
  total: { exclTax: 20, inclTax: 24 },
};
const normal = (request: object) =>
  normalPlacement(placeRequest.parse(request), { number: '7', now, status: 'Pending' }, 'f');

describe('a request to place an order', () => {
  it('leaves much to the shop', () => {
    expect(normal(least)).toEqual({
      ...{ number: '7', currency: 'GBP', placedAt: now, status: 'Pending', fingerprint: 'f' },
      ...{ customer: {}, discounts: [], surcharges: [], payments: [], total: least.total },
      lines: [
        {
          ...{
            id: '1',
            sku: 'MUG-1',
            title: 'Mug',
            quantity: 2,
            kind: 'physical',
            trackStock: true,
          },
          unitPrice: { exclTax: 10, inclTax: 12 },
          priceBreakdown: [{ quantity: 2, exclTax: 10, inclTax: 12 }],
        },
      ],
    });
  });

  it('keeps what it says: its date as it is written, its ids, its prices, its status', () => {
    const line = {
      ...{ ...least.lines[0], id: 'B', kind: 'digital', trackStock: false },
      priceBreakdown: [
        { quantity: 1, exclTax: 8, inclTax: 10 },
        { quantity: 1, exclTax: 12, inclTax: 14 },
      ],
    };
    const request = {
      ...least,
      placedAt: '2020-02-29T23:00:00+01:00',
      status: 'Complete',
      lines: [line],
    };
    expect(normal(request)).toMatchObject({ ...request, lines: [line] });
  });
});

describe('a fingerprint', () => {
  it('is the same for the same request, however its fields are ordered', () => {
    expect(fingerprintOf({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(
      fingerprintOf({ b: [{ d: 3, c: 2 }], a: 1 }),
    );
  });

  it('is another one for any other request', () => {
    const prints = [{ a: [1, 2] }, { a: [2, 1] }, { a: '1' }, { a: 1 }, {}, null].map(
      fingerprintOf,
    );
    expect(new Set(prints).size).toBe(6);
  });
});
