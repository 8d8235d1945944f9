import { Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { textIn } from '../app/search';
import { shopQuery } from '../client/queries';
import { kindInWords } from './kind';

const route = getRouteApi('/house/messages');

/** By order or address, and by kind; kept in the address. */
export function MessageFilters() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: shop } = useQuery(shopQuery);
  const found = textIn(search, 'to') ?? textIn(search, 'number') ?? '';
  const [typed, setTyped] = useState(found);
  const find = (text: string) =>
    void navigate({
      search: ({ to: _to, number: _number, ...others }) =>
        text === '' ? others : { ...others, [text.includes('@') ? 'to' : 'number']: text },
    });
  return (
    <Group
      component="form"
      gap="sm"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        find(typed.trim());
      }}
    >
      <TextInput
        type="search"
        aria-label="Order number or e-mail address"
        placeholder="Order number or e-mail address"
        value={typed}
        maxLength={320}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        flex={{ base: '1 1 12rem', sm: '0 1 20rem' }}
      />
      <Button type="submit" variant="default">
        Find
      </Button>
      <Select
        aria-label="Kind of message"
        placeholder="All kinds"
        clearable
        data={(shop?.messages ?? []).map((kind) => ({ value: kind, label: kindInWords(kind) }))}
        value={textIn(search, 'kind') ?? null}
        onChange={(kind) =>
          void navigate({
            search: ({ kind: _, ...others }) => (kind ? { ...others, kind } : others),
          })
        }
        flex={{ base: '1 1 10rem', sm: '0 1 14rem' }}
      />
    </Group>
  );
}
