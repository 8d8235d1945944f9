import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import { byCursor } from '../parts/more';

/** A task of an order, or of the house: about no order. */
export type Task = Schemas['TaskPage']['tasks'][number];

/** All that is about tasks lives under this key. */
export const taskKey = (...rest: readonly unknown[]) => ['tasks', ...rest] as const;

export interface TaskFilter {
  readonly state: 'open' | 'closed';
  readonly reason?: string;
}

export const tasksQuery = (filter: TaskFilter) =>
  infiniteQueryOptions({
    queryKey: taskKey('list', filter),
    queryFn: async ({ pageParam: cursor }) =>
      dataOf(await api.GET('/v1/tasks', { params: { query: { ...filter, cursor } } })),
    ...byCursor,
  });

/** Why people are asked to look, and how many tasks are open for each reason. */
export const reasonsQuery = queryOptions({
  queryKey: taskKey('reasons'),
  queryFn: async () => dataOf(await api.GET('/v1/task-reasons')),
});
