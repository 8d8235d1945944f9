import { Anchor, Group, SimpleGrid, Text } from '@mantine/core';
import type { Schemas } from '../client/client';
import { Section } from '../parts/section';
import { Copy } from '../parts/copy';

type Order = Schemas['Order'];
type Address = Schemas['Address'];

function rowsOf({ name, lines = [], city, region, postcode, country, phone }: Address): string[] {
  const town = [postcode, city].filter((each) => each).join(' ');
  return [name, ...lines, town, region, country, phone].filter(
    (row) => row !== undefined && row !== '',
  ) as string[];
}

/** Who ordered, where it goes and who pays. */
export function People({ order }: { readonly order: Order }) {
  const { customer, shippingAddress, billingAddress } = order;
  const { name, email, guest } = customer;
  return (
    <Section title="Customer">
      <Text fw={550} dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {name ?? email ?? 'Nobody was named'}
        {guest && (
          <Text span c="dimmed" fw={400}>
            {' '}
            · guest
          </Text>
        )}
      </Text>
      {email !== undefined && (
        <Group gap={4} wrap="nowrap">
          <Anchor href={`mailto:${email}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
            {email}
          </Anchor>
          <Copy text={email} what="the e-mail address" />
        </Group>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 1, xl: 2 }} mt="sm">
        {shippingAddress && <Postal title="Ship to" address={shippingAddress} />}
        {billingAddress && rowsOf(billingAddress).length > 0 && (
          <Postal title="Bill to" address={billingAddress} />
        )}
      </SimpleGrid>
    </Section>
  );
}

export function Postal({ title, address }: { readonly title: string; readonly address: Address }) {
  const rows = rowsOf(address);
  return (
    <div>
      <Group gap={4}>
        <Text size="sm" fw={600} component="h3">
          {title}
        </Text>
        <Copy text={rows.join('\n')} what={`the address to ${title.toLowerCase()}`} />
      </Group>
      <Text
        size="sm"
        component="address"
        dir="auto"
        style={{ whiteSpace: 'pre-line', fontStyle: 'normal', overflowWrap: 'anywhere' }}
      >
        {rows.join('\n')}
      </Text>
    </div>
  );
}
