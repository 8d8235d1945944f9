import { CloseButton, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { textIn } from '../app/search';
import { useShortcuts } from '../app/shortcuts';
import { locationsQuery } from './queries';

const route = getRouteApi('/house/stock');
const TYPING_MS = 250;

/** How the SKU begins, and where it is kept; kept in the address. */
export function StockFilters() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: locations = [] } = useQuery(locationsQuery);
  const [typed, setTyped] = useState(textIn(search, 'sku') ?? '');
  const input = useRef<HTMLInputElement>(null);
  const shortcuts = useMemo(
    () => [{ keys: '/', says: 'Find a SKU', run: () => input.current?.focus() }],
    [],
  );
  useShortcuts(shortcuts);

  const set = (name: string, value: string | null) =>
    void navigate({
      search: ({ [name]: _, ...others }) => (value ? { ...others, [name]: value } : others),
      replace: true,
    });
  const find = useDebouncedCallback((sku: string) => set('sku', sku.trim()), TYPING_MS);
  const type = (sku: string) => {
    setTyped(sku);
    find(sku);
  };

  return (
    <Group gap="sm">
      <TextInput
        ref={input}
        type="search"
        aria-label="Find a SKU by how it begins"
        placeholder="Find a SKU"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          typed && <CloseButton size="sm" aria-label="Clear the search" onClick={() => type('')} />
        }
        value={typed}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        flex={{ base: '1 1 12rem', sm: '0 1 20rem' }}
      />
      {locations.length > 1 && (
        <Select
          aria-label="Location"
          placeholder="All locations"
          clearable
          data={locations.map(({ code, name }) => ({ value: code, label: name }))}
          value={textIn(search, 'location') ?? null}
          onChange={(location) => set('location', location)}
          flex={{ base: '1 1 10rem', sm: '0 1 14rem' }}
        />
      )}
    </Group>
  );
}
