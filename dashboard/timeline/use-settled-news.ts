import { useEffect, useRef, useState } from 'react';
import type { Entry } from './queries';

/**
 * Entries, the newest first, as they may be shown without moving what somebody reads: those that came after the
 * list's top went out of sight are news until they are asked for.
 */
export function useSettledNews(entries: readonly Entry[]) {
  const top = useRef<HTMLDivElement>(null);
  const [settledUpTo, setSettledUpTo] = useState<number>();
  const newest = entries[0]?.seq ?? 0;
  useEffect(() => {
    const isTopInSight = (top.current?.getBoundingClientRect().top ?? 0) >= 0;
    if (isTopInSight) setSettledUpTo(newest);
  }, [newest]);

  const isSettled = ({ seq }: Entry) => settledUpTo === undefined || seq <= settledUpTo;
  return {
    top,
    settled: entries.filter(isSettled),
    news: entries.filter((entry) => !isSettled(entry)),
    showNews: () => {
      setSettledUpTo(newest);
      top.current?.scrollIntoView({ block: 'start' });
    },
  };
}
