import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Names and what stands behind them, a line each. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <Stack component="dl" gap="xs" m={0}>
      {facts.map(([name, value]) => (
        <Group key={name} justify="space-between" gap="md" wrap="nowrap">
          <Text component="dt" c="dimmed">
            {name}
          </Text>
          <Text component="dd" m={0} ta="end" style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
