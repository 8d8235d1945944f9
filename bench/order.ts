import type { Placement } from '../machines/events';

/** So many that two orders at once seldom wait for the same stock record. */
export const SKUS = Array.from({ length: 50 }, (_, index) => `BENCH-${index + 1}`);
export const HOT_SKU = 'BENCH-HOT';

/** Enough for any run. */
export const IN_STOCK = 100_000_000;

/** An order of one line paid by a card that is good, as a storefront sends it over HTTP. */
export function orderOf(number: string, sku: string) {
  const address = {
    name: 'Ada Buyer',
    lines: ['1 High Street'],
    city: 'London',
    postcode: 'N1 1AA',
    country: 'GB',
  };
  const unitPrice = { exclTax: 1000, inclTax: 1200 };
  return {
    number,
    currency: 'GBP',
    placedAt: new Date().toISOString(),
    customer: { email: 'ada@example.com', name: 'Ada Buyer' },
    shippingAddress: address,
    billingAddress: address,
    lines: [
      {
        ...{ id: 'A', sku, title: 'Mug', quantity: 3, unitPrice, partner: 'acme' },
        priceBreakdown: [{ quantity: 3, ...unitPrice }],
      },
    ],
    shipping: { code: 'standard', name: 'Standard', exclTax: 400, inclTax: 500 },
    total: { exclTax: 3400, inclTax: 4100 },
    payments: [{ gateway: 'sandbox', method: 'card', token: 'tok_ok' }],
  };
}

/** The same order as the API hands it to the workflow, with everything that may be left out. */
export function placementOf(number: string, sku: string): Placement {
  const { lines, ...order } = orderOf(number, sku);
  return {
    ...order,
    lines: lines.map((line) => ({ ...line, kind: 'physical', trackStock: true })),
    discounts: [],
    surcharges: [],
    status: 'Pending',
  };
}

export const takePayment = { type: 'take-payment' } as const;
export const shipEverything = { type: 'record-shipping-event', event: 'Shipped' } as const;
