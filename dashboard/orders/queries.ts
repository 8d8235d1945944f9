import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Search } from '../app/search';
import type { paths } from '../client/api';
import { api, dataOf, type Schemas } from '../client/client';
import { byCursor } from '../parts/more';

export type Row = Schemas['OrderRow'];
export type AnyRow = Row | Schemas['PartnerOrderRow'];
export type View = Schemas['View'];
type Asked = NonNullable<paths['/v1/orders']['get']['parameters']['query']>;

const PAGE = 50;

/** Whether the row has money in it: a partner's has none. */
export const isWhole = (row: AnyRow): row is Row => 'total' in row;

/** The orders that an address asks for, page by page; what it asks for in vain, the API says. */
export const ordersQuery = (search: Search) =>
  infiniteQueryOptions({
    queryKey: ['orders', search],
    queryFn: async ({ pageParam: cursor }) => {
      const query = { ...(search as Asked), limit: PAGE, ...(cursor !== undefined && { cursor }) };
      return dataOf(await api.GET('/v1/orders', { params: { query } }));
    },
    ...byCursor,
  });

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async () => dataOf(await api.GET('/v1/views')),
});

/** Whether two addresses ask for the same. */
export function sameSearch(one: Search, other: Search): boolean {
  const written = (search: Search) =>
    JSON.stringify(
      Object.entries(search)
        .map(([name, value]) => [name, [value].flat().sort()] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return written(one) === written(other);
}
