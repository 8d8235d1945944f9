import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas } from '../client/client';
import { useIntent } from '../client/intent';
import { When } from '../parts/when';
import { Section } from '../parts/section';

type Order = Schemas['Order'];

/** Notes of the staff, and a place to write one. */
export function Notes({
  order: { number, notes, seq },
  isPast,
}: {
  readonly order: Pick<Order, 'number' | 'notes' | 'seq'>;
  readonly isPast: boolean;
}) {
  return (
    <Section title="Notes">
      <Stack gap="sm">
        {notes.length === 0 && isPast && <Text c="dimmed">There was none.</Text>}
        {[...notes].reverse().map((note) => (
          <div key={note.id}>
            <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {note.text}
            </Text>
            <Text size="xs" c="dimmed">
              {note.author} · <When at={note.at} />
              {note.editedAt !== undefined && ' · changed'}
            </Text>
          </div>
        ))}
        {!isPast && <NewNote number={number} version={seq} />}
      </Stack>
    </Section>
  );
}

function NewNote({ number, version }: { readonly number: string; readonly version: number }) {
  const [text, setText] = useState('');
  const intent = useIntent();
  const add = useMutation({
    mutationFn: () => {
      const body = { type: 'add-note', text: text.trim() } as const;
      // The same words may be noted again later, on another version of the order.
      const header = intent([number, version, body]);
      return api.POST('/v1/orders/{number}/commands', {
        params: { path: { number }, header },
        body,
      });
    },
    onSuccess: () => setText(''),
  });
  const send = () => {
    if (text.trim() !== '' && !add.isPending) add.mutate();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        id="new-note"
        label="Add a note for the staff"
        autosize
        minRows={2}
        dir="auto"
        value={text}
        error={add.error?.message}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <Group justify="flex-end" mt="xs">
        <Button
          type="submit"
          size="xs"
          variant="light"
          loading={add.isPending}
          disabled={text.trim() === ''}
        >
          Add note
        </Button>
      </Group>
    </form>
  );
}
