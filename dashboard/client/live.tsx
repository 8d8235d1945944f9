import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Schemas } from './client';
import { orderKey } from './queries';

type FeedEntry = Schemas['FeedEntry'];
type Listener = (entry: FeedEntry) => void;

interface Live {
  /** False while the stream is being opened again: what is shown may be old. */
  readonly isLive: boolean;
  readonly subscribe: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live>({ isLive: false, subscribe: () => () => undefined });

/** Keeps one stream of the shop's events open, and everything that is shown of an order up to date with it. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const listeners = useRef(new Set<Listener>());
  const [isLive, setIsLive] = useState(true);

  useEffect(() => {
    // The browser opens it again by itself, from the last event it had.
    const stream = new EventSource('/v1/orders/stream');
    let wasAway = false;
    stream.onopen = () => {
      setIsLive(true);
      // What happened meanwhile, in a stream that could not be resumed, is found by asking.
      if (wasAway) void queries.invalidateQueries();
      wasAway = false;
    };
    stream.onerror = () => {
      wasAway = true;
      setIsLive(false);
    };
    const hear = ({ data }: MessageEvent<string>) => {
      const entry = JSON.parse(data) as FeedEntry;
      void queries.invalidateQueries({ queryKey: orderKey(entry.number) });
      for (const listener of listeners.current) listener(entry);
    };
    stream.addEventListener('message', hear);
    return () => stream.close();
  }, [queries]);

  const live = useMemo<Live>(
    () => ({
      isLive,
      subscribe: (listener) => {
        listeners.current.add(listener);
        return () => void listeners.current.delete(listener);
      },
    }),
    [isLive],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** Whether what is shown is as new as the shop. */
export function useIsLive(): boolean {
  return useContext(LiveContext).isLive;
}

/** Calls back with each event of any order, as it is committed. */
export function useFeed(onEntry: Listener): void {
  const { subscribe } = useContext(LiveContext);
  const latest = useRef(onEntry);
  useEffect(() => {
    latest.current = onEntry;
  });
  useEffect(() => subscribe((entry) => latest.current(entry)), [subscribe]);
}
