import { Button, CloseButton, Group, Menu, Paper, Text } from '@mantine/core';
import { IconChevronDown, IconPrinter } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { Search } from '../app/search';
import { actionsQuery } from '../client/queries';
import { count } from '../parts/format';
import { useIntent } from '../client/intent';
import { bulkActions, type Action } from './bulk-actions';
import { MOST_SLIPS, printPickingSlips } from './picking';

const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog')).BulkDialog }));

/** Which orders a bulk command is for: those that were selected, or all that the list has. */
export type Chosen = { readonly numbers: readonly string[] } | { readonly search: Search };

/** What can be done to the selected orders, at the foot of the window. */
export function BulkBar({
  numbers,
  search,
  hasMore,
  onDone,
}: {
  readonly numbers: readonly string[];
  readonly search: Search;
  /** Whether the list has orders that are not selected. */
  readonly hasMore: boolean;
  readonly onDone: () => void;
}) {
  const [isAll, setIsAll] = useState(false);
  const [asked, setAsked] = useState<Action>();
  const { data } = useQuery(actionsQuery(numbers[0] ?? ''));
  const intent = useIntent();
  const print = useMutation({ mutationFn: () => printPickingSlips(numbers, intent) });
  const chosen: Chosen = isAll ? { search } : { numbers };
  return (
    <Paper
      withBorder
      shadow="md"
      p="xs"
      role="region"
      aria-label="Selected orders"
      style={{ position: 'sticky', bottom: 8, zIndex: 3 }}
    >
      <Group gap="xs">
        <Text fw={600} role="status">
          {isAll ? 'All that match are selected' : `${count(numbers.length, 'order')} selected`}
        </Text>
        {hasMore && !isAll && (
          <Button size="compact-sm" variant="subtle" onClick={() => setIsAll(true)}>
            Select all that match
          </Button>
        )}
        <Group gap="xs" ms="auto">
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            disabled={isAll || numbers.length > MOST_SLIPS}
            loading={print.isPending}
            onClick={() => print.mutate()}
          >
            Print picking slips
          </Button>
          <Menu position="top-end" withinPortal>
            <Menu.Target>
              <Button rightSection={<IconChevronDown size={16} aria-hidden />}>Do</Button>
            </Menu.Target>
            <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
              {bulkActions(data?.actions ?? []).map((action) => (
                <Menu.Item key={JSON.stringify(action.command)} onClick={() => setAsked(action)}>
                  {action.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <CloseButton aria-label="Select none" onClick={onDone} />
        </Group>
      </Group>
      {asked && (
        <Suspense>
          <BulkDialog action={asked} chosen={chosen} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </Paper>
  );
}
