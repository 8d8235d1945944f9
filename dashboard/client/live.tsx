import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Schemas } from './client';
import { meQuery, orderKey, signedOutQuery } from './queries';
import { follow } from './stream';

type FeedEntry = Schemas['FeedEntry'];
type Listener = (entry: FeedEntry) => void;

/** How often people of a partner, who have no stream, are shown what is new. */
const LOOK_MS = 20_000;

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

  const { data: me } = useQuery(meQuery);
  const { data: isSignedOut } = useQuery(signedOutQuery);
  const isFollowing = me !== undefined && !isSignedOut;
  const hasStream = me?.partner === null;

  useEffect(() => {
    if (!isFollowing) return undefined;
    if (!hasStream) {
      const timer = setInterval(() => void queries.invalidateQueries(), LOOK_MS);
      return () => clearInterval(timer);
    }
    return follow({
      onState(isOpen, wasAway) {
        setIsLive(isOpen);
        // What happened meanwhile, in a stream that could not be resumed, is found by asking.
        if (isOpen && wasAway) void queries.invalidateQueries();
        // A session that is over is refused here like everywhere.
        if (!isOpen) void queries.invalidateQueries(meQuery);
      },
      onEntry(entry) {
        void queries.invalidateQueries({ queryKey: orderKey(entry.number) });
        for (const listener of listeners.current) listener(entry);
      },
    });
  }, [queries, isFollowing, hasStream]);

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
