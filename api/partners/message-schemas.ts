import { z } from 'zod';
import type { Attempt } from '../../db/deliveries/attempts';
import type { PartnerMessage, WholePartnerMessage } from '../../db/partners/messages';
import { count, page, shownTime, text } from '../schemas/common';
import { pageQuery, words } from '../schemas/parameters';
import { partnerCode } from './schemas';

const statuses = [
  ...(['waiting', 'delivered', 'failed', 'stopped'] as const),
  ...(['parked', 'done', 'refused'] as const),
] as const;
type Status = (typeof statuses)[number];

const direction = z.enum(['out', 'in']);
const isStatus = (word: string): word is Status => statuses.some((status) => status === word);

export const messageParams = z.object({
  code: partnerCode,
  id: text(300, 'The id of a message: ours, or the partner’s own.'),
});

export const messagesQuery = pageQuery.extend({
  direction: direction.optional().meta({ description: 'Only what it was told, or what it said.' }),
  order: text(64, 'Only about this order.').optional(),
  status: words(`Only with these: ${statuses.join(', ')}.`).refine(
    (given) => given?.every(isStatus) ?? true,
    { error: `A status is one of ${statuses.join(', ')}.` },
  ),
});

export const messageQuery = z.strictObject({
  direction: direction.default('out').meta({
    description: 'in: an id of the partner’s own. A partner may use one of ours.',
  }),
});

const message = z
  .object({
    direction: direction.meta({ description: 'out: the partner was told; in: it said.' }),
    id: z.string(),
    type: z.string(),
    order: z.string().nullable(),
    sequence: count
      .nullable()
      .meta({ description: 'Counts what the partner was told of this order.' }),
    status: z.enum(statuses).meta({
      description:
        'out: waiting, delivered, failed or stopped. in: waiting, parked (the order cannot take it yet), done or refused.',
    }),
    why: z.string().nullable(),
    tries: count.meta({ description: 'How often it was sent, or put to the order.' }),
    repeated: count.meta({ description: 'How often the partner sent it again.' }),
    seq: count.nullable().meta({ description: 'Its place in the order’s history.' }),
    at: shownTime,
    nextAt: shownTime.nullable().meta({ description: 'When it is tried again.' }),
    settledAt: shownTime.nullable(),
  })
  .meta({ id: 'PartnerMessage' }) satisfies z.ZodType<PartnerMessage>;

export const messagePage = page('messages', message).meta({ id: 'PartnerMessages' });

const attempt = z
  .object({
    attempt: count,
    at: shownTime,
    tookMs: count.nullable(),
    status: count.nullable().meta({ description: 'The HTTP status, where one was answered.' }),
    excerpt: z.string().nullable().meta({ description: 'The beginning of the answer.' }),
    why: z.string().nullable(),
  })
  .meta({ id: 'DeliveryAttempt' }) satisfies z.ZodType<Attempt>;

export const wholeMessage = message
  .extend({
    body: z.string().meta({ description: 'As it is sent, or as it came in.' }),
    refusal: z.looseObject({}).nullable().meta({ description: 'What the order said no with.' }),
    attempts: z.array(attempt),
    canRepeat: z.boolean().meta({
      description: 'Whether it may be sent once more (out), or put to its order once more (in).',
    }),
  })
  .meta({ id: 'WholePartnerMessage' }) satisfies z.ZodType<
  Omit<WholePartnerMessage, 'refusal'> & { attempts: readonly Attempt[]; canRepeat: boolean }
>;
