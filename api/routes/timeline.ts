import { feedEnd, listEvents, streamAfter, type RecordedEvent } from '../../db/events';
import { findOrder } from '../found-order';
import type { StoredOrder } from '../../machines/history';
import { agreed } from '../../machines/state';
import { viewEvent } from '../../machines/views/timeline';
import { signsOf } from '../../machines/views/topics';
import { filteredEvents } from '../../db/history/timeline';
import { isSessionOpen } from '../../db/users/sessions';
import { entriesOf } from '../history/entries';
import type { Source } from '../feed';
import { answer, type Answer } from '../http/answers';
import { call, type Call, type Caller } from '../http/call';
import { feedEntry, timelineEntry } from '../schemas/answers';
import { timelinePage } from '../schemas/lists';
import { orderParams, timelineQuery } from '../schemas/parameters';
import type { Services } from '../services';
import { addressOf, noSuchOrder } from '../shown-order';
import { listAnswer } from './pages';

const EVENT_STREAM = 'text/event-stream';
const readers = ['clerk', 'viewer'] as const;

export function timelineCalls(services: Services): Call[] {
  const { db, feed } = services;
  const streamOf = ({ user }: Caller, source: Source): Answer => ({
    ...answer(200),
    stream: (response) =>
      feed.open(response, {
        ...source,
        ...(user && { mayGoOn: () => isSessionOpen(db, user.session) }),
      }),
  });
  return [
    call({
      operationId: 'listEvents',
      method: 'get',
      path: '/v1/orders/{number}/events',
      tag: 'History',
      summary: 'The timeline of an order, oldest or newest first',
      roles: readers,
      params: orderParams,
      query: timelineQuery,
      answers: { 200: { description: 'A page of it.', schema: timelinePage, headers: ['Link'] } },
      async handle({ params: { number }, query }) {
        const order = await findOrder(db, number);
        if (!order) return noSuchOrder(number);
        const { limit, cursor: after, sort, about, cause } = query;
        const { currency } = agreed(order.state.context);
        const wanted = { after, limit: limit + 1, sort, cause, signs: about && signsOf(about) };
        return listAnswer(`${addressOf(number)}/events`, query, 'events', async () => {
          const events = await filteredEvents(db, number, wanted);
          const rows = await entriesOf(services, number, currency, events.slice(0, limit));
          return { rows, next: events.length > limit ? String(rows.at(-1)?.seq) : undefined };
        });
      },
    }),
    call({
      operationId: 'streamOrder',
      method: 'get',
      path: '/v1/orders/{number}/stream',
      tag: 'History',
      summary: 'The timeline of an order as it grows, as server-sent events',
      description:
        'Each event has its `seq` as id; with `Last-Event-ID` the stream goes on after it, without one it begins with the first event.',
      roles: readers,
      params: orderParams,
      resumes: true,
      answers: {
        200: { description: 'Stays open.', schema: timelineEntry, contentType: EVENT_STREAM },
      },
      async handle({ caller, params: { number }, header }) {
        const order = await findOrder(db, number);
        if (!order) return noSuchOrder(number);
        const { currency } = agreed(order.state.context);
        return streamOf(caller, {
          number,
          after: String(placeIn(order, header('last-event-id'))),
          read: async (after) => {
            const events = await listEvents(db, number, { after: Number(after) });
            const entries = await entriesOf(services, number, currency, events);
            return entries.map((entry) => ({ id: String(entry.seq), data: entry }));
          },
        });
      },
    }),
    call({
      operationId: 'streamOrders',
      method: 'get',
      path: '/v1/orders/stream',
      tag: 'History',
      summary: 'What happens to all orders as it happens, as server-sent events',
      description:
        'Begins with what happens next; with `Last-Event-ID` it goes on after that event and misses none.',
      roles: readers,
      resumes: true,
      answers: {
        200: { description: 'Stays open.', schema: feedEntry, contentType: EVENT_STREAM },
      },
      async handle({ caller, header }) {
        return streamOf(caller, {
          after: header('last-event-id') ?? (await feedEnd(db)),
          read: async (after) => {
            const events = await streamAfter(db, after);
            return events.map((event) => ({ id: event.cursor, data: feedEntryOf(event) }));
          },
        });
      },
    }),
  ];
}

/** Where a stream goes on: a place beyond the end is the end, what is none is the beginning. */
function placeIn({ seq }: StoredOrder, lastEventId = ''): number {
  return /^\d+$/.test(lastEventId) ? Math.min(Number(lastEventId), seq) : 0;
}

/** Without sentences: those need the order's currency, which an event does not know. */
function feedEntryOf(event: RecordedEvent) {
  const { says: _, ...entry } = viewEvent(event, event.seq, '');
  return { number: event.number, ...entry };
}
