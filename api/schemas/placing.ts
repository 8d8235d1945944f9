import { z } from 'zod';
import { amount, orderNumber, price, text, time } from './common';

const MOST_LINES = 1000;

const address = z
  .strictObject({
    name: text(200).optional(),
    lines: z.array(text(200)).max(10).optional(),
    city: text(200).optional(),
    region: text(200).optional(),
    postcode: text(40).optional(),
    country: text(80).optional(),
    phone: text(80).optional(),
  })
  .meta({ id: 'Address' });

const line = z
  .strictObject({
    id: text(64, 'Its place in the order when absent: 1, 2, …').min(1).optional(),
    sku: text(100).min(1),
    upc: text(100).optional(),
    title: text(500),
    quantity: z.number().meta({ description: 'Whole units, from 1.' }),
    unitPrice: price,
    priceBreakdown: z
      .array(z.strictObject({ quantity: z.number(), exclTax: amount, inclTax: amount }))
      .max(1000)
      .optional()
      .meta({
        description: 'Units at different prices, in order; all at the unit price when absent.',
      }),
    partner: text(100, 'The code of the fulfilment partner.').optional(),
    partnerSku: text(100).optional(),
    partnerReference: text(200).optional(),
    notes: text(2000).optional(),
    kind: z.enum(['physical', 'digital']).default('physical'),
    trackStock: z.boolean().default(true),
  })
  .meta({ id: 'PlacedLine' });

const charge = z
  .strictObject({ code: text(100).min(1), name: text(200), exclTax: amount, inclTax: amount })
  .meta({ id: 'Charge', description: 'A charge beside the lines, chosen by its code.' });

const discount = z
  .strictObject({
    kind: z.enum(['basket', 'shipping', 'deferred']),
    name: text(200),
    code: text(100).optional(),
    voucher: text(100).optional(),
    exclTax: amount,
    inclTax: amount,
  })
  .meta({ id: 'Discount' });

const payment = z
  .strictObject({
    gateway: text(100).meta({ description: 'A gateway of the shop, or offline.' }),
    method: text(100).optional(),
    token: text(500, 'The card, as the gateway knows it.').optional(),
    amount: amount.optional().meta({ description: 'To authorise; the total when absent.' }),
    reference: text(200, 'Of an authorisation made elsewhere.').optional(),
    authorised: amount.optional().meta({ description: 'How much was authorised elsewhere.' }),
    expiresAt: time.optional(),
  })
  .meta({ id: 'PlacedPayment' });

const customer = z.strictObject({
  email: z
    .string()
    .max(254)
    .regex(/^[^\s@]+@[^\s@]+$/, 'Write an e-mail address, or leave it out.')
    .optional(),
  name: text(200).optional(),
  guest: z.boolean().optional(),
});

/** What a storefront sends to place an order. */
export const placeRequest = z
  .strictObject({
    number: orderNumber.optional().meta({ description: 'The shop makes one when absent.' }),
    currency: text(100, 'ISO 4217.').meta({ example: 'GBP' }),
    placedAt: time.optional().meta({ description: 'Now when absent.' }),
    source: text(100).optional(),
    customer: customer.default({}),
    shippingAddress: address.optional(),
    billingAddress: address.optional(),
    lines: z.array(line).max(MOST_LINES),
    shipping: charge.optional(),
    discounts: z.array(discount).max(100).default([]),
    surcharges: z.array(charge).max(100).default([]),
    total: price,
    payments: z.array(payment).max(20).default([]),
    status: text(100, "The shop's initial status when absent.").optional(),
  })
  .meta({
    id: 'PlaceOrder',
    example: {
      number: '100001',
      currency: 'GBP',
      customer: { email: 'a@example.com', name: 'A. Buyer', guest: true },
      shippingAddress: {
        name: 'A. Buyer',
        lines: ['1 High Street'],
        city: 'Leeds',
        postcode: 'LS1 1AA',
        country: 'GB',
      },
      lines: [
        {
          id: 'A',
          sku: 'MUG-1',
          title: 'Mug',
          quantity: 3,
          unitPrice: { exclTax: 1000, inclTax: 1200 },
        },
      ],
      shipping: { code: 'standard', name: 'Standard', exclTax: 400, inclTax: 500 },
      total: { exclTax: 3400, inclTax: 4100 },
      payments: [{ gateway: 'sandbox', method: 'card', token: 'tok_ok' }],
    },
  });

export type PlaceRequest = z.output<typeof placeRequest>;
export const schemas = { address, charge, discount };
