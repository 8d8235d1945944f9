import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { LogTable } from '../deliveries/log-table';
import { choicesOf, StatusPill } from '../deliveries/status-pill';
import { More } from '../parts/more';
import { Empty, Failed, Loading } from '../parts/states';
import { DeliveryDrawer } from './delivery-drawer';
import { deliveriesQuery, typesQuery, type DeliveryFilter } from './queries';

const TYPING_MS = 300;
const fields = ['status', 'type', 'order'] as const;
type Changes = { readonly [Field in (typeof fields)[number]]?: string | undefined };

/** What the address says of the log; whether there is such a status or type, the API says. */
function useFilter(): [DeliveryFilter, (changes: Changes) => void] {
  const search = useSearch({ from: '/house/webhooks/$id' });
  const navigate = useNavigate();
  const found = fields.flatMap((field) => {
    const value = search[field];
    return typeof value === 'string' && value !== '' ? [[field, value] as const] : [];
  });
  return [
    Object.fromEntries(found),
    (changes) => {
      const wanted = Object.entries({ ...Object.fromEntries(found), ...changes });
      const kept = Object.fromEntries(wanted.filter(([, value]) => value !== undefined));
      void navigate({ to: '.', search: kept, replace: true });
    },
  ];
}

/** Everything an endpoint was sent, newest first. */
export function DeliveryLog({ id }: { readonly id: string }) {
  const [filter, change] = useFilter();
  return (
    <Stack gap="sm">
      <Filters filter={filter} onChange={change} />
      <Deliveries
        id={id}
        filter={filter}
        onClear={() => change({ status: undefined, type: undefined, order: undefined })}
      />
    </Stack>
  );
}

function Filters({
  filter,
  onChange,
}: {
  readonly filter: DeliveryFilter;
  readonly onChange: (changes: Changes) => void;
}) {
  const { data: words } = useQuery(typesQuery);
  const search = useDebouncedCallback(
    (order: string) => onChange({ order: order === '' ? undefined : order }),
    TYPING_MS,
  );
  return (
    <Group gap="sm">
      <Select
        aria-label="Status"
        placeholder="Any status"
        clearable
        clearButtonProps={{ 'aria-label': 'Any status' }}
        data={choicesOf(words?.statuses ?? [])}
        value={filter.status ?? null}
        onChange={(status) => onChange({ status: status ?? undefined })}
      />
      <Select
        aria-label="Type"
        placeholder="Any type"
        clearable
        searchable
        clearButtonProps={{ 'aria-label': 'Any type' }}
        data={words?.types.map(({ type }) => type) ?? []}
        value={filter.type ?? null}
        onChange={(type) => onChange({ type: type ?? undefined })}
        w={240}
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

function Deliveries({
  id,
  filter,
  onClear,
}: {
  readonly id: string;
  readonly filter: DeliveryFilter;
  readonly onClear: () => void;
}) {
  const { data: words } = useQuery(typesQuery);
  const [opened, setOpened] = useState<string>();
  const list = useInfiniteQuery(deliveriesQuery(id, filter));
  if (!list.data) {
    return list.error ? (
      <Failed error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <Loading />
    );
  }
  const deliveries = list.data.pages.flatMap((page) => page.deliveries);
  if (deliveries.length === 0) {
    return Object.keys(filter).length > 0 ? (
      <Empty
        kind="filtered"
        title="No such deliveries"
        action={<Button onClick={onClear}>Show all</Button>}
      />
    ) : (
      <Empty kind="new" title="Nothing sent yet">
        It is told what happens from now on. Send a test to see whether the way is open.
      </Empty>
    );
  }
  return (
    <>
      <LogTable
        caption="Deliveries, newest first"
        rows={deliveries.map(({ createdAt, attempts, ...delivery }) => ({
          ...delivery,
          key: delivery.id,
          tries: attempts,
          at: createdAt,
          pill: <StatusPill statuses={words?.statuses ?? []} status={delivery.status} />,
          open: () => setOpened(delivery.id),
        }))}
      />
      <More list={list} />
      <DeliveryDrawer id={id} delivery={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}
