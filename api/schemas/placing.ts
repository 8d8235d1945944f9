import { z } from 'zod';
import { limits } from '../../machines/deciding/limits';
import { ADDRESS_LINES, longest } from '../../machines/placing/texts';
import { amount, orderNumber, price, text, time } from './common';

const of = { address: longest.address, line: longest.line, payment: longest.payment };
const tax = text(longest.line.tax, 'One of the taxes of the order, by its name.').optional();

const address = z
  .strictObject({
    name: text(of.address.name).optional(),
    lines: z.array(text(longest.addressLine)).max(ADDRESS_LINES).optional(),
    city: text(of.address.city).optional(),
    region: text(of.address.region).optional(),
    postcode: text(of.address.postcode).optional(),
    country: text(of.address.country).optional(),
    phone: text(of.address.phone).optional(),
  })
  .meta({ id: 'Address' });

const line = z
  .strictObject({
    id: text(64, 'Its place in the order when absent: 1, 2, …').min(1).optional(),
    sku: text(100).min(1),
    upc: text(of.line.upc).optional(),
    title: text(of.line.title),
    quantity: z.number().meta({ description: 'Whole units, from 1.' }),
    unitPrice: price,
    priceBreakdown: z
      .array(z.strictObject({ quantity: z.number(), exclTax: amount, inclTax: amount }))
      .max(1000)
      .optional()
      .meta({
        description: 'Units at different prices, in order; all at the unit price when absent.',
      }),
    partner: text(of.line.partner, 'The code of the fulfilment partner.').optional(),
    partnerSku: text(of.line.partnerSku).optional(),
    partnerReference: text(of.line.partnerReference).optional(),
    notes: text(of.line.notes).optional(),
    kind: z.enum(['physical', 'digital']).default('physical'),
    trackStock: z.boolean().default(true),
    total: price.optional().meta({ description: 'What its units come to before discounts.' }),
    tax,
  })
  .meta({ id: 'PlacedLine' });

const charge = z
  .strictObject({
    code: text(longest.charge.code).min(1),
    name: text(longest.charge.name),
    exclTax: amount,
    inclTax: amount,
    tax,
  })
  .meta({ id: 'Charge', description: 'A charge beside the lines, chosen by its code.' });

const discount = z
  .strictObject({
    kind: z.enum(['basket', 'shipping', 'deferred']),
    name: text(longest.discount.name),
    code: text(longest.discount.code).optional(),
    voucher: text(
      longest.discount.voucher,
      'The code of a voucher; its case is ignored.',
    ).optional(),
    singleUse: z.boolean().optional().meta({
      description: 'The voucher is good for one order, also when the shop knows nothing of it.',
    }),
    lines: z
      .array(
        z.strictObject({ id: text(100), exclTax: amount.optional(), inclTax: amount.optional() }),
      )
      .max(limits.lines)
      .optional()
      .meta({ description: 'The lines a basket discount lowers, all or none with amounts.' }),
    exclTax: amount,
    inclTax: amount,
    tax,
  })
  .meta({ id: 'Discount' });

const stated = z
  .strictObject({
    lines: price.optional(),
    discounts: price.optional(),
    shipping: price.optional(),
    surcharges: price.optional(),
    tax: amount.optional(),
  })
  .meta({ id: 'StatedTotals', description: 'Sums to be checked, each against its own parts.' });

const taxes = z
  .array(
    z
      .strictObject({
        name: text(longest.tax.name).min(1),
        rate: z.number().optional().meta({ description: 'Per cent; shown, and nothing more.' }),
        amount,
      })
      .meta({ id: 'Tax' }),
  )
  .max(limits.charges);

export const capabilities = z
  .strictObject({
    captures: z.enum(['many', 'once', 'whole']).meta({
      description:
        'In as many parts as one likes; once, what that leaves is let go; or once and all of it.',
    }),
    renewable: z.boolean().meta({
      description: 'Whether the card can be authorised again without its holder.',
    }),
  })
  .meta({ id: 'Capabilities' });

const payment = z
  .strictObject({
    gateway: text(of.payment.gateway).meta({ description: 'A gateway of the shop, or offline.' }),
    method: text(of.payment.method).optional(),
    token: text(of.payment.token, 'The card, as the gateway knows it.').optional(),
    amount: amount.optional().meta({ description: 'To authorise; the total when absent.' }),
    reference: text(of.payment.reference, 'Of an authorisation made elsewhere.').optional(),
    authorised: amount.optional().meta({ description: 'How much was authorised elsewhere.' }),
    expiresAt: time.optional(),
    can: capabilities
      .optional()
      .meta({ description: 'What may be done with an authorisation made elsewhere.' }),
  })
  .meta({ id: 'PlacedPayment' });

const customer = z.strictObject({
  email: z
    .string()
    .max(longest.customer.email)
    .regex(/^[^\s@]+@[^\s@]+$/, 'Write an e-mail address, or leave it out.')
    .optional(),
  name: text(longest.customer.name).optional(),
  guest: z.boolean().optional(),
});

/** What a storefront sends to place an order. */
export const placeRequest = z
  .strictObject({
    number: orderNumber.optional().meta({ description: 'The shop makes one when absent.' }),
    currency: text(100, 'ISO 4217.').meta({ example: 'GBP' }),
    placedAt: time.optional().meta({ description: 'Now when absent.' }),
    source: text(longest.placement.source).optional(),
    customer: customer.default({}),
    shippingAddress: address.optional(),
    billingAddress: address.optional(),
    lines: z.array(line).max(limits.lines),
    shipping: charge.optional(),
    discounts: z.array(discount).max(100).default([]),
    surcharges: z.array(charge).max(100).default([]),
    total: price,
    totals: stated.optional(),
    taxes: taxes.optional(),
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
/** A line of the order that a return is exchanged for. */
const goods = line
  .pick({ id: true, sku: true, upc: true, title: true, quantity: true, unitPrice: true })
  .extend({
    partner: text(100).optional(),
    partnerSku: text(100).optional(),
    kind: z.enum(['physical', 'digital']).optional(),
    trackStock: z.boolean().optional(),
  })
  .meta({ id: 'ExchangeLine' });

export const schemas = { address, charge, discount, goods, stated, taxes };
