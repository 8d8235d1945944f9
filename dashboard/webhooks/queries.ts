import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import type { operations } from '../client/api';
import { byCursor } from '../parts/more';

export type Endpoint = Schemas['WebhookEndpoint'];
export type DeliveryFilter = Pick<
  NonNullable<operations['listWebhookDeliveries']['parameters']['query']>,
  'status' | 'type' | 'order'
>;

/** What is shown of deliveries is asked for anew so often: they are made and settled by themselves. */
const REFRESH_MS = 5_000;

export const webhooksKey = ['webhooks'] as const;

/** What endpoints can be told of, and the words for what becomes of deliveries. */
export const typesQuery = queryOptions({
  queryKey: ['webhook-types'],
  queryFn: async () => dataOf(await api.GET('/v1/webhooks/types')),
  staleTime: Infinity,
});

export const webhooksQuery = infiniteQueryOptions({
  queryKey: [...webhooksKey, 'all'],
  queryFn: async ({ pageParam: cursor }) => {
    const query = cursor === undefined ? {} : { cursor };
    return dataOf(await api.GET('/v1/webhooks', { params: { query } }));
  },
  ...byCursor,
  refetchInterval: REFRESH_MS,
});

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: [...webhooksKey, id],
    queryFn: async () => dataOf(await api.GET('/v1/webhooks/{id}', { params: { path: { id } } })),
    refetchInterval: REFRESH_MS,
  });

/** What an endpoint was sent, newest first. */
export const deliveriesQuery = (id: string, filter: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: [...webhooksKey, id, 'deliveries', filter],
    queryFn: async ({ pageParam: cursor }) => {
      const query = { ...filter, ...(cursor !== undefined && { cursor }) };
      const params = { path: { id }, query };
      return dataOf(await api.GET('/v1/webhooks/{id}/deliveries', { params }));
    },
    ...byCursor,
    refetchInterval: REFRESH_MS,
  });

export const deliveryQuery = (id: string, delivery: string) =>
  queryOptions({
    queryKey: [...webhooksKey, id, 'delivery', delivery],
    queryFn: async () => {
      const params = { path: { id, delivery } };
      return dataOf(await api.GET('/v1/webhooks/{id}/deliveries/{delivery}', { params }));
    },
    refetchInterval: REFRESH_MS,
  });
