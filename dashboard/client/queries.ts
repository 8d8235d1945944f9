import { MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from './client';
import { isProblem } from './problem';

const FRESH_MS = 10_000;
const MOST_TRIES = 3;

/** What the API refuses is refused again; only what did not arrive is asked again. */
export function createQueries(): QueryClient {
  const onError = (error: unknown) => {
    const isOver = isProblem(error, 401) && error.code === 'unauthenticated';
    if (isOver && queries.getQueryData(meQuery.queryKey)) queries.setQueryData(signedOutKey, true);
  };
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (tries, error) => !isProblem(error) && tries < MOST_TRIES,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  return queries;
}

const signedOutKey = ['signed-out'];

/** Whether the session of somebody who was signed in is over. */
export const signedOutQuery = queryOptions({
  queryKey: signedOutKey,
  queryFn: () => false,
  initialData: false,
  staleTime: Infinity,
  gcTime: Infinity,
});

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
