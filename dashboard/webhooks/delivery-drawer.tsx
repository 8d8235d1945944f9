import { Alert, Drawer, Group, Stack, Title } from '@mantine/core';
import { IconReload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas } from '../client/client';
import { Attempts } from '../deliveries/attempts';
import { Facts } from '../deliveries/facts';
import { Payload } from '../deliveries/payload';
import { StatusPill } from '../deliveries/status-pill';
import { AnchorLink } from '../parts/anchor-link';
import { newIntent } from '../client/intent';
import { MayButton } from '../parts/may';
import { Refused } from '../parts/refused';
import { Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { deliveryQuery, typesQuery, webhookQuery, webhooksKey } from './queries';

/** One delivery, whole, while there is one. */
export function DeliveryDrawer({
  id,
  delivery,
  onClose,
}: {
  readonly id: string;
  readonly delivery: string | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Drawer
      opened={delivery !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title="Delivery"
    >
      {delivery !== undefined && <Found id={id} delivery={delivery} />}
    </Drawer>
  );
}

function Found({ id, delivery }: { readonly id: string; readonly delivery: string }) {
  const { data, error, refetch } = useQuery(deliveryQuery(id, delivery));
  if (data) return <Whole id={id} delivery={data} />;
  return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
}

function Whole({
  id,
  delivery,
}: {
  readonly id: string;
  readonly delivery: Schemas['FullWebhookDelivery'];
}) {
  const { data: words } = useQuery(typesQuery);
  return (
    <Stack>
      <Group justify="space-between" role="status">
        <StatusPill statuses={words?.statuses ?? []} status={delivery.status} />
        <Again id={id} delivery={delivery.id} />
      </Group>
      {delivery.why !== null && <Alert color="yellow">{delivery.why}</Alert>}
      <Facts facts={factsOf(delivery)} />
      <Payload body={delivery.body} />
      <section>
        <Title order={3} mb="xs">
          Attempts
        </Title>
        <Attempts attempts={delivery.log} />
      </section>
    </Stack>
  );
}

function factsOf(delivery: Schemas['FullWebhookDelivery']) {
  const { id, type, order, sequence, createdAt, nextAt, settledAt } = delivery;
  return [
    ['Type', type],
    [
      'Order',
      order !== null && (
        <AnchorLink to="/orders/$number" params={{ number: order }}>
          {order}
        </AnchorLink>
      ),
    ],
    ['Number in the order', sequence],
    ['Made', <When key="made" at={createdAt} as="date" />],
    ['Next try', nextAt !== null && <When at={nextAt} />],
    ['Settled', settledAt !== null && <When at={settledAt} as="date" />],
    ['webhook-id', id],
  ] as const;
}

function Again({ id, delivery }: { readonly id: string; readonly delivery: string }) {
  const { data: endpoint } = useQuery(webhookQuery(id));
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () => {
      const params = { path: { id, delivery }, header: newIntent() };
      return api.POST('/v1/webhooks/{id}/deliveries/{delivery}/redeliveries', { params });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: webhooksKey }),
  });
  if (!endpoint?.allowed.includes('redeliver')) return null;
  return (
    <>
      <MayButton
        needs="redeliverWebhook"
        loading={again.isPending}
        onClick={() => again.mutate()}
        leftSection={<IconReload size={16} aria-hidden />}
      >
        Send again
      </MayButton>
      <Refused error={again.error} />
    </>
  );
}
