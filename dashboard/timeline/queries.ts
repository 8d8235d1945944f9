import { infiniteQueryOptions } from '@tanstack/react-query';
import type { paths } from '../client/api';
import { api, dataOf, type Schemas } from '../client/client';
import { orderKey } from '../client/queries';
import { byCursor } from '../parts/more';

export type Entry = Schemas['TimelineEntry'];
export type Topic = Entry['about'][number];
type Asked = NonNullable<paths['/v1/orders/{number}/events']['get']['parameters']['query']>;

const PAGE = 50;

/** An order's events, the newest first; of some topics only where any are given. */
export const eventsQuery = (number: string, topics: readonly string[]) =>
  infiniteQueryOptions({
    queryKey: orderKey(number, 'events', topics),
    queryFn: async ({ pageParam: cursor }) => {
      const query: Asked = {
        limit: PAGE,
        sort: 'newest',
        ...(topics.length > 0 && { about: topics as Asked['about'] }),
        ...(cursor !== undefined && { cursor }),
      };
      return dataOf(
        await api.GET('/v1/orders/{number}/events', { params: { path: { number }, query } }),
      );
    },
    ...byCursor,
  });
