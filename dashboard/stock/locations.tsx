import { ActionIcon, Group, Stack, Table, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../client/client';
import { MayButton, useMay } from '../parts/may';
import { Failed, Loading } from '../parts/states';
import { usePutLocation } from './changes';
import { FormDialog } from '../parts/form-dialog';
import { locationsQuery } from './queries';

type Location = Schemas['StockLocation'];

/** Where stock is kept: what orders are served from first comes first. */
export function Locations() {
  const list = useQuery(locationsQuery);
  const [changing, setChanging] = useState<Location | 'new'>();
  const mayChange = useMay('putStockLocation');
  if (list.isPending) return <Loading rows={3} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text c="dimmed">Orders are served from the location with the lowest priority first.</Text>
        <MayButton
          needs="putStockLocation"
          variant="default"
          onClick={() => setChanging('new')}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          Add a location
        </MayButton>
      </Group>
      <Table aria-label="Stock locations">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Name</Table.Th>
            <Table.Th scope="col">Code</Table.Th>
            <Table.Th scope="col" ta="end">
              Priority
            </Table.Th>
            {mayChange && (
              <Table.Th scope="col" w={56}>
                <VisuallyHidden>Change</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.data.map((each) => (
            <Table.Tr key={each.code}>
              <Table.Th scope="row">{each.name}</Table.Th>
              <Table.Td>{each.code}</Table.Td>
              <Table.Td ta="end">{each.priority}</Table.Td>
              {mayChange && (
                <Table.Td ta="end">
                  <ActionIcon
                    variant="subtle"
                    aria-label={`Change ${each.name}`}
                    onClick={() => setChanging(each)}
                  >
                    <IconPencil size={16} aria-hidden />
                  </ActionIcon>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {changing !== undefined && (
        <LocationDialog
          location={changing === 'new' ? undefined : changing}
          next={Math.max(0, ...list.data.map(({ priority }) => priority)) + 1}
          onClose={() => setChanging(undefined)}
        />
      )}
    </Stack>
  );
}

function LocationDialog({
  location,
  next,
  onClose,
}: {
  /** Undefined for a new one. */
  readonly location: Location | undefined;
  /** The priority of a new one. */
  readonly next: number;
  readonly onClose: () => void;
}) {
  const [code, setCode] = useState(location?.code ?? '');
  const [name, setName] = useState(location?.name ?? '');
  const [priority, setPriority] = useState(String(location?.priority ?? next));
  const save = usePutLocation({ says: `${name}: saved.`, onDone: onClose });
  const isWhole = code.trim() !== '' && name.trim() !== '' && /^-?\d+$/.test(priority.trim());
  const send = () =>
    save.mutate({ code: code.trim(), name: name.trim(), priority: Number(priority) });
  return (
    <FormDialog
      title={location ? `Change ${location.name}` : 'Add a location'}
      submit={location ? 'Save' : 'Add the location'}
      error={save.error}
      isSending={save.isPending}
      onSubmit={isWhole ? send : undefined}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        value={name}
        maxLength={200}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="Code"
        description="Letters, digits, “-” and “_”. It cannot be changed later."
        value={code}
        maxLength={100}
        disabled={location !== undefined}
        onChange={({ currentTarget }) => setCode(currentTarget.value)}
      />
      <TextInput
        label="Priority"
        description="The lowest serves first."
        inputMode="numeric"
        value={priority}
        onChange={({ currentTarget }) => setPriority(currentTarget.value)}
      />
    </FormDialog>
  );
}
