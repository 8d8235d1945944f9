import { randomUUID } from 'node:crypto';
import type { PlacedLine, Placement } from '../../machines/events';

/** A line of mugs at 10.00 before and 12.00 after tax. */
export function aLine(changes: Partial<PlacedLine> = {}): PlacedLine {
  const { quantity = 3 } = changes;
  const unitPrice = { exclTax: 1000, inclTax: 1200 };
  return {
    id: 'A',
    sku: 'MUG-1',
    title: 'Mug',
    quantity,
    unitPrice,
    priceBreakdown: [{ quantity, ...unitPrice }],
    kind: 'physical',
    trackStock: true,
    ...changes,
  };
}

/** An order of three mugs, shipping 5.00, paid by a card; the total adds up whatever the lines are. */
export function aPlacement(changes: Partial<Placement> & { token?: string } = {}): Placement {
  const { token = 'tok_ok', ...rest } = changes;
  const lines = rest.lines ?? [aLine()];
  const total = { exclTax: 400, inclTax: 500 };
  for (const { quantity, unitPrice } of lines) {
    total.exclTax += quantity * unitPrice.exclTax;
    total.inclTax += quantity * unitPrice.inclTax;
  }
  return {
    number: randomUUID().slice(0, 13),
    currency: 'GBP',
    placedAt: '2026-11-23T10:00:00.000Z',
    customer: { email: 'ada@example.com', name: 'Ada' },
    lines,
    shipping: { code: 'standard', name: 'Standard', exclTax: 400, inclTax: 500 },
    discounts: [],
    surcharges: [],
    total,
    payments: [{ gateway: 'sandbox', method: 'card', token }],
    status: 'Pending',
    ...rest,
  };
}
