import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../client/client';

/** Where one is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => dataOf(await api.GET('/v1/sessions')).sessions,
});

/** Who may sign in. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async () => dataOf(await api.GET('/v1/users')).users,
});

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async () => dataOf(await api.GET('/v1/keys')).keys,
});

/** Whom somebody may work for. */
export const partnerChoicesQuery = queryOptions({
  queryKey: ['partners', 'choices'],
  queryFn: async () => dataOf(await api.GET('/v1/partners')).partners,
});
