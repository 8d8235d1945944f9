import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { AnchorLink } from '../parts/anchor-link';
import type { Schemas } from '../client/client';
import { meQuery } from '../client/queries';
import { lastSearch } from '../orders/last-search';
import { OrderActions } from '../dialogs/order-actions';
import { usePageTitle } from '../parts/page';
import { Pill } from '../parts/pill';
import { When } from '../parts/when';
import { Copy } from '../parts/copy';

type Order = Schemas['Order'];

/** Which order this is, where it stands, and what can be done with it. */
export function Heading({ order, isPast }: { readonly order: Order; readonly isPast: boolean }) {
  const { number, placedAt, source, status, tone, payment, shipping } = order;
  usePageTitle(`Order ${number}`);
  return (
    <Stack gap="xs">
      <BackToOrders />
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4}>
          <Group gap={4} wrap="nowrap">
            <Title order={1} style={{ overflowWrap: 'anywhere' }}>
              Order {number}
            </Title>
            <Copy text={number} what="the order number" />
          </Group>
          <Group gap="xs" aria-label="Where it stands" role="group">
            <Pill tone={tone}>{status}</Pill>
            <Pill tone={payment.tone} of="payment">
              {payment.status}
            </Pill>
            <Pill tone={shipping.tone} of="shipping">
              {shipping.summary}
            </Pill>
          </Group>
          <Text size="sm" c="dimmed">
            Placed <When at={placedAt} as="date" />
            {source !== undefined && ` from ${source}`} <WorkflowLink id={order.workflowId} />
          </Text>
        </Stack>
        {!isPast && <OrderActions number={number} />}
      </Group>
    </Stack>
  );
}

export function BackToOrders() {
  return (
    <AnchorLink to="/orders" search={lastSearch()} size="sm">
      <Group gap={4} wrap="nowrap">
        <IconArrowLeft size={14} aria-hidden /> Orders
      </Group>
    </AnchorLink>
  );
}

function WorkflowLink({ id }: { readonly id: string }) {
  const { data: me } = useQuery(meQuery);
  if (!me?.workflowUrl) return null;
  const url = me.workflowUrl.replace('{workflowId}', encodeURIComponent(id));
  return (
    <Anchor href={url} target="_blank" rel="noreferrer" size="sm" style={{ whiteSpace: 'nowrap' }}>
      · Workflow <IconExternalLink size={13} aria-hidden />
    </Anchor>
  );
}
