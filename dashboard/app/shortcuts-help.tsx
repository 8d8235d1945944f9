import { Group, Kbd, Modal, Stack, Switch, Table, Text, Title } from '@mantine/core';
import type { Shortcut } from './shortcuts';

/** By every operating system and not by us: they work wherever the focus is. */
const always = [
  { keys: 'Ctrl+K', says: 'Search everything (⌘K on a Mac)' },
  { keys: 'Ctrl+Enter', says: 'Send the dialog that is open (⌘Enter on a Mac)' },
  { keys: '?', says: 'Show this help' },
];

/** Every shortcut that works now, and a switch for all of them. */
export function ShortcutsHelp({
  opened,
  onClose,
  list,
  isOn,
  onSwitch,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly list: () => readonly Shortcut[];
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts">
      {opened && (
        <Stack gap="lg">
          <Switch
            checked={isOn}
            onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
            label="Single keys do something"
            description="Switch it off when you speak to your computer, or hit keys by accident."
          />
          <Listed
            title="On this page"
            shortcuts={list().filter(({ isEverywhere }) => !isEverywhere)}
          />
          <Listed
            title="Everywhere"
            shortcuts={[...always, ...list().filter(({ isEverywhere }) => isEverywhere)]}
          />
        </Stack>
      )}
    </Modal>
  );
}

function Listed({
  title,
  shortcuts,
}: {
  readonly title: string;
  readonly shortcuts: readonly Pick<Shortcut, 'keys' | 'says'>[];
}) {
  if (shortcuts.length === 0) return null;
  return (
    <section>
      <Title order={3} mb="xs">
        {title}
      </Title>
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>
          {shortcuts.map(({ keys, says }) => (
            <Table.Tr key={keys}>
              <Table.Th scope="row" fw={400}>
                {says}
              </Table.Th>
              <Table.Td>
                <Keys keys={keys} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Keys({ keys }: { readonly keys: string }) {
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {keys.split(' ').map((key, index) => (
        <Group key={key + index} gap={4} wrap="nowrap">
          {index > 0 && (
            <Text size="xs" c="dimmed">
              then
            </Text>
          )}
          <Kbd>{key}</Kbd>
        </Group>
      ))}
    </Group>
  );
}
