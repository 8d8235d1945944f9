import { z } from 'zod';
import type { HandOverView, ToldPartner } from '../../machines/partners/view';
import { count, countedUnits, shownTime } from './common';

export const handOver = z
  .object({
    id: z.string(),
    partner: z.string(),
    lines: z.array(
      countedUnits.extend({
        sent: count.meta({ description: 'Units among them that have left.' }),
      }),
    ),
    since: shownTime,
    stage: z.enum(['asked', 'accepted', 'declined', 'withdrawn', 'fulfilled']),
    stageSince: shownTime,
    reference: z.string().optional().meta({ description: 'The partner’s own.' }),
    slow: z
      .enum(['reminded', 'escalated', 'given up'])
      .optional()
      .meta({ description: 'What was done about the partner’s slowness in this stage.' }),
    slowSince: shownTime.optional().meta({ description: 'When that was done.' }),
    instead: z.string().optional().meta({ description: 'The hand-over whose place it takes.' }),
    waitsFor: z.enum(['answer', 'parcels']).optional(),
    until: shownTime.optional().meta({ description: 'Until when, by the shop’s table.' }),
  })
  .meta({
    id: 'HandOver',
    description: 'Units that a fulfilment partner was asked to send.',
  }) satisfies z.ZodType<HandOverView>;

export const toldPartner = z.object({
  partner: z.string(),
  told: z.enum(['order', 'cancellation', 'reminder']),
  lines: z.array(countedUnits),
}) satisfies z.ZodType<ToldPartner>;
