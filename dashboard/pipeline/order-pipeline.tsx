import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Schemas } from '../client/client';
import { actionsQuery, orderQuery } from '../client/queries';
import { useDialogs } from '../dialogs/provider';
import { count } from '../parts/format';
import { Failed, Loading } from '../parts/states';
import { PipelineView } from './pipeline-view';
import { pipelineQuery } from './queries';
import { bareStanding, type Standing } from './standing';

type Order = Schemas['Order'];
type Drawn = Schemas['OrderPipeline'];

/** The order's pipeline as its machine has it: where it is, the way it came, and what is open from here. */
export function OrderPipeline({ order }: { readonly order: Order }) {
  const { data, error, refetch } = useQuery(pipelineQuery(order));
  const [shown, setShown] = useState<'orders' | 'lines'>('orders');
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={1} height={220} />;
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Which pipeline"
        value={shown}
        onChange={setShown}
        data={[
          { value: 'orders', label: 'Order' },
          { value: 'lines', label: 'Lines' },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      {shown === 'orders' ? (
        <OfOrder order={order} drawn={data} />
      ) : (
        <OfLines order={order} drawn={data} />
      )}
    </Stack>
  );
}

interface PartProps {
  readonly order: Order;
  readonly drawn: Drawn;
}

function OfOrder({ order, drawn }: PartProps) {
  const open = useOpenStatuses(order);
  const standings = useMemo(() => {
    const way = drawn.path.filter(({ seq }) => seq <= order.seq);
    return drawn.orders.statuses.map((each): Standing => {
      const visits = way.flatMap(({ status, at }, index) =>
        status === each.status ? [{ step: index + 1, at }] : [],
      );
      const isHere = each.status === order.status;
      const onOpen = open.get(each.status);
      return { ...bareStanding(each, drawn.orders.initial), visits, isHere, onOpen };
    });
  }, [drawn, order, open]);
  return (
    <>
      {open.size > 0 && (
        <Text size="sm" c="dimmed">
          Choose a status with an arrow to change to it.
        </Text>
      )}
      <PipelineView
        label={`Pipeline of order ${order.number}`}
        pipeline={drawn.orders}
        standings={standings}
      />
    </>
  );
}

/** What each status that the order may have next opens; none of an order that is shown as it was. */
function useOpenStatuses({ number, seq }: Order): ReadonlyMap<string, () => void> {
  const { data: now } = useQuery(orderQuery(number));
  const { data: actions } = useQuery(actionsQuery(number));
  const { open } = useDialogs();
  return useMemo(() => {
    const isNow = now?.seq === seq;
    const allowed = isNow ? (actions?.actions.filter((action) => action.allowed) ?? []) : [];
    return new Map(
      allowed.flatMap(({ type, command }) =>
        type === 'set-status'
          ? [
              [
                String(command.status),
                () => open({ number, command: { ...command, type } }),
              ] as const,
            ]
          : [],
      ),
    );
  }, [now, seq, actions, number, open]);
}

function OfLines({ order, drawn }: PartProps) {
  const standings = useMemo(
    () =>
      drawn.lines.statuses.map((each): Standing => {
        const here = order.lines.filter(({ status }) => status === each.status).length;
        const bare = bareStanding(each, drawn.lines.initial);
        return here > 0 ? { ...bare, isHere: true, note: count(here, 'line') } : bare;
      }),
    [drawn, order],
  );
  return (
    <PipelineView
      label={`Pipeline of the lines of order ${order.number}`}
      pipeline={drawn.lines}
      standings={standings}
    />
  );
}
