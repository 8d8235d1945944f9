import { Group, List } from '@mantine/core';
import type { Schemas } from '../client/client';
import { useDialogs, type Asked } from '../dialogs/provider';
import { MayButton } from '../parts/may';

type OrderTask = Schemas['ListedTask'];
type Command = Asked['command'];

/** What would help a task of an order: commands as buttons, what is done elsewhere in words. */
export function Ways({ task: { number, ways = [] } }: { readonly task: OrderTask }) {
  const { open } = useDialogs();
  const byHand = ways.filter(({ command }) => !command);
  const commands = ways.flatMap(({ says, command }) => (command ? [{ says, command }] : []));
  return (
    <>
      {byHand.length > 0 && (
        <List size="sm">
          {byHand.map(({ says }) => (
            <List.Item key={says}>{says}</List.Item>
          ))}
        </List>
      )}
      <Group gap="xs">
        {commands.map(({ says, command }, index) => (
          <MayButton
            key={says}
            needs="sendCommand"
            size="sm"
            variant={index === 0 ? 'light' : 'default'}
            onClick={() => open({ number, command: command as Command })}
            styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
            h="auto"
            py={6}
          >
            {says.replace(/\.$/, '')}
          </MayButton>
        ))}
      </Group>
    </>
  );
}
