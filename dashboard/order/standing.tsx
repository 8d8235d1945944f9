import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClock, IconHandStop } from '@tabler/icons-react';
import type { Schemas } from '../client/client';
import { useDialogs, type Asked } from '../dialogs/provider';
import { When } from '../parts/when';

type Order = Schemas['Order'];

/** What keeps an order from going on by itself: a hold, tasks for people, commands that wait. */
export function Standing({ order, isPast }: { readonly order: Order; readonly isPast: boolean }) {
  const { open } = useDialogs();
  const { number, hold, attention, waiting } = order;
  const ask = (command: Asked['command']) => () => open({ number, command });
  if (!hold && attention.length === 0 && waiting.length === 0) return null;
  return (
    <Stack gap="xs">
      {hold && (
        <Alert color="orange" title="On hold" icon={<IconHandStop size={18} aria-hidden />}>
          <Text size="sm" dir="auto">
            {hold.reason}
          </Text>
          {hold.until !== undefined && (
            <Text size="sm">
              Until <When at={hold.until} as="date" />
            </Text>
          )}
          {!isPast && (
            <Button size="xs" mt="xs" variant="default" onClick={ask({ type: 'release-hold' })}>
              Release
            </Button>
          )}
        </Alert>
      )}
      {attention.map(({ id, text, since, endsWhen, ways }) => (
        <Alert
          key={id}
          color="red"
          title="Needs attention"
          icon={<IconAlertTriangle size={18} aria-hidden />}
        >
          <Text size="sm" dir="auto">
            {text}
          </Text>
          <Text size="xs" c="dimmed">
            Since <When at={since} />
            {endsWhen !== undefined && ` · ${endsWhen}`}
          </Text>
          {!isPast && (
            <Group gap="xs" mt="xs">
              {ways.map(({ says, command }) =>
                command ? (
                  <Button
                    key={says}
                    size="xs"
                    variant="default"
                    onClick={ask(command as Asked['command'])}
                  >
                    {says}
                  </Button>
                ) : (
                  <Text key={says} size="sm">
                    {says}
                  </Text>
                ),
              )}
            </Group>
          )}
        </Alert>
      ))}
      {waiting.map(({ command, type, by, until }) => (
        <Alert key={command} color="blue" icon={<IconClock size={18} aria-hidden />}>
          <Group justify="space-between">
            <Text size="sm">
              {type} by {by} is done <When at={until} />.
            </Text>
            {!isPast && (
              <Button size="xs" variant="default" onClick={ask({ type: 'undo', command })}>
                Undo
              </Button>
            )}
          </Group>
        </Alert>
      ))}
    </Stack>
  );
}
