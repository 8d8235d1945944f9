import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconLink, IconPencil, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import { usersQuery } from './queries';

type User = Schemas['User'];

export interface UserCommands {
  readonly onEdit: (user: User) => void;
  readonly onLink: (invited: Schemas['InvitedUser']) => void;
}

/** What an admin can do with one user. */
export function UserActions({ user, onEdit, onLink }: UserCommands & { readonly user: User }) {
  const { id, name, email, role, partner, disabledAt } = user;
  const isDisabled = disabledAt !== null;
  const queries = useQueryClient();
  const onError = (error: Error) => notifications.show({ color: 'red', message: error.message });
  const link = useMutation({
    // Asking twice is harmless: the later link takes the place of the former.
    mutationFn: async () =>
      dataOf(await api.POST('/v1/users/{id}/link', { params: { path: { id } } })),
    onSuccess: onLink,
    onError,
  });
  const toggle = useMutation({
    mutationFn: async () => {
      const same = { email, name, role, ...(partner !== null && { partner }) };
      const body = { ...same, disabled: !isDisabled };
      return dataOf(await api.PUT('/v1/users/{id}', { params: { path: { id } }, body }));
    },
    onSuccess: () => {
      const message = isDisabled
        ? `${name} may sign in again.`
        : `${name} is signed out everywhere and cannot sign in.`;
      notifications.show({ color: 'green', message });
    },
    onError,
    onSettled: () => queries.invalidateQueries(usersQuery),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Actions for ${name}`}
          loading={link.isPending || toggle.isPending}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onEdit(user)}>
          Change
        </Menu.Item>
        {!isDisabled && (
          <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={() => link.mutate()}>
            Link for a new password
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={
            isDisabled ? (
              <IconUserCheck size={16} aria-hidden />
            ) : (
              <IconUserOff size={16} aria-hidden />
            )
          }
          onClick={() => toggle.mutate()}
        >
          {isDisabled ? 'Enable' : 'Disable'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
