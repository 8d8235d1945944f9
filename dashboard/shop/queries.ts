import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../client/client';

/** The shop's table as people read it. */
export const explainedShopQuery = queryOptions({
  queryKey: ['shop', 'explained'],
  queryFn: async () => dataOf(await api.GET('/v1/shop/explained')),
  staleTime: 60_000,
});
