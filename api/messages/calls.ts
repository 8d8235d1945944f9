import { listAllMessages } from '../../db/outbox/all-messages';
import { listMessages, readMessage } from '../../db/outbox/messages';
import { findOrder } from '../found-order';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import { listAnswer } from '../routes/pages';
import { orderParams } from '../schemas/parameters';
import type { Services } from '../services';
import { noSuchOrder } from '../shown-order';
import {
  messageList,
  messagePage,
  messageParams,
  messageQuery,
  messageStatuses,
  wholeMessage,
  withTone,
} from './schemas';

const readers = ['clerk', 'viewer'] as const;

export function messageCalls({ db }: Services): Call[] {
  return [
    call({
      operationId: 'listAllMessages',
      method: 'get',
      path: '/v1/messages',
      tag: 'Messages',
      summary: 'What customers of all orders were told, or are to be told, newest first',
      roles: readers,
      query: messageQuery,
      answers: {
        200: { description: 'A page of messages.', schema: messagePage, headers: ['Link'] },
      },
      async handle({ query }) {
        const page = await listAnswer('/v1/messages', query, 'messages', async () => {
          const { limit, cursor: after, ...filter } = query;
          const { rows, next } = await listAllMessages(db, filter, { limit, after });
          return { rows: rows.map(withTone), next };
        });
        if (page.status !== 200) return page;
        return { ...page, body: { ...(page.body as object), statuses: messageStatuses } };
      },
    }),
    call({
      operationId: 'listMessages',
      method: 'get',
      path: '/v1/orders/{number}/messages',
      tag: 'Messages',
      summary: 'What the customer of an order was told, or is to be told, oldest first',
      description: 'The newest 500. `send-message` sends one again.',
      roles: readers,
      params: orderParams,
      answers: { 200: { description: 'The messages.', schema: messageList } },
      async handle({ params: { number } }) {
        const order = await findOrder(db, number);
        if (!order) return noSuchOrder(number);
        return answer(200, { messages: (await listMessages(db, number)).map(withTone) });
      },
    }),
    call({
      operationId: 'getMessage',
      method: 'get',
      path: '/v1/orders/{number}/messages/{id}',
      tag: 'Messages',
      summary: 'One message as it was sent: subject, text and HTML',
      roles: readers,
      params: messageParams,
      answers: { 200: { description: 'The message.', schema: wholeMessage } },
      async handle({ params: { number, id } }) {
        const order = await findOrder(db, number);
        if (!order) return noSuchOrder(number);
        const found = await readMessage(db, number, id);
        if (found) return answer(200, withTone(found));
        return problem('not-found', { detail: `Order ${number} has no message ${id}.` });
      },
    }),
  ];
}
