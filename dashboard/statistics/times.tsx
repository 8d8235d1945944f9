import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { AnchorLink } from '../parts/anchor-link';
import { When } from '../parts/when';
import type { Figures } from './queries';
import { duration } from './summing';

const SHOWN = 3;

/** How long orders were in each status, and which have been in it for longest. */
export function Times({ statuses }: { readonly statuses: Figures['statuses'] }) {
  return (
    <Card withBorder component="section">
      <Title order={2} mb="sm">
        Time in each status
      </Title>
      <Stack gap="md">
        {statuses.map(({ status, orders, medianSeconds, p90Seconds, late, longest }) => (
          <div key={status}>
            <Group justify="space-between" gap="xs">
              <Text fw={600}>{status}</Text>
              {late > 0 && (
                <AnchorLink to="/orders" search={{ status }} size="sm">
                  {late.toLocaleString()} in it for longer than most were
                </AnchorLink>
              )}
            </Group>
            <Text size="sm">
              {medianSeconds === null || p90Seconds === null
                ? 'No order left it in these days.'
                : `Half of ${orders.toLocaleString()} left it within ${duration(medianSeconds)}, nine of ten within ${duration(p90Seconds)}.`}
            </Text>
            {longest.length > 0 && (
              <Group gap="sm">
                <Text size="sm" c="dimmed">
                  In it for longest:
                </Text>
                {longest.slice(0, SHOWN).map(({ number, since }) => (
                  <Text key={number} size="sm">
                    <AnchorLink to="/orders/$number" params={{ number }}>
                      {number}
                    </AnchorLink>{' '}
                    <When at={since} c="dimmed" />
                  </Text>
                ))}
              </Group>
            )}
          </div>
        ))}
      </Stack>
    </Card>
  );
}
