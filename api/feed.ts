import type { Response } from 'express';
import type { Listener } from '../db/listen';

const HEARTBEAT_MS = 15_000;
/** A change that no notice told of is found by looking. */
const LOOK_MS = 5_000;
/** A change may have to wait for a transaction that began before it. */
const LOOK_AGAIN_MS = 300;
/** What a reader that does not read may have waiting before it is let go, to come again with its last id. */
const MOST_BUFFERED = 1_000_000;

/** An event on its way to a reader: where the reader is after it, and what it says. */
export interface Sendable {
  readonly id: string;
  readonly data: unknown;
}

export interface Source {
  /** Where the reader is; undefined for one that takes whatever comes first. */
  readonly after: string;
  /** The next events after a place, none when there are none yet. */
  readonly read: (after: string) => Promise<readonly Sendable[]>;
  /** Only changes of this order matter; of all orders when absent. */
  readonly number?: string;
  /** Asked now and then: false ends the stream, for somebody who may no longer read it. */
  readonly mayGoOn?: () => Promise<boolean>;
}

export interface Feed {
  /** Keeps a response open and sends it everything its source has, as it comes (server-sent events). */
  open(response: Response, source: Source): void;
  /** Ends every stream; readers come again by themselves. */
  close(): void;
}

/** Wakes readers when orders change. */
export function createFeed(listener: Listener, onError: (error: unknown) => void): Feed {
  const closers = new Set<() => void>();
  return {
    open(response, source) {
      const reader = startReader(response, source, onError);
      const unsubscribe = listener.subscribe((notice) => {
        if (notice && source.number && notice.number !== source.number) return;
        reader.wake();
        setTimeout(reader.wake, LOOK_AGAIN_MS);
      });
      const close = () => {
        unsubscribe();
        reader.stop();
        closers.delete(close);
      };
      closers.add(close);
      response.once('close', close);
    },
    close: () => closers.forEach((close) => close()),
  };
}

function startReader(
  response: Response,
  { after, read, mayGoOn }: Source,
  onError: (error: unknown) => void,
) {
  let at = after;
  let isReading = false;
  let isAwaited = false;
  let isStopped = false;

  async function readOn(): Promise<void> {
    do {
      isAwaited = false;
      const events = await read(at);
      for (const { id, data } of events) {
        if (isStopped) return;
        response.write(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
        at = id;
      }
      isAwaited ||= events.length > 0;
      if (response.writableLength > MOST_BUFFERED) return stop();
    } while (isAwaited && !isStopped);
  }

  function wake(): void {
    isAwaited = true;
    if (isReading || isStopped) return;
    isReading = true;
    readOn()
      // The database is away for a moment: the next look finds what was missed.
      .catch(onError)
      .finally(() => (isReading = false));
  }

  function stop(): void {
    if (isStopped) return;
    isStopped = true;
    clearInterval(heartbeat);
    clearInterval(look);
    response.end();
  }

  async function lookAtReader(): Promise<void> {
    if (mayGoOn && !(await mayGoOn())) stop();
  }

  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  const look = setInterval(() => {
    wake();
    lookAtReader().catch(onError);
  }, LOOK_MS);
  response.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  response.write('retry: 2000\n\n');
  wake();
  return { wake, stop };
}
