import { Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconArrowDownLeft, IconArrowUpRight, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { LogTable } from '../deliveries/log-table';
import { choicesOf, StatusPill, type Statuses } from '../deliveries/status-pill';
import { More } from '../parts/more';
import { Empty, Failed, Loading } from '../parts/states';
import { MessageDrawer } from './message-drawer';
import { messagesQuery, partnersQuery, type Message, type MessageFilter } from './queries';

const TYPING_MS = 300;
const directions = [
  { value: 'all', label: 'Both ways' },
  { value: 'out', label: 'Told' },
  { value: 'in', label: 'Said' },
];

const asText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** What the address says of the log. */
function useFilter(): [MessageFilter, (changes: MessageFilter) => void] {
  const search = useSearch({ from: '/house/partners/$code' });
  const navigate = useNavigate();
  const direction = asText(search.direction);
  const filter: MessageFilter = {
    ...(direction === 'out' || direction === 'in' ? { direction } : {}),
    ...(asText(search.status) && { status: asText(search.status) }),
    ...(asText(search.order) && { order: asText(search.order) }),
  };
  return [
    filter,
    (changes) => {
      const wanted = Object.entries({ ...filter, ...changes });
      const kept = Object.fromEntries(wanted.filter(([, value]) => value !== undefined));
      void navigate({ to: '.', search: kept, replace: true });
    },
  ];
}

/** Everything a partner was told and said, newest first. */
export function MessageLog({ code }: { readonly code: string }) {
  const [filter, change] = useFilter();
  const [opened, setOpened] = useState<Message>();
  const { data: partners } = useQuery(partnersQuery);
  const statuses = partners?.statuses ?? [];
  return (
    <Stack gap="sm">
      <Filters filter={filter} statuses={statuses} onChange={change} />
      <Messages
        code={code}
        filter={filter}
        statuses={statuses}
        onOpen={setOpened}
        onClear={() => change({ direction: undefined, status: undefined, order: undefined })}
      />
      <MessageDrawer code={code} message={opened} onClose={() => setOpened(undefined)} />
    </Stack>
  );
}

function Filters({
  filter,
  statuses,
  onChange,
}: {
  readonly filter: MessageFilter;
  readonly statuses: Statuses;
  readonly onChange: (changes: MessageFilter) => void;
}) {
  const search = useDebouncedCallback(
    (order: string) => onChange({ order: order === '' ? undefined : order }),
    TYPING_MS,
  );
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label="Direction"
        data={directions}
        value={filter.direction ?? 'all'}
        onChange={(way) =>
          onChange({
            direction: way === 'all' ? undefined : (way as Message['direction']),
            status: undefined,
          })
        }
      />
      <Select
        aria-label="Status"
        placeholder="Any status"
        clearable
        clearButtonProps={{ 'aria-label': 'Any status' }}
        data={choicesOf(statuses, filter.direction)}
        value={filter.status ?? null}
        onChange={(status) => onChange({ status: status ?? undefined })}
      />
      <TextInput
        aria-label="Order number"
        placeholder="Order number"
        leftSection={<IconSearch size={16} aria-hidden />}
        defaultValue={filter.order}
        onChange={({ currentTarget }) => search(currentTarget.value.trim())}
      />
    </Group>
  );
}

function Messages({
  code,
  filter,
  statuses,
  onOpen,
  onClear,
}: {
  readonly code: string;
  readonly filter: MessageFilter;
  readonly statuses: Statuses;
  readonly onOpen: (message: Message) => void;
  readonly onClear: () => void;
}) {
  const list = useInfiniteQuery(messagesQuery(code, filter));
  if (!list.data) {
    return list.error ? (
      <Failed error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <Loading />
    );
  }
  const messages = list.data.pages.flatMap((page) => page.messages);
  if (messages.length === 0)
    return <None isFiltered={Object.keys(filter).length > 0} onClear={onClear} />;
  return (
    <>
      <LogTable
        caption="Messages, newest first"
        rows={messages.map((message) => ({
          ...message,
          key: `${message.direction} ${message.id}`,
          before: <Direction of={message.direction} />,
          pill: <StatusPill statuses={statuses} status={message.status} />,
          open: () => onOpen(message),
        }))}
      />
      <More list={list} />
    </>
  );
}

function Direction({ of }: { readonly of: Message['direction'] }) {
  const [Icon, says] =
    of === 'out' ? ([IconArrowUpRight, 'Told:'] as const) : ([IconArrowDownLeft, 'Said:'] as const);
  return (
    <>
      <Icon size={16} aria-hidden />
      {says}
    </>
  );
}

function None({
  isFiltered,
  onClear,
}: {
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}) {
  if (!isFiltered) {
    return (
      <Empty kind="new" title="No messages yet">
        Send a test to see whether the way is open.
      </Empty>
    );
  }
  return (
    <Empty
      kind="filtered"
      title="No such messages"
      action={<Button onClick={onClear}>Show all</Button>}
    />
  );
}
