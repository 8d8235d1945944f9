import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClock, IconHandStop } from '@tabler/icons-react';
import type { Schemas } from '../client/client';
import { useDialogs, type Asked } from '../dialogs/provider';
import { When } from '../parts/when';
import { useAllowed } from './use-allowed';

type Order = Schemas['Order'];
type Task = Schemas['Task'];
type Known = Asked['command'] | undefined;

/** What keeps an order from going on by itself: a hold, tasks for people, commands that wait. */
export function Standing({ order, isPast }: { readonly order: Order; readonly isPast: boolean }) {
  const { open } = useDialogs();
  const { number, hold, attention, waiting } = order;
  const isAllowed = useAllowed(number);
  const mayAsk = (command: Asked['command']) => !isPast && isAllowed(command);
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
          {mayAsk({ type: 'release-hold' }) && (
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
          {!isPast && <Ways number={number} ways={ways} />}
        </Alert>
      ))}
      {waiting.map(({ command, type, by, until }) => (
        <Alert key={command} color="blue" icon={<IconClock size={18} aria-hidden />}>
          <Group justify="space-between">
            <Text size="sm">
              {type} by {by} is done <When at={until} />.
            </Text>
            {mayAsk({ type: 'undo', command }) && (
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

/** What would help a task: what the reader may command as buttons, what is done elsewhere in words. */
function Ways({ number, ways }: { readonly number: string; readonly ways: Task['ways'] }) {
  const { open } = useDialogs();
  const isAllowed = useAllowed(number);
  const offered = ways.map(({ says, command }) => ({ says, command: command as Known }));
  return (
    <Group gap="xs" mt="xs">
      {offered.map(({ says, command }) => {
        if (!command) {
          return (
            <Text key={says} size="sm">
              {says}
            </Text>
          );
        }
        return (
          isAllowed(command) && (
            <Button
              key={says}
              size="xs"
              variant="default"
              onClick={() => open({ number, command })}
            >
              {says}
            </Button>
          )
        );
      })}
    </Group>
  );
}
