import {
  Button,
  Card,
  PasswordInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, dataOf, type Schemas } from '../client/client';
import { meQuery } from '../client/queries';
import { FormFault, faultsOf } from '../parts/faults';
import { textsOf } from '../parts/texts';
import { OwnSessions } from './own-sessions';

const done = (message: string) => notifications.show({ color: 'green', message });

/** Name, password, and where one is signed in. */
export function You() {
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  if (me.kind === 'key') {
    return <Text>You are here by the key “{me.name}”, which has no password and no sessions.</Text>;
  }
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Name me={me} />
        <Password me={me} />
      </SimpleGrid>
      <OwnSessions />
    </Stack>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card withBorder padding="lg">
      <Title order={2} mb="md">
        {title}
      </Title>
      {children}
    </Card>
  );
}

function Name({ me }: { readonly me: Schemas['Me'] }) {
  const queries = useQueryClient();
  const rename = useMutation({
    mutationFn: async (name: string) => dataOf(await api.PUT('/v1/me', { body: { name } })),
    onSuccess(changed) {
      queries.setQueryData(meQuery.queryKey, changed);
      done('Your name is changed.');
    },
  });
  return (
    <Part title="Your name">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate(textsOf(event.currentTarget).name ?? '');
        }}
      >
        <Stack>
          <TextInput
            name="name"
            label="Name"
            description="Shown beside everything that you do from now on."
            defaultValue={me.name}
            autoComplete="name"
            error={faultsOf(rename.error).name}
            required
            withAsterisk={false}
          />
          <TextInput
            label="E-mail"
            value={me.email ?? ''}
            readOnly
            description="Only an admin changes it."
          />
          <FormFault error={rename.error} />
          <Button
            type="submit"
            variant="light"
            loading={rename.isPending}
            style={{ alignSelf: 'start' }}
          >
            Save name
          </Button>
        </Stack>
      </form>
    </Part>
  );
}

function Password({ me }: { readonly me: Schemas['Me'] }) {
  const change = useMutation({
    mutationFn: ({
      current,
      password,
    }: {
      current: string;
      password: string;
      form: HTMLFormElement;
    }) => api.PUT('/v1/me/password', { body: { current, password } }),
    onSuccess(_data, { form }) {
      form.reset();
      done('Your password is changed. You are signed out everywhere else.');
    },
  });
  const faults = faultsOf(change.error);
  return (
    <Part title="Your password">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const { current = '', password = '' } = textsOf(form);
          change.mutate({ current, password, form });
        }}
      >
        <Stack>
          <input type="hidden" autoComplete="username" value={me.email ?? ''} readOnly />
          <PasswordInput
            name="current"
            label="Password now"
            autoComplete="current-password"
            error={faults.current}
            required
            withAsterisk={false}
          />
          <PasswordInput
            name="password"
            label="New password"
            description="A few words make a good one."
            autoComplete="new-password"
            error={faults.password}
            required
            withAsterisk={false}
          />
          <FormFault error={change.error} />
          <Button
            type="submit"
            variant="light"
            loading={change.isPending}
            style={{ alignSelf: 'start' }}
          >
            Change password
          </Button>
        </Stack>
      </form>
    </Part>
  );
}
