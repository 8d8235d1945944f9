import { describe, expect, it } from '@jest/globals';
import { defineShop, milliseconds } from '../../machines/table';

const sound = {
  name: 'A shop',
  revision: 1,
  lines: { initial: 'Open', statuses: { Open: { next: [] } } },
  shippingEvents: {},
  paymentEvents: {},
  messages: ['thanks'],
  gateways: [],
  numbers: { prefix: '', from: 1 },
  holdBlocks: [],
} as const;

describe('a table', () => {
  it('compiles with the words it defines', () => {
    const shop = defineShop({
      ...sound,
      orders: {
        initial: 'Open',
        statuses: { Open: { next: ['Shut'], enter: [{ send: 'thanks' }] }, Shut: { next: [] } },
      },
    });
    expect(Object.keys(shop.orders.statuses)).toEqual(['Open', 'Shut']);
  });

  // These are checked by the compiler: without its mistake, a line would fail `npm run typecheck`.
  it('does not compile with a word that it does not', () => {
    const statuses = { Open: { next: [] } } as const;
    const misspelt = [
      () =>
        defineShop({
          ...sound,
          // @ts-expect-error no such order status
          orders: { initial: 'Opne', statuses },
        }),
      () =>
        defineShop({
          ...sound,
          orders: {
            initial: 'Open',
            // @ts-expect-error no such order status to follow
            statuses: { Open: { next: ['Shtu'] } },
          },
        }),
      () =>
        defineShop({
          ...sound,
          orders: {
            initial: 'Open',
            // @ts-expect-error no such line status
            statuses: { Open: { next: [], lines: 'Opne' } },
          },
        }),
      () =>
        defineShop({
          ...sound,
          orders: {
            initial: 'Open',
            // @ts-expect-error no such message
            statuses: { Open: { next: [], enter: [{ send: 'thnaks' }] } },
          },
        }),
      () =>
        defineShop({
          ...sound,
          orders: { initial: 'Open', statuses },
          // @ts-expect-error no such status to record it in
          shippingEvents: { Left: { during: ['Opne'] } },
        }),
    ];
    expect(misspelt).toHaveLength(5);
  });

  it('measures durations in ms', () => {
    expect(milliseconds({ days: 1, hours: 1, minutes: 1, seconds: 1 })).toBe(90_061_000);
  });
});
