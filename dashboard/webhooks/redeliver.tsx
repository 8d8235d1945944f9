import { MultiSelect, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf, type Schemas } from '../client/client';
import { faultAt } from '../parts/faults';
import { choicesOf } from '../deliveries/status-pill';
import { count } from '../parts/format';
import { FormDialog } from '../parts/form-dialog';
import { useIntent } from '../client/intent';
import { typesQuery, webhooksKey } from './queries';

interface Typed {
  readonly from: string;
  readonly until: string;
  readonly order: string;
  readonly type: string | null;
  readonly status: readonly string[];
}

const nothing: Typed = { from: '', until: '', order: '', type: null, status: [] };

/** What was typed, without what was left empty; times are of whoever types them. */
function chosen({ from, until, order, type, status }: Typed): Schemas['WebhookRedelivery'] {
  return {
    ...(from !== '' && { from: new Date(from).toISOString() }),
    ...(until !== '' && { until: new Date(until).toISOString() }),
    ...(order !== '' && { order }),
    // The API alone knows which there are.
    ...(type !== null && { type: type as never }),
    ...(status.length > 0 && { status: status as never }),
  };
}

/** Sends a range of deliveries again, after saying how many they are. */
export function RedeliverDialog({
  id,
  onClose,
}: {
  readonly id: string;
  readonly onClose: () => void;
}) {
  const queries = useQueryClient();
  const intent = useIntent();
  const { data: words } = useQuery(typesQuery);
  const [typed, setTyped] = useState(nothing);
  const body = chosen(typed);
  const isChosen = Object.keys(body).length > 0;
  const send = async (preview: boolean) => {
    const params = {
      path: { id },
      query: { preview: preview ? 'true' : 'false' } as const,
      ...(!preview && { header: intent(body) }),
    };
    return dataOf(await api.POST('/v1/webhooks/{id}/redeliveries', { params, body }));
  };
  const preview = useQuery({
    queryKey: [...webhooksKey, id, 'redelivery', body],
    queryFn: () => send(true),
    enabled: isChosen,
  });
  const sending = useMutation({
    mutationFn: () => send(false),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: webhooksKey });
      onClose();
    },
  });
  const found = isChosen ? preview.data?.found : undefined;
  const error = sending.error ?? preview.error;
  const set = (changes: Partial<Typed>) => setTyped((before) => ({ ...before, ...changes }));
  return (
    <FormDialog
      title="Send a range again"
      submit={
        found === undefined ? 'Send again' : `Send ${count(found, 'delivery', 'deliveries')} again`
      }
      error={error}
      isSending={sending.isPending}
      onSubmit={found ? () => sending.mutate() : undefined}
      onClose={onClose}
    >
      <Text size="sm">
        Each has its former id and words, so that a receiver that had it knows it again.
      </Text>
      <MultiSelect
        label="Status"
        placeholder={typed.status.length === 0 ? 'Any' : undefined}
        data={choicesOf(words?.statuses ?? [])}
        value={[...typed.status]}
        onChange={(status) => set({ status })}
        data-autofocus
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label="From"
          type="datetime-local"
          value={typed.from}
          onChange={({ currentTarget }) => set({ from: currentTarget.value })}
          error={faultAt(error, '/from')}
        />
        <TextInput
          label="Until"
          type="datetime-local"
          value={typed.until}
          onChange={({ currentTarget }) => set({ until: currentTarget.value })}
          error={faultAt(error, '/until')}
        />
      </SimpleGrid>
      <TextInput
        label="Order"
        value={typed.order}
        onChange={({ currentTarget }) => set({ order: currentTarget.value.trim() })}
        error={faultAt(error, '/order')}
      />
      <Select
        label="Type"
        placeholder="Any"
        clearable
        searchable
        clearButtonProps={{ 'aria-label': 'Any type' }}
        data={words?.types.map(({ type }) => type) ?? []}
        value={typed.type}
        onChange={(type) => set({ type })}
      />
      <Text role="status">
        {found === undefined
          ? 'Choose which: a status, a time, an order or a type.'
          : `${count(found, 'delivery', 'deliveries')} of these.`}
      </Text>
    </FormDialog>
  );
}
