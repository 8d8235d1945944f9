import { Alert, List, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Search } from '../app/search';
import { api, dataOf, type Schemas } from '../client/client';
import { FormDialog } from '../parts/form-dialog';
import { useIntent } from '../client/intent';
import { fieldOf, type Action } from './bulk-actions';
import type { Chosen } from './bulk-bar';

type NewBatch = Schemas['NewBatch'];

const PAUSE_MS = 300;
const MOST_EXAMPLES = 20;

const withoutSort = ({ sort: _, ...filter }: Search) => filter;

function batchOf(action: Action, chosen: Chosen, typed: string): NewBatch {
  const field = fieldOf(action);
  const command = { ...action.command, ...(field && { [field.name]: typed.trim() || '…' }) };
  const whose =
    'numbers' in chosen
      ? { numbers: [...chosen.numbers] }
      : { filter: withoutSort(chosen.search) as NewBatch['filter'] };
  return { ...whose, command: command as NewBatch['command'] };
}

/** Says what a command would do to each of many orders, and sends it to them as a batch. */
export function BulkDialog({
  action,
  chosen,
  onClose,
}: {
  readonly action: Action;
  readonly chosen: Chosen;
  readonly onClose: () => void;
}) {
  const field = fieldOf(action);
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, PAUSE_MS);
  const navigate = useNavigate();
  const intent = useIntent();
  const preview = useQuery({
    queryKey: ['batch-preview', action.command, chosen, settled],
    queryFn: async () => {
      const body = batchOf(action, chosen, settled);
      const params = { query: { preview: 'true' as const } };
      const data = dataOf(await api.POST('/v1/batches', { params, body }));
      return data as Schemas['BatchPreview'];
    },
    placeholderData: (before) => before,
    gcTime: 0,
  });
  const run = useMutation({
    mutationFn: async () => {
      const body = batchOf(action, chosen, typed);
      const answered = dataOf(
        await api.POST('/v1/batches', { params: { header: intent(body) }, body }),
      );
      return (answered as Schemas['BatchAnswer']).batch;
    },
    onSuccess: ({ id }) => void navigate({ to: '/batches/$id', params: { id }, search: {} }),
  });
  const isComplete = field === null || typed.trim() !== '';
  const can = preview.data?.can ?? 0;
  return (
    <FormDialog
      title={action.label}
      submit={can > 0 ? `${action.label}: ${can}` : action.label}
      error={run.error ?? preview.error}
      isSending={run.isPending}
      onSubmit={isComplete && can > 0 ? () => run.mutate() : undefined}
      onClose={onClose}
    >
      {field && (
        <TextInput
          label={field.label}
          data-autofocus
          dir="auto"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      {preview.isPending ? (
        <Skeleton height={72} />
      ) : (
        preview.data && <Foreseen preview={preview.data} />
      )}
    </FormDialog>
  );
}

function Foreseen({ preview }: { readonly preview: Schemas['BatchPreview'] }) {
  const { says, reasons, orders } = preview;
  const examples = orders.filter(({ outcome }) => outcome === 'cannot').slice(0, MOST_EXAMPLES);
  return (
    <Stack gap="xs" aria-live="polite">
      <Alert color={preview.cannot > 0 ? 'yellow' : 'green'} title={says} />
      {reasons.length > 0 && (
        <List size="sm">
          {reasons.map(({ code, count, example }) => (
            <List.Item key={code}>
              {count}: {example}
            </List.Item>
          ))}
        </List>
      )}
      {examples.length > 0 && (
        <details>
          <summary>Which cannot</summary>
          <Table aria-label="Orders that cannot">
            <Table.Tbody>
              {examples.map(({ number, refusal }) => (
                <Table.Tr key={number}>
                  <Table.Th scope="row">{number}</Table.Th>
                  <Table.Td>
                    <Text size="sm">{refusal?.detail}</Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </details>
      )}
    </Stack>
  );
}
