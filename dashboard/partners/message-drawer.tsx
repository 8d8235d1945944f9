import { Alert, Anchor, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { IconReload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../client/client';
import { Attempts } from '../deliveries/attempts';
import { Facts } from '../deliveries/facts';
import { newIntent } from '../client/intent';
import { Payload } from '../deliveries/payload';
import { StatusPill } from '../deliveries/status-pill';
import { Refused } from '../parts/refused';
import { Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import {
  messageQuery,
  partnersKey,
  partnersQuery,
  type Message,
  type WholeMessage,
} from './queries';

/** One message, whole, while there is one. */
export function MessageDrawer({
  code,
  message,
  onClose,
}: {
  readonly code: string;
  readonly message: Pick<Message, 'id' | 'direction'> | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Drawer
      opened={message !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={message?.direction === 'in' ? 'What the partner said' : 'What the partner was told'}
    >
      {message && <Found code={code} message={message} />}
    </Drawer>
  );
}

function Found({
  code,
  message,
}: {
  readonly code: string;
  readonly message: Pick<Message, 'id' | 'direction'>;
}) {
  const { data, error, refetch } = useQuery(messageQuery(code, message));
  if (data) return <Whole code={code} message={data} />;
  return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
}

function Whole({ code, message }: { readonly code: string; readonly message: WholeMessage }) {
  const { data } = useQuery(partnersQuery);
  return (
    <Stack>
      <Group justify="space-between" role="status">
        <StatusPill statuses={data?.statuses ?? []} status={message.status} />
        {message.canRepeat && <Again code={code} message={message} />}
      </Group>
      {message.why !== null && <Alert color="yellow">{message.why}</Alert>}
      <Facts facts={factsOf(message)} />
      <Payload body={message.body} />
      {message.refusal && (
        <section>
          <Title order={3}>How the order refused it</Title>
          <RefusalOf refusal={message.refusal} />
        </section>
      )}
      {message.direction === 'out' && (
        <section>
          <Title order={3} mb="xs">
            Attempts
          </Title>
          <Attempts attempts={message.attempts} />
        </section>
      )}
    </Stack>
  );
}

function RefusalOf({ refusal: { detail, code } }: { readonly refusal: Record<string, unknown> }) {
  const why = [detail, code].find((each) => typeof each === 'string');
  return <Text>{why}</Text>;
}

function factsOf({
  id,
  type,
  order,
  sequence,
  tries,
  repeated,
  at,
  nextAt,
  settledAt,
}: WholeMessage) {
  return [
    ['Type', type],
    [
      'Order',
      order !== null && (
        <Anchor component={Link} to={`/orders/${order}`}>
          {order}
        </Anchor>
      ),
    ],
    ['Number in the order', sequence],
    ['When', <When key="at" at={at} as="date" />],
    ['Tried', `${tries.toLocaleString()} ×`],
    ['Sent again by it', repeated > 0 && `${repeated.toLocaleString()} ×`],
    ['Next try', nextAt !== null && <When at={nextAt} />],
    ['Settled', settledAt !== null && <When at={settledAt} as="date" />],
    ['Id', id],
  ] as const;
}

/** Sends again what the partner was told, or puts to the order again what it said. */
function Again({
  code,
  message: { id, direction },
}: {
  readonly code: string;
  readonly message: WholeMessage;
}) {
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: async () => {
      const params = { path: { code, id }, header: newIntent() };
      await (direction === 'out'
        ? api.POST('/v1/partners/{code}/messages/{id}/redeliveries', { params })
        : api.POST('/v1/partners/{code}/messages/{id}/retry', { params }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: partnersKey }),
  });
  return (
    <>
      <Button
        loading={again.isPending}
        onClick={() => again.mutate()}
        leftSection={<IconReload size={16} aria-hidden />}
      >
        {direction === 'out' ? 'Send again' : 'Try again'}
      </Button>
      <Refused error={again.error} />
    </>
  );
}
