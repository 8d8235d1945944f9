import { z } from 'zod';
import { returnSteps } from '../../machines/table';
import { count } from './common';

const words = z.array(z.string());
const tone = z.enum(['neutral', 'info', 'success', 'warning', 'danger']).optional();
const obligations = z
  .array(
    z.union([
      z.string(),
      z.object({ send: z.string() }),
      z.object({ call: z.string(), with: z.unknown().optional() }),
    ]),
  )
  .optional()
  .meta({ description: 'What the shop owes whenever this happens.' });

const duration = z.object({
  days: count.optional(),
  hours: count.optional(),
  minutes: count.optional(),
  seconds: count.optional(),
});

const orderStatus = z.object({
  next: words.meta({ description: 'The statuses that may follow; none ends the order.' }),
  lines: z.string().optional().meta({ description: 'The cascade to the lines.' }),
  whenPaid: z.string().optional(),
  whenShipped: z.string().optional(),
  whenCancelled: z.string().optional(),
  whenUnpaid: z.object({ after: duration, to: z.string() }).optional(),
  usually: duration
    .optional()
    .meta({ description: 'Beyond this stay people are asked to look at the order.' }),
  enter: obligations,
  tone,
});

const shippingEvent = z.object({
  during: words.meta({ description: 'The order statuses in which it may be recorded.' }),
  after: words.optional(),
  before: words.optional(),
  means: z.enum(['dispatched', 'cancelled', 'returned']).optional(),
  kinds: words.optional(),
  lineStatus: z.string().optional(),
  stock: z.enum(['consume', 'release']).optional(),
  requires: z.enum(['authorised', 'paid']).optional().meta({
    description: 'The money that must be there for each unit.',
  }),
  fulfilledBy: z.enum(['provider']).optional(),
  obliges: obligations,
});

const aftermath = z.object({ obliges: obligations, become: z.string().optional() });

const ownEffect = z.object({
  says: z.string(),
  whenDone: aftermath.optional(),
  whenFailed: z.union([z.literal('attention'), aftermath]).optional(),
  within: duration.optional(),
});

/** A shop's table as it is shown. */
export const shopTable = z
  .object({
    name: z.string(),
    revision: count,
    orders: z.object({ initial: z.string(), statuses: z.record(z.string(), orderStatus) }),
    lines: z.object({
      initial: z.string(),
      statuses: z.record(z.string(), z.object({ next: words, tone })),
    }),
    shippingEvents: z.record(z.string(), shippingEvent),
    paymentEvents: z.record(
      z.string(),
      z.object({ means: z.enum(['authorise', 'capture', 'refund', 'void']), obliges: obligations }),
    ),
    returns: z
      .object({
        within: duration.optional(),
        expectWithin: duration.optional(),
        restock: z.boolean().optional(),
        refundShipping: z.boolean().optional(),
        exchangeInAdvance: z.boolean().optional(),
        ...Object.fromEntries(returnSteps.map((step) => [step, obligations])),
      })
      .optional()
      .meta({ description: 'How goods come back, and what the customer is told at each step.' }),
    messages: words,
    effects: z.record(z.string(), ownEffect).optional(),
    carriers: z
      .record(z.string(), z.object({ name: z.string(), track: z.string().optional() }))
      .optional()
      .meta({ description: 'Parcel services; {number} stands for the tracking number.' }),
    overrides: z.object({ roles: words }).optional(),
    gateways: words,
    numbers: z.object({
      prefix: z.string(),
      from: count,
      digits: count.optional(),
      each: z.enum(['year', 'month']).optional(),
    }),
    vouchers: z.object({ whenCancelled: z.enum(['given-back', 'kept']) }).optional(),
    holdBlocks: words,
    stock: z
      .object({
        allocation: z.string().optional().meta({
          description:
            'The rule for where the units of an order are held; fewest-parcels unless said.',
        }),
        reservedFor: duration.optional().meta({
          description: 'How long an order that nobody has paid keeps its stock.',
        }),
      })
      .optional(),
  })
  .meta({ id: 'Shop' });
