import { Alert, Button, Grid, Group, Skeleton, Stack } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useShortcuts } from '../app/shortcuts';
import type { Schemas } from '../client/client';
import { orderQuery } from '../client/queries';
import { lastSearch } from '../orders/last-search';
import { OrderMessages } from '../messages/order-messages';
import { Failed } from '../parts/states';
import { OrderPipeline } from '../pipeline/order-pipeline';
import { TimeTravel } from '../timeline/time-travel';
import { Timeline } from '../timeline/timeline';
import { HandOvers } from './hand-overs';
import { BackToOrders, Heading } from './heading';
import { Lines } from './lines';
import { News } from './news';
import { Notes } from './notes';
import { PartnerOrderView } from './partner-order';
import { Payments } from '../payments/payments';
import { People } from './people';
import { printPickingSlip } from './printing';
import { Returns } from './returns';
import { Section } from '../parts/section';
import { Standing } from './standing';

type Order = Schemas['Order'];

const route = getRouteApi('/house/orders/$number');

/** On a phone, what can be done stands at the foot of the window and must hide nothing. */
const ROOM_FOR_ACTIONS = { base: 64, sm: 0 };

export function OrderPage() {
  const { number } = route.useParams();
  const { at } = route.useSearch();
  const { data, error, refetch } = useQuery({
    ...orderQuery(number, at),
    placeholderData: (before) => (before?.number === number ? before : undefined),
  });
  if (data) {
    return 'payment' in data ? (
      <WholeOrder order={data} at={at} />
    ) : (
      <PartnerOrderView order={data} />
    );
  }
  if (!error) return <Waiting />;
  return (
    <Stack>
      <BackToOrders />
      <Failed error={error} onRetry={() => void refetch()} isPage />
    </Stack>
  );
}

function WholeOrder({ order, at }: { readonly order: Order; readonly at: number | undefined }) {
  const { number, lines, shipments, currency, handOvers } = order;
  const navigate = route.useNavigate();
  const travel = (seq: number | undefined) =>
    void navigate({
      search: seq === undefined ? {} : { at: seq },
      replace: true,
      resetScroll: false,
    });
  const isPast = at !== undefined;
  useShortcuts(
    useMemo(
      () => [
        {
          keys: 'n',
          says: 'Write a note',
          run: () => document.getElementById('new-note')?.focus(),
        },
        ...(isPast
          ? []
          : [
              {
                keys: 'p',
                says: 'Print the picking slip',
                run: () => void printPickingSlip(number),
              },
            ]),
        {
          keys: 'u',
          says: 'Back to the orders',
          run: () => void navigate({ to: '/orders', search: lastSearch() }),
        },
      ],
      [number, navigate, isPast],
    ),
  );
  return (
    <Stack gap="md" pb={ROOM_FOR_ACTIONS}>
      {isPast && <Past onNow={() => travel(undefined)} />}
      <Heading order={order} isPast={isPast} />
      <Standing order={order} isPast={isPast} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="md">
            <Lines
              number={number}
              lines={lines}
              shipments={shipments}
              currency={currency}
              isPrintable={!isPast}
            />
            <Returns order={order} isPast={isPast} />
            <HandOvers handOvers={handOvers} />
            <Section title="Pipeline">
              <OrderPipeline order={order} />
            </Section>
            <Section title="Timeline">
              <TimeTravel number={number} at={at} onTravel={travel} />
              <Timeline number={number} at={at} onTravel={travel} />
            </Section>
            <Section title="Messages">
              <OrderMessages number={number} />
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="md">
            <Payments order={order} />
            <People order={order} />
            <Notes order={order} isPast={isPast} />
          </Stack>
        </Grid.Col>
      </Grid>
      <News number={number} />
    </Stack>
  );
}

function Past({ onNow }: { readonly onNow: () => void }) {
  return (
    <Alert color="grape" icon={<IconHistory size={18} aria-hidden />} title="This is the past">
      <Group justify="space-between">
        The order as it was then. Nothing can be done with it.
        <Button size="xs" variant="default" onClick={onNow}>
          Back to now
        </Button>
      </Group>
    </Alert>
  );
}

/** As tall and as wide as what comes in its place. */
function Waiting() {
  return (
    <Stack gap="md" role="status" aria-label="Loading">
      <Skeleton height={90} maw={480} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Skeleton height={360} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Skeleton height={360} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
