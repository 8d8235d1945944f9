import { useEffect, useState } from 'react';
import type { Entry } from './queries';

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** The id that an entry has on the page. */
export const placeOf = (seq: number) => `event-${seq}`;

/** Goes to an event by its id, and loads what is earlier until it is there; `found` is the one gone to last. */
export function useJump(
  entries: readonly Entry[],
  { hasNextPage, isFetchingNextPage, fetchNextPage }: Pages,
) {
  const [wanted, setWanted] = useState<string>();
  const [found, setFound] = useState<string>();
  const target = entries.find(({ id }) => id === wanted);

  useEffect(() => {
    if (wanted === undefined) return;
    if (target) {
      setFound(wanted);
      setWanted(undefined);
    } else if (!hasNextPage) {
      setWanted(undefined);
    } else if (!isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [wanted, target, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const place = entries.find(({ id }) => id === found)?.seq;
  useEffect(() => {
    if (place === undefined) return;
    const element = document.getElementById(placeOf(place));
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  }, [place]);

  return { found, jump: setWanted };
}
