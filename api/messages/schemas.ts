import { z } from 'zod';
import type { MessageStatus } from '../../db/outbox/messages';
import type { Tone } from '../../machines/table';
import { count, cursor, limit, orderNumber, page, shownTime } from '../schemas/common';
import { tone } from '../schemas/orders';
import { words } from '../schemas/parameters';

const tones = {
  failed: 'danger',
  'not sent': 'warning',
  waiting: 'info',
  sent: 'success',
} as const satisfies Record<MessageStatus, Tone>;

/** What may become of a message; first what people should look at. */
export const messageStatuses = Object.entries(tones).map(([status, tone]) => ({ status, tone }));

export const withTone = <Shown extends { readonly status: MessageStatus }>(message: Shown) => ({
  ...message,
  tone: tones[message.status],
});

const isStatus = (word: string): word is MessageStatus => Object.hasOwn(tones, word);
const names = Object.keys(tones) as [MessageStatus, ...MessageStatus[]];

const outcome = {
  status: z.enum(names),
  tone,
};

const message = z
  .object({
    id: z.string(),
    number: z.string().meta({ description: 'The order’s.' }),
    seq: count.meta({ description: 'The place in the timeline of the event that owes it.' }),
    kind: z.string(),
    cause: z.string().meta({ description: 'What it is owed for; one kind once for each cause.' }),
    shippingEvent: z
      .string()
      .nullable()
      .meta({ description: 'The shipping event that it speaks of, for `send-message`.' }),
    ...outcome,
    to: z.string().nullable(),
    subject: z.string().nullable().meta({ description: 'null until it is written.' }),
    why: z.string().nullable().meta({ description: 'Why it is not sent, or not yet.' }),
    attempts: count,
    messageId: z.string().nullable(),
    createdAt: shownTime,
    sentAt: shownTime.nullable(),
  })
  .meta({ id: 'Message', description: 'A message to the customer and what became of it.' });

export const messageList = z.object({ messages: z.array(message) }).meta({ id: 'Messages' });

export const messagePage = page('messages', message)
  .extend({
    statuses: z.array(z.object(outcome)).meta({ description: 'What may become of a message.' }),
  })
  .meta({ id: 'MessagePage' });

export const wholeMessage = message
  .extend({
    from: z.string().nullable(),
    text: z.string().nullable(),
    html: z.string().nullable(),
  })
  .meta({ id: 'WholeMessage', description: 'A message with its words, as it is sent.' });

export const messageParams = z.object({ number: orderNumber, id: z.uuid() });

export const messageQuery = z.strictObject({
  status: words(`Only these: ${names.join(', ')}.`)
    .refine((given) => given?.every(isStatus) ?? true, {
      error: `A status is one of ${names.join(', ')}.`,
    })
    .transform((given) => given?.filter(isStatus)),
  kind: words('Only of these kinds.'),
  number: orderNumber.optional(),
  to: z.string().max(320).optional().meta({ description: 'The whole address that it goes to.' }),
  limit,
  cursor,
});
