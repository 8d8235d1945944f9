import { Stack, Text } from '@mantine/core';
import type { Schemas } from '../client/client';
import { count } from '../parts/format';
import { When } from '../parts/when';
import { Section } from '../parts/section';

/** What fulfilment partners were asked to send, and how far they are. */
export function HandOvers({ handOvers }: { readonly handOvers: readonly Schemas['HandOver'][] }) {
  if (handOvers.length === 0) return null;
  return (
    <Section title="Partners">
      <Stack gap="sm">
        {handOvers.map(({ id, partner, stage, stageSince, lines, slow, until, reference }) => (
          <div key={id}>
            <Text size="sm" fw={600} component="h3">
              {partner}: {stage}
              {slow !== undefined && `, ${slow}`}
            </Text>
            <Text size="sm" c="dimmed">
              <When at={stageSince} /> ·{' '}
              {count(
                lines.reduce((all, { quantity }) => all + quantity, 0),
                'unit',
              )}
              , {lines.reduce((all, { sent }) => all + sent, 0)} sent
              {reference !== undefined && ` · ${reference}`}
            </Text>
            {until !== undefined && (
              <Text size="sm" c="dimmed">
                Time until <When at={until} as="date" />
              </Text>
            )}
          </div>
        ))}
      </Stack>
    </Section>
  );
}
