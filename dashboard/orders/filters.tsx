import {
  Button,
  Drawer,
  Group,
  MultiSelect,
  Pill,
  Select,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Search } from '../app/search';
import { money } from '../parts/format';
import { AmountInput } from './amount-input';
import { axes, type Axis } from './axes';
import { viewsQuery } from './queries';

interface FiltersProps {
  readonly search: Search;
  readonly onChange: (search: Search) => void;
}

/** The search with one field changed; an empty one is left out. */
export function withField(search: Search, name: string, value: string | readonly string[]): Search {
  const { [name]: _, ...rest } = search;
  return value.length === 0 ? rest : { ...rest, [name]: value };
}

const isAsked = (search: Search) => axes.filter(({ name }) => search[name] !== undefined);
const listOf = (value: Search[string] | undefined): string[] => [value ?? []].flat() as string[];

/** Opens every filter there is. */
export function FilterButton(props: FiltersProps) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />} onClick={open}>
        Filter
      </Button>
      <Drawer opened={opened} onClose={close} position="right" title="Filter orders">
        <Stack gap="sm">
          {axes.map((axis) => (
            <Field key={axis.name} axis={axis} {...props} />
          ))}
          <Button onClick={close}>Show the orders</Button>
        </Stack>
      </Drawer>
    </>
  );
}

function Field({ axis: { name, label, kind }, search, onChange }: FiltersProps & { axis: Axis }) {
  const { data } = useQuery(viewsQuery);
  const values = listOf(search[name]);
  const [value = ''] = values;
  const set = (next: string | readonly string[]) => onChange(withField(search, name, next));
  switch (kind) {
    case 'words': {
      const words = data?.words[name as keyof typeof data.words] ?? [];
      const all = [...new Set([...words, ...values])];
      return (
        <MultiSelect label={label} data={all} value={values} onChange={set} searchable clearable />
      );
    }
    case 'yes-no':
      return (
        <Select
          label={label}
          data={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          value={value || null}
          placeholder="Either"
          onChange={(next) => set(next ?? '')}
          clearable
        />
      );
    case 'texts':
      return <TagsInput label={label} value={values} onChange={set} clearable />;
    case 'amount':
      return (
        <AmountInput label={label} minor={value} currency={currencyOf(search)} onChange={set} />
      );
    case 'day':
    case 'text':
      return (
        <TextInput
          label={label}
          type={kind === 'day' ? 'date' : 'text'}
          value={value}
          dir={kind === 'text' ? 'auto' : undefined}
          onChange={({ currentTarget }) => set(currentTarget.value)}
        />
      );
  }
}

/** Amounts can only be compared in one currency. */
function currencyOf({ currency }: Search): string | undefined {
  const all = listOf(currency);
  return all.length === 1 ? all[0] : undefined;
}

/** What the list is filtered by, each to be taken away. */
export function FilterChips({ search, onChange }: FiltersProps) {
  const asked = isAsked(search);
  if (asked.length === 0) return null;
  const said = (axis: Axis) => {
    const values = listOf(search[axis.name]);
    const currency = currencyOf(search);
    if (axis.kind === 'yes-no') return values[0] === 'true' ? 'yes' : 'no';
    if (axis.kind === 'amount' && currency) return money(Number(values[0]), currency);
    return values.join(', ');
  };
  return (
    <Group gap="xs" role="group" aria-label="Filters">
      {asked.map((axis) => (
        <Pill
          key={axis.name}
          withRemoveButton
          size="md"
          onRemove={() => onChange(withField(search, axis.name, ''))}
          removeButtonProps={{
            'aria-label': `Take away the filter ${axis.label}`,
            tabIndex: 0,
            'aria-hidden': false,
          }}
        >
          {axis.label}: <b dir="auto">{said(axis)}</b>
        </Pill>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => onChange(search.q === undefined ? {} : { q: search.q })}
      >
        Clear
      </Button>
    </Group>
  );
}
