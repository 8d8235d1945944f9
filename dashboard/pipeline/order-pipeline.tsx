import { List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { api, dataOf, type Schemas } from '../client/client';
import { orderKey } from '../client/queries';
import { useDialogs } from '../dialogs/provider';
import { Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { moveId } from './move-id';
import type { Standing } from './status-node';

const Drawing = lazy(async () => ({ default: (await import('./drawing')).Drawing }));

type Order = Schemas['Order'];
type OrderPipelines = Schemas['OrderPipeline'];

/** The order's pipeline as its table has it: where it is, the way it came, and what is open from here. */
export function OrderPipeline({ order, at }: { readonly order: Order; readonly at?: number }) {
  const { number, seq, status } = order;
  const { data, error, refetch } = useQuery({
    queryKey: orderKey(number, 'pipeline', at ?? 'now'),
    queryFn: async () => {
      const query = at === undefined ? {} : { at: String(at) };
      return dataOf(
        await api.GET('/v1/orders/{number}/pipeline', { params: { path: { number }, query } }),
      );
    },
    placeholderData: (before) => before,
  });
  const { open } = useDialogs();
  const choose = useCallback(
    (to: string) => open({ number, command: { type: 'set-status', status: to } }),
    [open, number],
  );
  const way = useMemo(() => data?.path.filter((step) => step.seq <= seq) ?? [], [data, seq]);
  const standings = useMemo(
    () => (data ? standingsOf(data, order, way) : undefined),
    [data, order, way],
  );
  const taken = useMemo(
    () => new Set(way.slice(1).map((step, index) => moveId(way[index]?.status ?? '', step.status))),
    [way],
  );
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data || !standings) return <Loading rows={1} height={160} />;
  return (
    <Stack gap="xs">
      <Suspense fallback={<Loading rows={1} height={160} />}>
        <Drawing
          pipeline={data.orders}
          standings={standings}
          taken={taken}
          {...(at === undefined && { onChoose: choose })}
        />
      </Suspense>
      <details>
        <summary>
          <Text span size="sm">
            The same in words
          </Text>
        </summary>
        <List size="sm" mt="xs">
          {way.map((step) => (
            <List.Item key={step.seq}>
              {step.status} <When at={step.at} c="dimmed" />
            </List.Item>
          ))}
          <List.Item>{`Now it is ${status}. ${opens(order)}`}</List.Item>
        </List>
      </details>
    </Stack>
  );
}

function opens({ availableStatuses }: Order): string {
  return availableStatuses.length === 0
    ? 'Nothing follows.'
    : `What may follow: ${availableStatuses.join(', ')}.`;
}

function standingsOf(
  { orders }: OrderPipelines,
  { status: present, availableStatuses }: Order,
  way: OrderPipelines['path'],
): ReadonlyMap<string, Standing> {
  const standingOf = (status: string): Standing => {
    if (status === present) return 'present';
    if (availableStatuses.includes(status)) return 'open';
    return way.some((step) => step.status === status) ? 'past' : 'closed';
  };
  return new Map(orders.statuses.map(({ status }) => [status, standingOf(status)]));
}
