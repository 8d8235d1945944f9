import { z } from 'zod';
import type { PartnerOrderView } from '../../machines/views/partner-order';
import { reasons } from '../../machines/tasks/reasons';
import type { OrderView } from '../../machines/views/order';
import { count, price, shownTime } from './common';
import { capabilities, schemas } from './placing';
import { handOver } from './hand-overs';
import { returned } from './returns';
import { download, shipment } from './shipments';

const { address, charge, discount, stated, taxes } = schemas;
export const tone = z.enum(['neutral', 'info', 'success', 'warning', 'danger']);
const counts = z.record(z.string(), count);

const line = z
  .object({
    id: z.string(),
    sku: z.string(),
    upc: z.string().optional(),
    title: z.string(),
    quantity: count,
    kind: z.enum(['physical', 'digital']),
    trackStock: z.boolean(),
    partner: z.string().optional(),
    partnerSku: z.string().optional(),
    partnerReference: z.string().optional(),
    notes: z.string().optional(),
    unitPrice: price,
    priceBreakdown: z.array(z.object({ quantity: count, exclTax: count, inclTax: count })),
    total: price.optional(),
    tax: z.string().optional(),
    status: z.string(),
    tone,
    availableStatuses: z.array(z.string()),
    quantities: counts.meta({
      description:
        'Units allocated, waiting for goods (backordered), consumed, and passed through each shipping and payment event type of the shop.',
      example: { allocated: 1, backordered: 0, consumed: 2, shipped: 2, cancelled: 0, settled: 3 },
    }),
    remaining: counts.meta({
      description: 'Units that may still pass each shipping event type.',
    }),
    units: z
      .object({ dispatched: count, cancelled: count, returned: count })
      .meta({ description: 'Units that have left, will never leave, or came back.' }),
    shipping: z.object({ summary: z.string() }),
  })
  .meta({ id: 'OrderLine' });

const payment = z
  .object({
    id: z.string(),
    gateway: z.string(),
    method: z.string().optional(),
    reference: z.string().optional(),
    status: z.enum([
      ...(['outcome unknown', 'in progress', 'refunded', 'partly refunded', 'captured'] as const),
      ...(['partly captured', 'authorised', 'voided', 'waiting'] as const),
    ]),
    requested: count,
    authorised: count,
    captured: count,
    refunded: count,
    voided: count,
    held: count.meta({ description: 'Authorised, and neither captured nor given up.' }),
    expiresAt: shownTime.optional(),
    authorisedAt: shownTime.optional(),
    can: capabilities.optional(),
    renews: z.string().optional().meta({ description: 'The payment whose card it holds again.' }),
    receipts: z
      .array(z.string())
      .optional()
      .meta({ description: 'References of money that came in for it outside.' }),
  })
  .meta({ id: 'Payment' });

const hold = z.object({
  reason: z.string(),
  owner: z.string(),
  since: shownTime,
  until: shownTime.optional(),
});

const note = z
  .object({
    id: z.string(),
    author: z.string(),
    at: shownTime,
    text: z.string(),
    system: z.boolean(),
    editedAt: shownTime.optional(),
  })
  .meta({ id: 'Note' });

const told = z
  .object({ kind: z.string(), shippingEvent: z.string().optional(), at: shownTime })
  .meta({
    id: 'Told',
    description:
      'A message written for the customer, the newest of its kind and cause; /messages says what became of it.',
  });

export const due = z
  .object({ name: z.string(), at: shownTime })
  .meta({ id: 'Due', description: 'A moment the order waits for.' });

const waiting = z
  .object({
    command: z.string(),
    type: z.string(),
    by: z.string(),
    until: shownTime,
  })
  .meta({
    id: 'WaitingCommand',
    description: 'A command that is done then, unless it is undone before.',
  });

export const paymentStatus = z.enum([
  ...(['unpaid', 'authorised', 'partly paid', 'paid', 'partly refunded', 'refunded'] as const),
  'outcome unknown',
]);

const way = z.object({
  says: z.string(),
  command: z.looseObject({ type: z.string() }).optional(),
});

/** A task for people, as an order shows it. */
export const task = z
  .object({
    id: z.string(),
    reason: z.string().meta({ description: Object.keys(reasons).join(', ') }),
    text: z.string(),
    since: shownTime,
    cause: z.string().optional().meta({ description: 'The id of the event that raised it.' }),
    endsWhen: z.string().optional().meta({ description: 'How it ends by itself.' }),
    ways: z.array(way).meta({ description: 'What may be done about it now.' }),
  })
  .meta({ id: 'Task' });

const identity = {
  number: z.string(),
  version: count.meta({ description: 'Counts what changed the order; also its ETag.' }),
  seq: count.meta({ description: 'The last place in its history, refused attempts included.' }),
  status: z.string(),
};

export const order = z
  .object({
    ...identity,
    workflowId: z.string(),
    tone,
    availableStatuses: z.array(z.string()),
    allStatuses: z.array(z.string()).meta({ description: "In the pipeline's order." }),
    allLineStatuses: z.array(z.string()),
    hold: hold.nullable(),
    needsAttention: z.boolean(),
    attention: z.array(task),
    customer: z.object({
      email: z.string().optional(),
      name: z.string().optional(),
      guest: z.boolean().optional(),
    }),
    shippingAddress: address.optional(),
    billingAddress: address.optional(),
    placedAt: shownTime,
    source: z.string().optional(),
    exchangeOf: z.object({ order: z.string(), return: z.string() }).optional(),
    currency: z.string(),
    lines: z.array(line),
    shipments: z.array(shipment),
    downloads: z.array(download),
    handOvers: z.array(handOver).meta({
      description: 'What fulfilment partners were asked to send, in the order in which they were.',
    }),
    returns: z.array(returned),
    payments: z.array(payment),
    payment: z.object({
      status: paymentStatus,
      tone,
      owed: count,
      authorised: count,
      captured: count,
      refunded: count,
      voided: count,
      held: count.meta({ description: 'Authorised, and neither captured nor given up.' }),
      pending: count.meta({ description: 'In flight or of unknown outcome.' }),
      balance: count.meta({ description: 'Still to be paid; negative when something goes back.' }),
    }),
    shipping: z.object({ summary: z.string(), tone, method: charge.optional() }),
    discounts: z.array(discount),
    surcharges: z.array(charge),
    total: price,
    totals: stated.optional(),
    taxes: taxes.optional(),
    notes: z.array(note),
    messages: z.array(told),
    reservation: z.object({ lapsedAt: shownTime }).nullable().meta({
      description:
        'When its stock was given back because nobody paid; null while it has its stock.',
    }),
    waiting: z.array(waiting),
    due: z.array(due),
    shop: z.object({ name: z.string(), revision: count }),
  })
  .meta({ id: 'Order' }) satisfies z.ZodType<OrderView>;

const partnerOrder = z
  .object({
    ...identity,
    onHold: z.boolean(),
    placedAt: shownTime,
    partner: z.string(),
    shippingAddress: address.optional(),
    lines: z.array(line.omit({ unitPrice: true, priceBreakdown: true, total: true, tax: true })),
    handOvers: z.array(handOver).meta({ description: 'What it was asked to send.' }),
    shipments: z.array(shipment),
  })
  .meta({
    id: 'PartnerOrder',
    description: 'An order as a fulfilment partner sees it: its own lines and no money.',
  }) satisfies z.ZodType<PartnerOrderView>;

/** An order, in full or as far as the caller's role may see it. */
export const shownOrder = z.union([order, partnerOrder]);
