import { Badge, Button, Group, Modal, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../client/client';
import { Empty, Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { usersQuery } from './queries';
import { roleWords } from './roles';
import { addressOf, ShownOnce } from './shown-once';
import { UserActions, type UserCommands } from './user-actions';
import { UserForm } from './user-form';

type User = Schemas['User'];
type Invited = Schemas['InvitedUser'];

/** What stands in front of the list: a form for a user or a new one, or a link to hand over. */
type Front =
  { readonly form: User | undefined } | { readonly invited: Invited } | { readonly none: true };

/** Who may sign in: inviting, changing, disabling them, and links for who forgot their password. */
export function Users() {
  const { data, error, refetch } = useQuery(usersQuery);
  const [front, setFront] = useState<Front>({ none: true });
  const close = () => setFront({ none: true });
  const isForm = 'form' in front;
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed">People who sign in to this dashboard.</Text>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setFront({ form: undefined })}
        >
          Invite a user
        </Button>
      </Group>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={4} height={52} />}
      {data?.length === 0 && <Empty kind="new" title="Nobody signs in yet" />}
      {data && data.length > 0 && (
        <UserTable
          users={data}
          onEdit={(user) => setFront({ form: user })}
          onLink={(invited) => setFront({ invited })}
        />
      )}
      <Modal
        opened={isForm}
        onClose={close}
        title={isForm && front.form ? `Change ${front.form.name}` : 'Invite a user'}
      >
        {isForm && (
          <UserForm
            user={front.form}
            onDone={(invited) => (invited ? setFront({ invited }) : close())}
          />
        )}
      </Modal>
      <Modal opened={'invited' in front} onClose={close} title="A link to hand over">
        {'invited' in front && (
          <ShownOnce label="Sign-in link" value={addressOf(front.invited.path)} onClose={close}>
            Give this link to {front.invited.user.name}: by it they choose a password. It is good
            once, until <When at={front.invited.expiresAt} as="date" />, and is not shown again.
          </ShownOnce>
        )}
      </Modal>
    </Stack>
  );
}

function UserTable({ users, ...actions }: UserCommands & { readonly users: readonly User[] }) {
  return (
    <Table aria-label="Users">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Name</Table.Th>
          <Table.Th scope="col">Role</Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            Last signed in
          </Table.Th>
          <Table.Th scope="col" w={48}>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.map((user) => (
          <UserRow key={user.id} user={user} {...actions} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function UserRow({ user, onEdit, onLink }: UserCommands & { readonly user: User }) {
  const { name, email, role, partner, signedInAt } = user;
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Group gap="xs">
          <Text size="sm" fw={600} dir="auto">
            {name}
          </Text>
          <Standing user={user} />
        </Group>
        <Text size="xs" c="dimmed">
          {email}
        </Text>
      </Table.Td>
      <Table.Td>
        {roleWords[role].label}
        {partner !== null && (
          <Text size="xs" c="dimmed">
            {partner}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        {signedInAt === null ? 'Never' : <When at={signedInAt} />}
      </Table.Td>
      <Table.Td>
        <UserActions user={user} onEdit={onEdit} onLink={onLink} />
      </Table.Td>
    </Table.Tr>
  );
}

function Standing({ user: { disabledAt, hasPassword } }: { readonly user: User }) {
  if (disabledAt !== null) {
    return (
      <Badge color="gray" variant="light" tt="none" radius="sm">
        Disabled
      </Badge>
    );
  }
  return hasPassword ? null : (
    <Badge color="blue" variant="light" tt="none" radius="sm">
      Invited
    </Badge>
  );
}
