import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { api, dataOf } from '../client/client';
import { FormFault } from '../parts/faults';
import { textsOf } from '../parts/texts';
import { Door } from './door';
import { useEntering } from './entering';

/** By e-mail and password; `to`: where somebody was going when they were asked. */
export function PasswordEntry({ to }: { readonly to: string | undefined }) {
  const entering = useEntering(
    async (body: { email: string; password: string }) =>
      dataOf(await api.POST('/v1/sessions', { body })),
    { to },
  );
  return (
    <Door title="Sign in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const { email = '', password = '' } = textsOf(event.currentTarget);
          entering.mutate({ email: email.trim(), password });
        }}
      >
        <Stack gap="md">
          <TextInput
            name="email"
            type="email"
            label="E-mail"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
          />
          <PasswordInput
            name="password"
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
          <FormFault error={entering.error} />
          <Button type="submit" loading={entering.isPending}>
            Sign in
          </Button>
          <Text size="sm" c="dimmed">
            Forgot your password, or new here? An admin can give you a link. Admins find one where
            Conveyor was started.
          </Text>
        </Stack>
      </form>
    </Door>
  );
}
