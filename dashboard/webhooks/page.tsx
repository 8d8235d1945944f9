import { Card, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { AnchorLink } from '../parts/anchor-link';
import { count } from '../parts/format';
import { MayButton } from '../parts/may';
import { More } from '../parts/more';
import { Page } from '../parts/page';
import { Pill } from '../parts/pill';
import { Empty, Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { EndpointDrawer } from './endpoint-drawer';
import { webhooksQuery, type Endpoint } from './queries';

/** Who is told what happens to orders, and whether they take it. */
export function WebhooksPage() {
  const [isAdding, { open, close }] = useDisclosure();
  const add = (
    <MayButton
      needs="createWebhook"
      onClick={open}
      leftSection={<IconPlus size={16} aria-hidden />}
    >
      Add an endpoint
    </MayButton>
  );
  return (
    <Page
      title="Webhooks"
      about="Other systems that are told what happens to orders."
      actions={add}
    >
      <Endpoints onAdd={open} />
      <EndpointDrawer opened={isAdding} onClose={close} />
    </Page>
  );
}

function Endpoints({ onAdd }: { readonly onAdd: () => void }) {
  const list = useInfiniteQuery(webhooksQuery);
  if (!list.data) {
    return list.error ? (
      <Failed error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <Loading rows={3} height={90} />
    );
  }
  const endpoints = list.data.pages.flatMap((page) => page.webhooks);
  if (endpoints.length === 0) {
    const add = (
      <MayButton needs="createWebhook" onClick={onAdd}>
        Add one
      </MayButton>
    );
    return (
      <Empty kind="new" title="Nobody is told yet" action={add}>
        An endpoint is an address of another system. It gets a signed message for each thing that
        happens to an order.
      </Empty>
    );
  }
  return (
    <>
      <Stack component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {endpoints.map((endpoint) => (
          <EndpointCard key={endpoint.id} endpoint={endpoint} />
        ))}
      </Stack>
      <More list={list} />
    </>
  );
}

function EndpointCard({
  endpoint: { id, url, description, events, says, tone, why, failingSince },
}: {
  readonly endpoint: Endpoint;
}) {
  return (
    <Card component="li" withBorder>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={4} style={{ minWidth: 0 }}>
          <AnchorLink
            to="/webhooks/$id"
            params={{ id }}
            fw={650}
            style={{ overflowWrap: 'anywhere' }}
          >
            {url}
          </AnchorLink>
          {description !== '' && (
            <Text size="sm" dir="auto">
              {description}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {events.length === 0 ? 'Told of everything' : `Told of ${count(events.length, 'type')}`}
          </Text>
          {why !== null && <Text size="sm">{why}</Text>}
          {failingSince !== null && (
            <Text size="sm" c="var(--mantine-color-error)">
              Nothing gets through since <When at={failingSince} as="date" />
            </Text>
          )}
        </Stack>
        <Pill tone={tone} style={{ flexShrink: 0 }}>
          {says}
        </Pill>
      </Group>
    </Card>
  );
}
