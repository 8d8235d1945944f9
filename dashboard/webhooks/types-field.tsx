import { Checkbox, Fieldset, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failed, Loading } from '../parts/states';
import { typesQuery } from './queries';

interface Listed {
  readonly type: string;
  readonly says: string;
}

/** `order.return-closed` is of the group `return`. */
const groupOf = (type: string) => type.split(/[.-]/)[1] ?? type;

function grouped(types: readonly Listed[]): readonly (readonly [string, readonly Listed[]])[] {
  const groups = [...new Set(types.map(({ type }) => groupOf(type)))];
  return groups.map((group) => [group, types.filter(({ type }) => groupOf(type) === group)]);
}

/** What an endpoint is told of: of everything while nothing is chosen. */
export function TypesField({
  chosen,
  onChange,
  error: fault,
}: {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly error: string | undefined;
}) {
  const [search, setSearch] = useState('');
  const { data, error, refetch } = useQuery(typesQuery);
  if (!data) {
    return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />;
  }
  const words = search.trim().toLowerCase();
  const found = data.types.filter(({ type, says }) =>
    `${type} ${says}`.toLowerCase().includes(words),
  );
  return (
    <Fieldset legend="What it is told of">
      <Stack gap="sm">
        <Text size="sm" role="status">
          {chosen.length === 0
            ? 'Everything. Choose types to be told of these alone.'
            : `${chosen.length} of ${data.types.length} types.`}
        </Text>
        <TextInput
          aria-label="Search the types"
          placeholder="Search"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0 }}>
          <Checkbox.Group value={[...chosen]} onChange={onChange} aria-label="Types">
            <Stack gap="md">
              {grouped(found).map(([group, types]) => (
                <Stack key={group} gap={6} role="group" aria-label={group}>
                  <Text size="sm" fw={600} tt="capitalize">
                    {group}
                  </Text>
                  {types.map(({ type, says }) => (
                    <Checkbox key={type} value={type} label={type} description={says} />
                  ))}
                </Stack>
              ))}
            </Stack>
          </Checkbox.Group>
          {found.length === 0 && <Text c="dimmed">No type has these words.</Text>}
        </ScrollArea.Autosize>
        {fault !== undefined && (
          <Text size="sm" c="var(--mantine-color-error)">
            {fault}
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}
