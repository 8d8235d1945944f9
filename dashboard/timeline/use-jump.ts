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
  const [wanted, setWanted] = useState<{ readonly id: string }>();
  const target = wanted && entries.find(({ id }) => id === wanted.id);
  const isEarlier = wanted !== undefined && !target && hasNextPage;

  useEffect(() => {
    if (isEarlier && !isFetchingNextPage) void fetchNextPage();
  }, [isEarlier, isFetchingNextPage, fetchNextPage]);

  const place = target?.seq;
  useEffect(() => {
    if (place === undefined) return;
    const element = document.getElementById(placeOf(place));
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    // Somebody who asks for the same once more is taken there once more.
  }, [place, wanted]);

  return { found: target?.id, jump: (id: string) => setWanted({ id }) };
}
