import '@mantine/spotlight/styles.css';
import { VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { count } from '../parts/format';
import { useFound } from './found';

const TYPING_MS = 200;
const [store, palette] = createSpotlight();

/** Finds orders, shelves, partners and pages, and does what may be done to the order on the screen. `asked` counts how often it was opened. */
export function Palette({ asked, path }: { readonly asked: number; readonly path: string }) {
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), TYPING_MS);
  const { sections, isSearching } = useFound(words, path);
  const total = sections.reduce((sum, { entries }) => sum + entries.length, 0);
  useEffect(() => palette.open(), [asked]);
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      scrollable
      maxHeight="70vh"
      title="Search everything"
      styles={{ header: { display: 'none' } }}
    >
      <Spotlight.Search
        aria-label="Order, customer, e-mail, SKU, tracking number or page"
        placeholder="Order, customer, e-mail, SKU, tracking number or page"
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <VisuallyHidden role="status">
        {isSearching ? 'Searching' : count(total, 'thing')} {isSearching ? '' : 'found'}
      </VisuallyHidden>
      <Spotlight.ActionsList>
        {sections.map(({ title, entries }) => (
          <Spotlight.ActionsGroup key={title} label={title}>
            {entries.map(({ id, label, about, run }) => (
              <Spotlight.Action
                key={id}
                label={label}
                description={about}
                onClick={run}
                dir="auto"
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {total === 0 && (
          <Spotlight.Empty>
            {isSearching ? 'Searching…' : `Nothing is called “${words}”. Try fewer letters.`}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
