import { Card, SimpleGrid, Text } from '@mantine/core';
import { money } from '../parts/format';
import { changeOf, type Total } from './summing';

/** What a currency came to, and how that compares with as many days before. */
export function Totals({
  currency,
  now,
  before,
}: {
  readonly currency: string;
  readonly now: Total;
  readonly before: Total | undefined;
}) {
  const amount = (minor: number) => money(minor, currency);
  const figures = [
    {
      title: 'Orders',
      shown: now.orders.toLocaleString(),
      about: `${now.cancelled.toLocaleString()} of them cancelled`,
      change: before && changeOf(now.orders, before.orders),
    },
    {
      title: 'Sold',
      shown: amount(now.sold),
      about: 'with tax, less what was cancelled',
      change: before && changeOf(now.sold, before.sold),
    },
    {
      title: 'Money in',
      shown: amount(now.captured),
      about: 'captured in these days',
      change: before && changeOf(now.captured, before.captured),
    },
    {
      title: 'Money kept',
      shown: amount(now.captured - now.refunded),
      about: `${amount(now.refunded)} was given back`,
      change: before && changeOf(now.captured - now.refunded, before.captured - before.refunded),
    },
  ];
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      {figures.map(({ title, shown, about, change }) => (
        <Card key={title} withBorder padding="sm">
          <Text size="sm" c="dimmed">
            {title}
          </Text>
          <Text fz="xl" fw={650}>
            {shown}
          </Text>
          <Text size="xs" c="dimmed">
            {about}
          </Text>
          <Text size="xs">
            {change ? `${change} on the time before` : 'Nothing to compare with'}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}
