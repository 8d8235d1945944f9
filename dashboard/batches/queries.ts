import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import { byCursor } from '../parts/more';

export type Batch = Schemas['Batch'];
export type Outcome = Schemas['BatchResult']['outcome'];

/** A batch that runs is looked at again so often. */
const LOOK_MS = 800;

export const batchesQuery = infiniteQueryOptions({
  queryKey: ['batches'],
  queryFn: async ({ pageParam: cursor }) =>
    dataOf(
      await api.GET('/v1/batches', {
        params: { query: { limit: 50, ...(cursor !== undefined && { cursor }) } },
      }),
    ),
  ...byCursor,
});

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: ['batch', id],
    queryFn: async () => {
      return dataOf(await api.GET('/v1/batches/{id}', { params: { path: { id } } })).batch;
    },
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK_MS : false),
  });

export const resultsQuery = (id: string, outcome: string | undefined, isRunning: boolean) =>
  infiniteQueryOptions({
    queryKey: ['batch', id, 'results', outcome ?? 'all'],
    queryFn: async ({ pageParam: cursor }) =>
      dataOf(
        await api.GET('/v1/batches/{id}/results', {
          params: {
            path: { id },
            query: {
              limit: 100,
              ...(outcome !== undefined && { outcome: outcome as Outcome }),
              ...(cursor !== undefined && { cursor }),
            },
          },
        }),
      ),
    ...byCursor,
    refetchInterval: isRunning ? LOOK_MS : false,
  });

/** How many orders of a batch are over, whatever became of them. */
export function overOf({ total, counts: { waiting = 0, running = 0 } }: Batch): number {
  return total - waiting - running;
}
