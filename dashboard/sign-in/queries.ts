import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../client/client';

/** What a link does, and for whom. */
export const linkQuery = (link: string) =>
  queryOptions({
    queryKey: ['sign-in-link', link],
    queryFn: async () => dataOf(await api.POST('/v1/sign-in-links/read', { body: { link } })),
    staleTime: Infinity,
    gcTime: 0,
  });
