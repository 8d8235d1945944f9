import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { CHANNEL, noticeIn } from './commits/notice';

/** An order has changed: its history is now at least this long. */
export interface Notice {
  readonly number: string;
  readonly seq: number;
}

/** Told of each change; of `undefined` when changes may have been missed, because the connection was lost. */
export type Subscriber = (notice: Notice | undefined) => void;

export interface Listener {
  /** Calls the subscriber at each change from now on, until the function that it returns is called. */
  subscribe(subscriber: Subscriber): () => void;
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly applicationName: string;
  /** What is listened to; all changes unless said. */
  readonly channel?: string;
  /** Told why the connection was lost; it is made again by itself. */
  readonly onError?: (error: unknown) => void;
  /** How often a silent connection is tried; 15 s unless said. */
  readonly pingMs?: number;
}

const RETRY_MS = { first: 100, most: 5_000 };

/** Listens to changes on one connection, which is made again whenever it is lost. */
export function listen(databaseUrl: string, options: ListenOptions): Listener {
  const { applicationName, channel = CHANNEL, pingMs = 15_000 } = options;
  const { onError = () => undefined } = options;
  const subscribers = new Set<Subscriber>();
  const closing = new AbortController();
  const tell = (notice: Notice | undefined) => subscribers.forEach((told) => told(notice));

  /** Resolves when the connection is lost or closed. */
  async function listenOnce(onReady: () => void): Promise<void> {
    const client = new Client({
      connectionString: databaseUrl,
      application_name: applicationName,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => (lose = resolve));
    client.once('end', lose);
    client.on('error', onError);
    client.on('notification', ({ payload = '' }) => tell(noticeIn(payload)));
    const end = () => {
      void client.end().catch(onError);
      // A server that says nothing any more does not say goodbye either.
      lose();
    };
    closing.signal.addEventListener('abort', end);
    // A connection that was cut without a word is silent for ever, unless it is asked.
    const ping = setInterval(() => void client.query('select 1').catch(end), pingMs);
    try {
      // A client that is ended while it connects never says that it has not.
      await Promise.race([client.connect(), lost]);
      await client.query(`listen ${channel}`);
      onReady();
      await lost;
    } finally {
      clearInterval(ping);
      closing.signal.removeEventListener('abort', end);
      end();
    }
  }

  async function keepListening(): Promise<void> {
    let wait = RETRY_MS.first;
    let wasLost = false;
    const onReady = () => {
      wait = RETRY_MS.first;
      if (wasLost) tell(undefined);
      wasLost = true;
    };
    while (!closing.signal.aborted) {
      await listenOnce(onReady).catch(onError);
      await sleep(wait, undefined, { signal: closing.signal }).catch(() => undefined);
      wait = Math.min(wait * 2, RETRY_MS.most);
    }
  }

  const listening = keepListening();
  return {
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    async close() {
      closing.abort();
      await listening;
    },
  };
}
