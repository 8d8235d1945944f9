import type { Schemas } from './client';

type FeedEntry = Schemas['FeedEntry'];

/** A server that answered with a refusal is asked again; a connection that broke, the browser opens by itself. */
const AGAIN_MS = 3_000;

export interface Follower {
  /** The stream is open, or is not; `wasAway`: it was not, before it was opened. */
  readonly onState: (isOpen: boolean, wasAway: boolean) => void;
  readonly onEntry: (entry: FeedEntry) => void;
}

/** Keeps the stream of the shop's events open, from the last event it had; gives what ends it. */
export function follow({ onState, onEntry }: Follower): () => void {
  let stream: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  let wasAway = false;

  function open(): void {
    stream = new EventSource('/v1/orders/stream');
    stream.onopen = () => {
      onState(true, wasAway);
      wasAway = false;
    };
    stream.onerror = () => {
      wasAway = true;
      onState(false, true);
      if (stream.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS);
    };
    stream.onmessage = ({ data }: MessageEvent<string>) => onEntry(JSON.parse(data) as FeedEntry);
  }

  open();
  return () => {
    clearTimeout(again);
    stream.close();
  };
}
