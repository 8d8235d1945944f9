import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSaid } from '../../machines/letters/saying';
import { writeLetter } from '../../machines/letters/writing';
import defaultShop from '../../machines/shop';
import { ordersOf, step, unplaced } from '../../machines/step';
import type { Shop } from '../../machines/table';
import { faultsOf } from '../support/partner-schemas';
import { aLine, aPlacement } from '../support/placements';

const at = '2026-11-23T10:00:00.000Z';
const patience = { remind: { hours: 2 }, escalate: { hours: 4 } };
const shop: Shop = {
  ...defaultShop,
  partners: { accept: patience, ship: patience, park: { days: 3 } },
};

/** The letter that a row about an order with these changes is written as. */
function letterOn(
  changes: Parameters<typeof aPlacement>[0],
  row: { readonly kind: string; readonly payload?: object },
) {
  const placement = aPlacement(changes);
  const orders = ordersOf(shop);
  const actor = { role: 'storefront', name: 'shop' } as const;
  const placed = step(orders, unplaced(orders), { type: 'place', placement, id: '1', at, actor });
  if (placed.outcome !== 'accepted') throw new Error('The order was not placed.');
  const lines = placement.lines.map(({ id, quantity }) => ({ id, quantity }));
  const payload = { event: '1', handOver: 'p1', partner: 'acme', lines, ...row.payload };
  const stored = { number: placement.number, state: placed.state, shop };
  return writeLetter(stored, { id: randomUUID(), kind: row.kind, payload, at }, 1, {});
}

const full = {
  shippingAddress: {
    name: 'Ada Buyer',
    lines: ['1 Analytical Row', 'Flat 2'],
    city: 'London',
    region: 'Greater London',
    postcode: 'N1 9GU',
    country: 'GB',
    phone: '+44 20 7946 0000',
  },
  lines: [
    aLine({
      ...{ partner: 'acme', partnerSku: 'ACME-8812', partnerReference: 'AC-77' },
      ...{ upc: '5012345678900', notes: 'Gift wrap' },
    }),
    aLine({ id: 'B', sku: 'TEE-2' }),
  ],
};
const bare = {
  customer: { email: 'ada@example.com' },
  shipping: undefined,
  total: { exclTax: 3000, inclTax: 3600 },
};

describe('the schema of letters', () => {
  it.each([
    ['an order with everything', full, { kind: 'order' }],
    ['an order with hardly anything', bare, { kind: 'order' }],
    ['a cancellation', full, { kind: 'cancellation', payload: { reason: 'Asked for.' } }],
    ['a cancellation without a reason', full, { kind: 'cancellation' }],
    ['a reminder', full, { kind: 'reminder', payload: { waitsFor: 'parcels', since: at } }],
  ])('has each field of %s as it is written', (_, changes, row) => {
    const letter: unknown = JSON.parse(JSON.stringify(letterOn(changes, row)));
    expect(faultsOf('letter-v1', letter)).toEqual([]);
  });

  it('knows every field of an order that can be written', () => {
    const letter = letterOn(full, { kind: 'order' });
    expect(Object.keys(letter).sort()).toEqual(
      [
        ...['answerBy', 'at', 'customer', 'handOver', 'id', 'lines', 'order', 'partner'],
        ...['sequence', 'shipBy', 'shipTo', 'shipping', 'type', 'version'],
      ].sort(),
    );
  });
});

/** Mostly right, now and then anything. */
const or = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: right, weight: 12 }, { arbitrary: fc.jsonValue(), weight: 1 });
const text = (maxLength: number) => fc.string({ maxLength });
const units = fc.record(
  {
    id: or(text(110)),
    sku: or(text(110)),
    // Whether so many units are there is for the order to say: any number is read.
    quantity: fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.constantFrom('three', null, [])),
  },
  { requiredKeys: [] },
);
const messages = fc
  .record(
    {
      id: or(fc.stringMatching(/^[!-~]{1,70}$/)),
      type: or(fc.constantFrom('accepted', 'declined', 'shipped', 'cancelled', 'returned')),
      order: or(fc.stringMatching(/^[!-~]{1,70}$/)),
      at: or(fc.constantFrom('2026-03-02T12:00:00Z', '2026-03-02T12:00:00.5+02:00')),
      reference: or(text(210)),
      lines: or(fc.array(or(units), { maxLength: 3 })),
      tracking: or(fc.record({ carrier: or(text(110)), number: or(text(210)) })),
      reason: or(text(2_010)),
    },
    { requiredKeys: ['id', 'type', 'order'] },
  )
  .chain((message) =>
    or(fc.constant(message)).chain((each) =>
      fc.oneof(
        { arbitrary: fc.constant(each), weight: 12 },
        { arbitrary: fc.constant({ ...message, mood: 'good' }), weight: 1 },
      ),
    ),
  );

describe('the schema of messages', () => {
  it('takes what the shop reads, and refuses what it does not read', () => {
    const counted = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(messages, (message) => {
        const value: unknown = JSON.parse(JSON.stringify(message));
        const isRead = 'said' in readSaid(value);
        counted[isRead ? 'taken' : 'refused'] += 1;
        const faults = faultsOf('message-v1', value);
        expect({ value, isRead, faults }).toMatchObject({ isRead: faults.length === 0 });
      }),
      { numRuns: 2_000 },
    );
    expect(counted.taken).toBeGreaterThan(200);
    expect(counted.refused).toBeGreaterThan(200);
  });
});
