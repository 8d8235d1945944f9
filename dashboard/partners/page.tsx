import { Anchor, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../client/client';
import type { Statuses } from '../deliveries/status-pill';
import { MayButton } from '../parts/may';
import { Page } from '../parts/page';
import { Pill } from '../parts/pill';
import { Empty, Failed, Loading } from '../parts/states';
import { Figures } from './figures';
import { PartnerDrawer } from './partner-drawer';
import { partnersQuery } from './queries';
import { saysFeed, saysTransport } from './words';

/** Every fulfilment partner, how it is reached, and what waits with it. */
export function PartnersPage() {
  const [isAdding, { open, close }] = useDisclosure();
  const add = (
    <MayButton needs="putPartner" onClick={open} leftSection={<IconPlus size={16} aria-hidden />}>
      Add a partner
    </MayButton>
  );
  return (
    <Page title="Partners" about="Who sends goods for you, and how they are told." actions={add}>
      <PartnerCards onAdd={open} />
      <PartnerDrawer opened={isAdding} onClose={close} />
    </Page>
  );
}

function PartnerCards({ onAdd }: { readonly onAdd: () => void }) {
  const { data, error, refetch } = useQuery(partnersQuery);
  if (!data) {
    return error ? (
      <Failed error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading height={150} rows={3} />
    );
  }
  if (data.partners.length === 0) {
    return (
      <Empty
        kind="new"
        title="No partners yet"
        action={
          <MayButton needs="putPartner" onClick={onAdd}>
            Add one
          </MayButton>
        }
      >
        A partner gets its lines of an order by HTTP, SFTP or files, and says what it sent.
      </Empty>
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {data.partners.map((partner) => (
        <PartnerCard key={partner.code} partner={partner} statuses={data.statuses} />
      ))}
    </SimpleGrid>
  );
}

function PartnerCard({
  partner,
  statuses,
}: {
  readonly partner: Schemas['ListedPartner'];
  readonly statuses: Statuses;
}) {
  const { code, name, active, transport, feed } = partner;
  return (
    <Card component="li" withBorder>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <Anchor component={Link} to={`/partners/${code}`} fw={650} dir="auto" lineClamp={2}>
              {name}
            </Anchor>
            <Text size="sm" c="dimmed">
              {code}
            </Text>
          </div>
          <Pill tone={active ? 'success' : 'neutral'} style={{ flexShrink: 0 }}>
            {active ? 'Active' : 'Not active'}
          </Pill>
        </Group>
        <Text size="sm" truncate title={saysTransport(transport)}>
          {saysTransport(transport)}
        </Text>
        <Text size="sm" c="dimmed" truncate title={saysFeed(feed)}>
          {saysFeed(feed)}
        </Text>
        <Figures partner={partner} statuses={statuses} />
      </Stack>
    </Card>
  );
}
