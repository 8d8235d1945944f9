import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { newKey } from '../client/intent';
import { sendCommand, type Sent } from './queries';

const LONGEST_MS = 60_000;
const SHORTEST_MS = 5_000;

interface Done {
  readonly number: string;
  readonly label: string;
  readonly says: readonly string[];
  readonly sent: Sent;
}

/** Until when a command may still be taken back; nothing for one that does not wait. */
function undoableUntil({ sent: { command, order } }: Done): string | undefined {
  if (!order || !('waiting' in order)) return undefined;
  return order.waiting.find((each) => each.command === command.id)?.until;
}

/** Says that a command is done, or waits, and offers to take it back where the shop lets it wait. */
export function tellDone(done: Done): void {
  const until = undoableUntil(done);
  const left = until === undefined ? SHORTEST_MS : Date.parse(until) - Date.now();
  const notification = notifications.show({
    color: 'green',
    icon: <IconCheck size={18} aria-hidden />,
    title: `${done.label}: ${until === undefined ? 'done' : 'will be done'}`,
    autoClose: Math.min(Math.max(left, SHORTEST_MS), LONGEST_MS),
    message: (
      <Group justify="space-between" align="flex-end" gap="xs">
        <Text size="sm">{[`Order ${done.number}.`, ...done.says.slice(0, 3)].join(' ')}</Text>
        {until !== undefined && (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={() => {
              notifications.hide(notification);
              void takeBack(done);
            }}
          >
            Undo
          </Button>
        )}
      </Group>
    ),
  });
}

async function takeBack({ number, label, sent }: Done): Promise<void> {
  try {
    await sendCommand(number, { type: 'undo', command: sent.command.id }, { key: newKey() });
    notifications.show({
      message: `Order ${number}. Nothing of it happened.`,
      title: `${label}: undone`,
    });
  } catch (error) {
    notifications.show({
      color: 'red',
      title: `${label}: not undone`,
      message: error instanceof Error ? error.message : String(error),
      autoClose: false,
    });
  }
}
