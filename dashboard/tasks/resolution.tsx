import { Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf, type Schemas } from '../client/client';
import { FormDialog } from '../parts/form-dialog';
import { useIntent } from '../client/intent';
import { taskKey } from './queries';

/** Ends a task that is about no order, with a note for whoever asks later. */
export function Resolution({
  task: { id, about, text },
  onClose,
}: {
  readonly task: Schemas['HouseTask'];
  readonly onClose: () => void;
}) {
  const [note, setNote] = useState('');
  const queries = useQueryClient();
  const intent = useIntent();
  const resolve = useMutation({
    mutationFn: async (body: Schemas['TaskResolution']) => {
      const params = { path: { id }, header: intent({ id, body }) };
      return dataOf(await api.POST('/v1/tasks/{id}/resolution', { params, body }));
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: taskKey() });
      onClose();
    },
  });
  const send = () => resolve.mutate(note.trim() === '' ? {} : { note: note.trim() });
  return (
    <FormDialog
      title={`Resolve: ${about}`}
      submit="Mark as resolved"
      error={resolve.error}
      isSending={resolve.isPending}
      onSubmit={send}
      onClose={onClose}
    >
      <Text>{text}</Text>
      <Textarea
        label="What was done"
        placeholder="Optional"
        autosize
        minRows={3}
        maxLength={2000}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
