import { z } from 'zod';
import { listMessages, readMessage } from '../../db/outbox/messages';
import { findOrder } from '../found-order';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import { count, orderNumber, shownTime } from '../schemas/common';
import { orderParams } from '../schemas/parameters';
import type { Services } from '../services';
import { noSuchOrder } from '../shown-order';

const message = z
  .object({
    id: z.string(),
    seq: count.meta({ description: 'The place in the timeline of the event that owes it.' }),
    kind: z.string(),
    cause: z.string().meta({ description: 'What it is owed for; one kind once for each cause.' }),
    status: z.enum(['waiting', 'sent', 'not sent', 'failed']),
    to: z.string().nullable(),
    subject: z.string().nullable().meta({ description: 'null until it is written.' }),
    why: z.string().nullable().meta({ description: 'Why it is not sent, or not yet.' }),
    attempts: count,
    messageId: z.string().nullable(),
    createdAt: shownTime,
    sentAt: shownTime.nullable(),
  })
  .meta({ id: 'Message', description: 'A message to the customer and what became of it.' });

const messageList = z.object({ messages: z.array(message) }).meta({ id: 'Messages' });

const wholeMessage = message
  .extend({
    from: z.string().nullable(),
    text: z.string().nullable(),
    html: z.string().nullable(),
  })
  .meta({ id: 'WholeMessage', description: 'A message with its words, as it is sent.' });

const messageParams = z.object({ number: orderNumber, id: z.uuid() });
const readers = ['clerk', 'viewer'] as const;

export function messageCalls({ db }: Services): Call[] {
  return [
    call({
      operationId: 'listMessages',
      method: 'get',
      path: '/v1/orders/{number}/messages',
      tag: 'History',
      summary: 'What the customer of an order was told, or is to be told, oldest first',
      description: 'The newest 500. `send-message` sends one again.',
      roles: readers,
      params: orderParams,
      answers: { 200: { description: 'The messages.', schema: messageList } },
      async handle({ params: { number } }) {
        const order = await findOrder(db, number);
        if (!order) return noSuchOrder(number);
        return answer(200, { messages: await listMessages(db, number) });
      },
    }),
    call({
      operationId: 'getMessage',
      method: 'get',
      path: '/v1/orders/{number}/messages/{id}',
      tag: 'History',
      summary: 'One message as it was sent: subject, text and HTML',
      roles: readers,
      params: messageParams,
      answers: { 200: { description: 'The message.', schema: wholeMessage } },
      async handle({ params: { number, id } }) {
        const order = await findOrder(db, number);
        if (!order) return noSuchOrder(number);
        const found = await readMessage(db, number, id);
        if (found) return answer(200, found);
        return problem('not-found', { detail: `Order ${number} has no message ${id}.` });
      },
    }),
  ];
}
