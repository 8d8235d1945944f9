import { Button, Drawer, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../client/client';
import { faultAt } from '../parts/faults';
import { SecretDialog, type NewSecret } from '../deliveries/secret';
import { useIntent } from '../client/intent';
import { Refused } from '../parts/refused';
import { webhooksKey, type Endpoint } from './queries';
import { TypesField } from './types-field';

/** Makes an endpoint, or changes one; a new one's secret is shown once it is made. */
export function EndpointDrawer({
  opened,
  onClose,
  endpoint,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Absent: a new one. */
  readonly endpoint?: Endpoint;
}) {
  const [secret, setSecret] = useState<NewSecret>();
  return (
    <>
      <Drawer
        opened={opened}
        onClose={onClose}
        position="right"
        size="lg"
        title={endpoint ? 'Change the endpoint' : 'Add an endpoint'}
      >
        <EndpointForm
          endpoint={endpoint}
          onClose={onClose}
          onSaved={(made) => {
            if ('secret' in made) setSecret({ secret: made.secret, of: made.url });
            onClose();
          }}
        />
      </Drawer>
      <SecretDialog shown={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}

type Saved = Endpoint | (Endpoint & { readonly secret: string | null });

function EndpointForm({
  endpoint,
  onClose,
  onSaved,
}: {
  readonly endpoint: Endpoint | undefined;
  readonly onClose: () => void;
  readonly onSaved: (made: Saved) => void;
}) {
  const queries = useQueryClient();
  const intent = useIntent();
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [events, setEvents] = useState<readonly string[]>(endpoint?.events ?? []);
  const saving = useMutation({
    mutationFn: async (): Promise<Saved> => {
      // The API alone knows which types there are; it says which one it does not know.
      const body = { url, description, events: [...events] as never[] };
      if (!endpoint) {
        const header = intent(body);
        return dataOf(await api.POST('/v1/webhooks', { params: { header }, body }));
      }
      const params = { path: { id: endpoint.id } };
      return dataOf(await api.PUT('/v1/webhooks/{id}', { params, body }));
    },
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: webhooksKey });
      onSaved(made);
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <Stack>
        <TextInput
          label="Address"
          description="Begins with https://"
          type="url"
          required
          data-autofocus
          value={url}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
          error={faultAt(saving.error, '/url')}
        />
        <TextInput
          label="Description"
          dir="auto"
          value={description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
          error={faultAt(saving.error, '/description')}
        />
        <TypesField chosen={events} onChange={setEvents} error={faultAt(saving.error, '/events')} />
        <Refused error={saving.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {endpoint ? 'Save' : 'Add the endpoint'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
