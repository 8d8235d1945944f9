import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../client/client';

const MOST = 6;

/** What is found for a few letters: orders by anything people know of them, and shelves by how their SKU begins. */
export const findQuery = (words: string, isStaff: boolean) =>
  queryOptions({
    queryKey: ['palette', words, isStaff],
    queryFn: async ({ signal }) => {
      const orders = api.GET('/v1/orders', {
        params: { query: { q: words, limit: MOST } },
        signal,
      });
      const shelves = isStaff
        ? api.GET('/v1/stock', { params: { query: { sku: words, limit: MOST } }, signal })
        : undefined;
      return {
        orders: dataOf(await orders).orders,
        stock: shelves ? dataOf(await shelves).stock : [],
      };
    },
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });

export const partnersQuery = queryOptions({
  queryKey: ['palette-partners'],
  queryFn: async () => dataOf(await api.GET('/v1/partners')).partners,
  staleTime: 60_000,
});
