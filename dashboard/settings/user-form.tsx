import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf, type Schemas } from '../client/client';
import { FormFault, faultsOf } from '../parts/faults';
import { useIntent } from '../client/intent';
import { textsOf } from '../parts/texts';
import { usersQuery } from './queries';
import { RoleFields, type RoleChoice } from './role-fields';
import { userRoles } from './roles';

type User = Schemas['User'];
type Choice = RoleChoice<User['role']>;

/** Invites somebody, or changes who is there already; `onDone` gets the link of who was invited. */
export function UserForm({
  user,
  onDone,
}: {
  readonly user: User | undefined;
  readonly onDone: (invited: Schemas['InvitedUser'] | undefined) => void;
}) {
  const [choice, setChoice] = useState<Choice>(() => choiceOf(user));
  const queries = useQueryClient();
  const keyFor = useIntent();
  const save = useMutation({
    mutationFn: async ({ name = '', email = '' }: Readonly<Record<string, string>>) => {
      const body = { name, email: email.trim(), ...choice };
      if (!user)
        return dataOf(await api.POST('/v1/users', { params: { header: keyFor(body) }, body }));
      const params = { path: { id: user.id } };
      const disabled = user.disabledAt !== null;
      await api.PUT('/v1/users/{id}', { params, body: { ...body, disabled } });
      return undefined;
    },
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries(usersQuery),
  });
  const faults = faultsOf(save.error);
  const isOtherRole =
    user && (choice.role !== user.role || choice.partner !== choiceOf(user).partner);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(textsOf(event.currentTarget));
      }}
    >
      <Stack>
        <TextInput
          name="name"
          label="Name"
          defaultValue={user?.name}
          error={faults.name}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
        />
        <TextInput
          name="email"
          type="email"
          label="E-mail"
          description="They sign in with it. Nothing is sent there."
          defaultValue={user?.email}
          error={faults.email}
          autoComplete="off"
          required
          withAsterisk={false}
        />
        <RoleFields roles={userRoles} value={choice} onChange={setChoice} fault={faults.partner} />
        {isOtherRole && (
          <Alert color="blue">With another role they are signed out, and sign in again.</Alert>
        )}
        <FormFault error={save.error} />
        <Button type="submit" loading={save.isPending}>
          {user ? 'Save' : 'Invite'}
        </Button>
      </Stack>
    </form>
  );
}

function choiceOf(user: User | undefined): Choice {
  if (!user) return { role: userRoles[0] };
  const { role, partner } = user;
  return { role, ...(partner !== null && { partner }) };
}
