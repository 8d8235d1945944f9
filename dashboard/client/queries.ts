import { QueryClient, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from './client';
import { isProblem } from './problem';

const FRESH_MS = 10_000;
const MOST_TRIES = 3;

/** What the API refuses is refused again; only what did not arrive is asked again. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (tries, error) => !isProblem(error) && tries < MOST_TRIES,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Who is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => dataOf(await api.GET('/v1/me')),
  staleTime: Infinity,
});

/** The shop's table. */
export const shopQuery = queryOptions({
  queryKey: ['shop'],
  queryFn: async () => dataOf(await api.GET('/v1/shop')),
  staleTime: 60_000,
});

/** Everything about one order lives under ['order', number], so that one event refreshes all of it. */
export const orderKey = (number: string, ...rest: readonly unknown[]) =>
  ['order', number, ...rest] as const;

const momentOf = (at?: number) => (at === undefined ? {} : { at: String(at) });

/** An order as it is, or as it was after an event (`at`). */
export const orderQuery = (number: string, at?: number) =>
  queryOptions({
    queryKey: orderKey(number, 'state', at ?? 'now'),
    queryFn: async () => {
      const params = { path: { number }, query: momentOf(at) };
      return dataOf(await api.GET('/v1/orders/{number}', { params }));
    },
  });

/** What may happen to an order now, and what may not, because of what. */
export const actionsQuery = (number: string, at?: number) =>
  queryOptions({
    queryKey: orderKey(number, 'actions', at ?? 'now'),
    queryFn: async () => {
      const params = { path: { number }, query: momentOf(at) };
      return dataOf(await api.GET('/v1/orders/{number}/actions', { params }));
    },
  });
