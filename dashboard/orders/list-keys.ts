import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useShortcuts } from '../app/shortcuts';
import type { AnyRow } from './queries';
import { SEARCH_ID } from './search-box';

/** Lets the keyboard walk through the rows, select and open them; gives the row it is at, -1 before the first. */
export function useListKeys(
  rows: readonly AnyRow[],
  selected: ReadonlySet<string>,
  select: (number: string, isSelected: boolean) => void,
): number {
  const [active, setActive] = useState(-1);
  const navigate = useNavigate();
  const number = rows[active]?.number;
  useShortcuts(
    useMemo(
      () => [
        {
          keys: 'j',
          says: 'Next order',
          run: () => setActive((at) => Math.min(at + 1, rows.length - 1)),
        },
        { keys: 'k', says: 'Previous order', run: () => setActive((at) => Math.max(at - 1, 0)) },
        {
          keys: 'x',
          says: 'Select the order',
          run: () => {
            if (number !== undefined) select(number, !selected.has(number));
          },
        },
        {
          keys: 'Enter',
          says: 'Open the order',
          run: () => {
            if (number !== undefined) void navigate({ to: '/orders/$number', params: { number } });
          },
        },
        {
          keys: '/',
          says: 'Search orders',
          run: () => document.getElementById(SEARCH_ID)?.focus(),
        },
      ],
      [rows.length, number, selected, select, navigate],
    ),
  );
  return active;
}
