import { Text } from '@mantine/core';
import { When } from '../parts/when';
import type { Task } from './queries';

/** How a task ended: by itself, or by whom, and what they said. */
export function Closing({ closed }: { readonly closed: NonNullable<Task['closed']> }) {
  const { at, actor, note } = closed;
  return (
    <Text size="sm" c="dimmed" dir="auto">
      {actor ? `Resolved by ${actor.name}` : 'Ended by itself'} <When at={at} />
      {note !== null && `: ${note}`}
    </Text>
  );
}
