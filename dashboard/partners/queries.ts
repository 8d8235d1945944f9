import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import { byCursor } from '../parts/more';

export type Partner = Schemas['Partner'];
export type Message = Schemas['PartnerMessage'];
export type WholeMessage = Schemas['WholePartnerMessage'];

/** What is shown of messages is asked for anew so often: they come and go by themselves. */
const REFRESH_MS = 5_000;

export const partnersKey = ['partners'] as const;

/** Every partner with its figures, and the words for what becomes of messages. */
export const partnersQuery = queryOptions({
  queryKey: [...partnersKey, 'all'],
  queryFn: async () => dataOf(await api.GET('/v1/partners')),
  refetchInterval: REFRESH_MS,
});

export const partnerQuery = (code: string) =>
  queryOptions({
    queryKey: [...partnersKey, 'one', code],
    queryFn: async () =>
      dataOf(await api.GET('/v1/partners/{code}', { params: { path: { code } } })),
  });

export interface MessageFilter {
  readonly direction?: Message['direction'];
  readonly status?: string;
  readonly order?: string;
}

/** What a partner was told and what it said, newest first. */
export const messagesQuery = (code: string, filter: MessageFilter) =>
  infiniteQueryOptions({
    queryKey: [...partnersKey, 'one', code, 'messages', filter],
    queryFn: async ({ pageParam: cursor }) => {
      const { status, ...rest } = filter;
      const query = {
        ...rest,
        ...(status !== undefined && { status: [status] }),
        ...(cursor !== undefined && { cursor }),
      };
      const params = { path: { code }, query };
      return dataOf(await api.GET('/v1/partners/{code}/messages', { params }));
    },
    ...byCursor,
    refetchInterval: REFRESH_MS,
  });

export const messageQuery = (code: string, { id, direction }: Pick<Message, 'id' | 'direction'>) =>
  queryOptions({
    queryKey: [...partnersKey, 'one', code, 'message', direction, id],
    queryFn: async () => {
      const params = { path: { code, id }, query: { direction } };
      return dataOf(await api.GET('/v1/partners/{code}/messages/{id}', { params }));
    },
    refetchInterval: REFRESH_MS,
  });
