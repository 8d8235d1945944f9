import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../client/client';
import { isProblem } from '../client/problem';

const LOOK_MS = 5_000;

/** What runs, and what waits. */
export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: async () => dataOf(await api.GET('/v1/system')),
  refetchInterval: LOOK_MS,
});

/** Whether PostgreSQL and Temporal answer; a no is an answer, too. */
export const readyQuery = queryOptions({
  queryKey: ['ready'],
  queryFn: async () => {
    try {
      return dataOf(await api.GET('/readyz'));
    } catch (error) {
      if (!isProblem(error, 503)) throw error;
      return error.problem as unknown as { ready: boolean; postgres: boolean; temporal: boolean };
    }
  },
  refetchInterval: LOOK_MS,
  retry: false,
});
