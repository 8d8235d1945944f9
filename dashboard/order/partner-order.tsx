import { Group, Stack, Title } from '@mantine/core';
import type { Schemas } from '../client/client';
import { OrderActions } from '../dialogs/order-actions';
import { usePageTitle } from '../parts/page';
import { BackToOrders } from './heading';
import { HandOvers } from './hand-overs';
import { Lines } from './lines';
import { Postal } from './people';
import { Section } from '../parts/section';

/** What a fulfilment partner sees of an order: its own lines, where they go, and nothing of the money. */
export function PartnerOrderView({ order }: { readonly order: Schemas['PartnerOrder'] }) {
  const { number, lines, shipments, handOvers, shippingAddress } = order;
  usePageTitle(`Order ${number}`);
  return (
    <Stack gap="md">
      <BackToOrders />
      <Group justify="space-between">
        <Title order={1}>Order {number}</Title>
        <OrderActions number={number} />
      </Group>
      <Lines number={number} lines={lines} shipments={shipments} />
      <HandOvers handOvers={handOvers} />
      {shippingAddress && (
        <Section title="Address">
          <Postal title="Ship to" address={shippingAddress} />
        </Section>
      )}
    </Stack>
  );
}
