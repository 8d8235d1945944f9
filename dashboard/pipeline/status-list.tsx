import { Anchor, Group, List, Text } from '@mantine/core';
import { dateTime } from '../parts/format';
import { Pill } from '../parts/pill';
import type { Standing } from './standing';

/** A pipeline in words: the same as its drawing, for who does not see it. */
export function StatusList({ standings }: { readonly standings: readonly Standing[] }) {
  return (
    <List type="ordered" spacing="sm" size="sm">
      {standings.map((standing) => (
        <List.Item key={standing.status}>
          <Group gap="xs">
            <Pill tone={standing.tone}>{standing.status}</Pill>
            <Text span size="sm">
              {placeOf(standing)}
            </Text>
            {standing.onOpen && (
              <Anchor component="button" type="button" size="sm" onClick={standing.onOpen}>
                Change to {standing.status}…
              </Anchor>
            )}
          </Group>
          {standing.says.map((sentence) => (
            <Text key={sentence} size="sm" c="dimmed">
              {sentence}
            </Text>
          ))}
        </List.Item>
      ))}
    </List>
  );
}

function placeOf({ isHere, visits, note }: Standing): string {
  const times = visits.map(({ step, at }) => `step ${step} on ${dateTime(at)}`).join(', ');
  return [isHere ? 'is here now' : '', times || note].filter(Boolean).join(', ');
}
