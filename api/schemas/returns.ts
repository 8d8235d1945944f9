import { z } from 'zod';
import type { ReturnView } from '../../machines/returns/view';
import { count, countedUnits, shownTime } from './common';

const line = z.object({
  id: z.string(),
  quantity: count.meta({ description: 'Units asked back.' }),
  good: count,
  damaged: count,
  restocked: count.meta({ description: 'Good units that went back to the shelf.' }),
  givenUp: count.meta({ description: 'Units that never came and are awaited no more.' }),
  awaited: count,
  granted: count.meta({ description: 'Units whose money was granted.' }),
});

const refund = z.object({
  id: z.string().meta({ description: 'The command that granted it.' }),
  lines: z.array(countedUnits),
  charges: z.array(z.string()),
  amount: count,
  credited: count.optional().meta({
    description: 'What of it nobody had paid, in minor units: the order owes so much less.',
  }),
  before: count,
  moved: count.meta({ description: 'What went back of it, in minor units.' }),
  byHand: count.meta({ description: 'What people are to give back and record.' }),
  outcome: z.enum(['pending', 'done', 'failed']),
});

const exchange = z.object({
  number: z.string(),
  transferred: count,
  outcome: z.enum(['placing', 'placed', 'refused']),
  why: z.string().optional(),
});

/** Goods on their way back, from the request to the money. */
export const returned = z
  .object({
    id: z.string(),
    status: z.enum(['requested', 'authorised', 'declined', 'received', 'refunded', 'closed']),
    reason: z.string(),
    requestedAt: shownTime,
    authorisedAt: shownTime.optional(),
    remindedAt: shownTime.optional(),
    instructions: z.string().optional(),
    lines: z.array(line),
    refunds: z.array(refund),
    exchange: exchange.optional(),
    refund: z.object({
      status: z.enum(['none', 'pending', 'failed', 'partly refunded', 'refunded']),
      refunded: count,
      refundable: count.meta({ description: 'What refunding all that came would give back now.' }),
    }),
  })
  .meta({ id: 'Return' }) satisfies z.ZodType<ReturnView>;
