import { Card, Code, Group, Stack, Text } from '@mantine/core';
import type { Schemas } from '../client/client';
import { When } from '../parts/when';

/** Each attempt to deliver something: when, how long it took, and what was answered. */
export function Attempts({
  attempts,
}: {
  readonly attempts: readonly Schemas['DeliveryAttempt'][];
}) {
  if (attempts.length === 0) return <Text c="dimmed">Not tried yet.</Text>;
  return (
    <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {attempts.map(({ attempt, at, status, tookMs, why, excerpt }) => (
        <Card key={attempt} component="li" withBorder padding="sm">
          <Group justify="space-between" gap="xs">
            <Text fw={600}>
              Attempt {attempt}
              {status !== null && `: answered ${status}`}
            </Text>
            <Text size="sm" c="dimmed">
              <When at={at} as="date" />
              {tookMs !== null && `, took ${tookMs.toLocaleString()} ms`}
            </Text>
          </Group>
          {why !== null && <Text size="sm">{why}</Text>}
          {excerpt !== null && excerpt !== '' && (
            <Code block mt="xs" dir="auto" tabIndex={0}>
              {excerpt}
            </Code>
          )}
        </Card>
      ))}
    </Stack>
  );
}
