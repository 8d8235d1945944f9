import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import { orderKey } from '../client/queries';

export type Entry = Schemas['TimelineEntry'];
export type Topic = Entry['about'][number];

const PAGE = 40;
const LARGEST_PAGE = 100;

/** An order's timeline, the newest first, about these topics or about everything. */
export const timelineQuery = (number: string, about: readonly Topic[]) =>
  infiniteQueryOptions({
    queryKey: orderKey(number, 'events', ...about),
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) => {
      const topics = about.length > 0 ? { about: about.join(',') } : {};
      const query = { sort: 'newest' as const, limit: PAGE, ...topics, ...(cursor && { cursor }) };
      const params = { path: { number }, query };
      return dataOf(await api.GET('/v1/orders/{number}/events', { params }));
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Every event of an order, the oldest first: what a slider slides over. */
export const historyQuery = (number: string) =>
  queryOptions({
    queryKey: orderKey(number, 'history'),
    queryFn: async () => {
      const all: Entry[] = [];
      let cursor: string | null | undefined;
      do {
        const query = { limit: LARGEST_PAGE, ...(cursor && { cursor }) };
        const params = { path: { number }, query };
        const page = dataOf(await api.GET('/v1/orders/{number}/events', { params }));
        all.push(...page.events);
        cursor = page.next;
      } while (cursor);
      return all;
    },
  });
