import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Search } from '../app/search';
import { api, dataOf, type Schemas } from '../client/client';

export type Row = Schemas['OrderRow'];
export type PartnerRow = Schemas['PartnerOrderRow'];
export type AnyRow = Row | PartnerRow;

const PAGE = '50';

/** Whether the row has money in it: a partner's has none. */
export const isWhole = (row: AnyRow): row is Row => 'total' in row;

/** The orders that an address asks for, page by page. */
export const ordersQuery = (search: Search) =>
  infiniteQueryOptions({
    queryKey: ['orders', search],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) => {
      const query = { ...search, limit: PAGE, ...(cursor !== undefined && { cursor }) };
      return dataOf(await api.GET('/v1/orders', { params: { query } }));
    },
    getNextPageParam: ({ next }) => cursorOf(next),
  });

/** The API names the next page by its whole address. */
function cursorOf(next: string | null): string | undefined {
  if (next === null) return undefined;
  return new URLSearchParams(next.split('?')[1]).get('cursor') ?? undefined;
}

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async () => dataOf(await api.GET('/v1/views')).views,
});
export type View = Schemas['View'];

/** Whether two addresses ask for the same. */
export function sameSearch(one: Search, other: Search): boolean {
  const written = (search: Search) =>
    JSON.stringify(Object.entries(search).map(([name, value]) => [name, [value].flat()]).sort());
  return written(one) === written(other);
}
