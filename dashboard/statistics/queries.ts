import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import type { Span } from './span';

export type Figures = Schemas['Statistics'];

export const statisticsQuery = (span: Span) =>
  queryOptions({
    queryKey: ['statistics', span],
    queryFn: async () =>
      dataOf(await api.GET('/v1/statistics', { params: { query: { ...span } } })),
  });
