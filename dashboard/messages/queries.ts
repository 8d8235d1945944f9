import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import { orderKey } from '../client/queries';
import { byCursor } from '../parts/more';

export type Message = Schemas['Message'];

export interface MessageFilter {
  readonly status?: string;
  readonly kind?: string;
  readonly number?: string;
  readonly to?: string;
}

/** All that lists messages of several orders lives under this key. */
export const messagesKey = (...rest: readonly unknown[]) => ['messages', ...rest] as const;

export const messagesQuery = (filter: MessageFilter) =>
  infiniteQueryOptions({
    queryKey: messagesKey(filter),
    queryFn: async ({ pageParam: cursor }) =>
      dataOf(await api.GET('/v1/messages', { params: { query: { ...filter, cursor } } })),
    ...byCursor,
  });

/** What the customer of an order was told, oldest first. */
export const orderMessagesQuery = (number: string) =>
  queryOptions({
    queryKey: orderKey(number, 'messages'),
    queryFn: async () => {
      const params = { path: { number } };
      return dataOf(await api.GET('/v1/orders/{number}/messages', { params })).messages;
    },
  });

/** One message with its words. */
export const messageQuery = (number: string, id: string) =>
  queryOptions({
    queryKey: orderKey(number, 'messages', id),
    queryFn: async () => {
      const params = { path: { number, id } };
      return dataOf(await api.GET('/v1/orders/{number}/messages/{id}', { params }));
    },
  });
