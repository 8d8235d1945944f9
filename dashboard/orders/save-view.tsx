import { ActionIcon, Menu, Switch, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark, IconBookmarkPlus, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Search } from '../app/search';
import { api } from '../client/client';
import { FormDialog } from '../parts/form-dialog';
import { useIntent } from '../client/intent';
import { sameSearch, viewsQuery, type View } from './queries';

/** Saves what is asked for as a view, or changes the view of one's own that is shown. */
export function SaveView({
  search,
  onChoose,
}: {
  readonly search: Search;
  readonly onChoose: (search: Search) => void;
}) {
  const { data } = useQuery(viewsQuery);
  const [opened, { open, close }] = useDisclosure();
  const present = data?.views.find((view) => sameSearch(view.search, search));
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => api.DELETE('/v1/views/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: viewsQuery.queryKey });
      onChoose({});
    },
  });
  const mine = present?.mine ? present : undefined;
  return (
    <>
      {mine ? (
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={`The view ${mine.name}`}>
              <IconBookmark size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={open}>
              Rename or share
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => remove.mutate(mine.id)}
            >
              Delete this view
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Tooltip label="Save as a view">
          <ActionIcon
            variant="default"
            size={36}
            aria-label="Save as a view"
            disabled={present !== undefined}
            onClick={open}
          >
            <IconBookmarkPlus size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {opened && <ViewDialog search={search} view={mine} onClose={close} />}
    </>
  );
}

function ViewDialog({
  search,
  view,
  onClose,
}: {
  readonly search: Search;
  readonly view: View | undefined;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const queries = useQueryClient();
  const intent = useIntent();
  const save = useMutation({
    mutationFn: async () => {
      const body = { name: name.trim(), shared, search: search as View['search'] };
      if (view) await api.PUT('/v1/views/{id}', { params: { path: { id: view.id } }, body });
      else await api.POST('/v1/views', { params: { header: intent(body) }, body });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: viewsQuery.queryKey });
      onClose();
    },
  });
  return (
    <FormDialog
      title={view ? 'Change the view' : 'Save as a view'}
      submit="Save"
      error={save.error}
      isSending={save.isPending}
      onSubmit={name.trim() === '' ? undefined : () => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        data-autofocus
        maxLength={60}
        dir="auto"
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Switch
        label="Share it with everybody"
        checked={shared}
        onChange={({ currentTarget }) => setShared(currentTarget.checked)}
      />
    </FormDialog>
  );
}
