import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../client/client';
import { byCursor } from '../parts/more';

/** All that is about stock lives under this key, so that one change refreshes it. */
export const stockKey = (...rest: readonly unknown[]) => ['stock', ...rest] as const;

export interface StockFilter {
  readonly low?: 'true';
  readonly sku?: string;
  readonly location?: string;
}

export const stockQuery = (filter: StockFilter) =>
  infiniteQueryOptions({
    queryKey: stockKey('list', filter),
    queryFn: async ({ pageParam: cursor }) =>
      dataOf(await api.GET('/v1/stock', { params: { query: { ...filter, cursor } } })),
    ...byCursor,
  });

export const recordQuery = (sku: string) =>
  queryOptions({
    queryKey: stockKey('record', sku),
    queryFn: async () => dataOf(await api.GET('/v1/stock/{sku}', { params: { path: { sku } } })),
  });

export const ledgerQuery = (sku: string, location?: string) =>
  infiniteQueryOptions({
    queryKey: stockKey('record', sku, 'ledger', location ?? 'all'),
    queryFn: async ({ pageParam: cursor }) => {
      const params = { path: { sku }, query: { location, cursor, limit: 25 } };
      return dataOf(await api.GET('/v1/stock/{sku}/ledger', { params }));
    },
    ...byCursor,
  });

export const alertsQuery = (open?: 'true' | 'false') =>
  infiniteQueryOptions({
    queryKey: stockKey('alerts', open ?? 'all'),
    queryFn: async ({ pageParam: cursor }) =>
      dataOf(await api.GET('/v1/stock-alerts', { params: { query: { open, cursor } } })),
    ...byCursor,
  });

export const locationsQuery = queryOptions({
  queryKey: stockKey('locations'),
  queryFn: async () => dataOf(await api.GET('/v1/stock-locations')).locations,
});
