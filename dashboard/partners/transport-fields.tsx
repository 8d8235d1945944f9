import {
  Fieldset,
  Group,
  PasswordInput,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { Form } from './fields';
import type { PartnerValues } from './form-values';

const kinds: readonly { value: PartnerValues['transport']; label: string }[] = [
  { value: 'http', label: 'HTTP: posted to an address' },
  { value: 'folder', label: 'Files in a folder of ours' },
  { value: 'sftp', label: 'Files on its SFTP server' },
];

/** How the partner is told. */
export function TransportFields({
  form,
  hasCredential,
}: {
  readonly form: Form;
  readonly hasCredential: boolean;
}) {
  const { transport } = form.values;
  return (
    <Fieldset legend="How it is told">
      <Stack gap="sm">
        <Select
          label="Way"
          data={kinds}
          value={transport}
          allowDeselect={false}
          onChange={(kind) => kind && form.set({ transport: kind })}
        />
        {transport === 'http' && (
          <TextInput label="Address" type="url" required {...form.text('url', '/transport/url')} />
        )}
        {transport === 'folder' && (
          <TextInput
            label="Folder"
            description="In the folder of exchanged files, such as acme/out."
            required
            {...form.text('folder', '/transport/path')}
          />
        )}
        {transport === 'sftp' && <SftpFields form={form} hasCredential={hasCredential} />}
      </Stack>
    </Fieldset>
  );
}

function SftpFields({
  form,
  hasCredential,
}: {
  readonly form: Form;
  readonly hasCredential: boolean;
}) {
  return (
    <>
      <Group align="flex-start" wrap="nowrap">
        <TextInput label="Server" required flex={1} {...form.text('host', '/transport/host')} />
        <TextInput
          label="Port"
          placeholder="22"
          inputMode="numeric"
          w={90}
          {...form.text('port', '/transport/port')}
        />
      </Group>
      <TextInput
        label="User"
        required
        autoComplete="off"
        {...form.text('user', '/transport/user')}
      />
      <TextInput
        label="Folder on the server"
        description="It has to exist."
        required
        {...form.text('path', '/transport/path')}
      />
      <TextInput
        label="Host key"
        description="SHA256:… Nothing is sent without it. Save and send a test: it says which one the server shows."
        {...form.text('hostKey', '/transport/hostKey')}
      />
      <Text size="sm" c="dimmed">
        {hasCredential
          ? 'A password or key is kept. What you leave empty stays as it is.'
          : 'A password or a private key opens the server. It is never shown again.'}
      </Text>
      <PasswordInput
        label="Password"
        autoComplete="new-password"
        {...form.text('password', '/credential/password')}
      />
      <Textarea
        label="Private key"
        autosize
        minRows={2}
        maxRows={6}
        {...form.text('privateKey', '/credential/privateKey')}
      />
      <PasswordInput
        label="Passphrase of the key"
        autoComplete="new-password"
        {...form.text('passphrase', '/credential/passphrase')}
      />
    </>
  );
}
