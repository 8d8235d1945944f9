import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

const PAUSE_MS = 250;
export const SEARCH_ID = 'search-orders';

/** Searches orders while somebody types. */
export function SearchBox({
  sought,
  onSearch,
}: {
  readonly sought: string;
  readonly onSearch: (sought: string) => void;
}) {
  const [typed, setTyped] = useState(sought);
  const [last, setLast] = useState(sought);
  // Another view was chosen, or somebody went back: what is typed follows the address.
  if (last !== sought) {
    setLast(sought);
    setTyped(sought);
  }
  const search = useDebouncedCallback((text: string) => {
    setLast(text);
    onSearch(text);
  }, PAUSE_MS);
  useEffect(() => () => search.cancel(), [search]);
  return (
    <TextInput
      id={SEARCH_ID}
      type="search"
      flex={1}
      miw={180}
      maw={440}
      aria-label="Search orders"
      placeholder="Number, name, e-mail, SKU, tracking…"
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed !== '' && (
          <CloseButton
            size="sm"
            aria-label="Clear the search"
            onClick={() => {
              setTyped('');
              search('');
            }}
          />
        )
      }
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        search(value);
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Escape') currentTarget.blur();
      }}
    />
  );
}
