import { OUTBOX_CHANNEL } from '../../db/commits/notice';
import { connect } from '../../db/connection';
import { listen } from '../../db/listen';
import { handOver, type OutboxRow, type Place } from '../../db/outbox/waiting';

/** How many rows are handed over at a time. */
const HELPING = 20;
/** A row that no notice told of is found by looking. */
const LOOK_MS = 5_000;
const RETRY_MS = { first: 250, most: 15_000 };

export interface RelayOptions {
  readonly databaseUrl: string;
  /** What can be delivered; rows of other topics wait until something can. */
  readonly topics: readonly string[];
  /** Starts the delivery of a row; harmless when it was started before. */
  readonly start: (row: OutboxRow) => Promise<void>;
  /** Told why rows had to wait; they are tried again by themselves. */
  readonly onError?: (error: unknown) => void;
  /** How often waiting rows are looked for; 5 s unless said. */
  readonly lookMs?: number;
}

export interface Relay {
  /** Ends it after the helping it has in hand. */
  stop(): Promise<void>;
}

/**
 * Starts a delivery for each row of the outbox, soon after its commit; any number of relays may run.
 * While PostgreSQL or Temporal is away rows wait, and are started when both are back.
 */
export function startRelay(options: RelayOptions): Relay {
  const { databaseUrl, topics, start, onError = () => undefined, lookMs = LOOK_MS } = options;
  const applicationName = 'conveyor relay';
  // Its own connection: a commit must not wait for one that waits for Temporal.
  const knex = connect(databaseUrl, { min: 0, max: 1, applicationName });
  let isStopped = false;
  let isAsked = false;
  let wake: () => void = () => undefined;
  let endRest: () => void = () => undefined;
  const listener = listen(databaseUrl, { applicationName, channel: OUTBOX_CHANNEL, onError });
  listener.subscribe(() => {
    isAsked = true;
    wake();
  });

  /** Everything that waits, oldest first; true unless something has to go on waiting. */
  async function handOverAll(): Promise<boolean> {
    let after: Place | undefined;
    let isWell = true;
    for (;;) {
      const handed = await handOver(knex, { topics, after, limit: HELPING, start });
      if (handed.failure !== undefined) onError(handed.failure);
      if (handed.started < handed.found) isWell = false;
      // Of a whole helping nothing could be started: it is not the rows, Temporal is away.
      if (handed.found < HELPING || handed.started === 0 || isStopped) return isWell;
      after = handed.last;
    }
  }

  /** Waits until there may be something to do, or for so long. */
  function rest(ms: number, mayBeWoken: boolean): Promise<void> {
    return new Promise((resolve) => {
      endRest = () => {
        clearTimeout(timer);
        wake = () => undefined;
        resolve();
      };
      if (mayBeWoken) wake = endRest;
      const timer = setTimeout(endRest, ms);
    });
  }

  async function run(): Promise<void> {
    let retry = RETRY_MS.first;
    while (!isStopped) {
      isAsked = false;
      const isWell = await handOverAll().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (isStopped) return;
      if (!isWell) await rest(retry, false);
      else if (!isAsked) await rest(lookMs, true);
      retry = isWell ? RETRY_MS.first : Math.min(retry * 2, RETRY_MS.most);
    }
  }

  const running = run();
  return {
    async stop() {
      isStopped = true;
      endRest();
      await Promise.all([running, listener.close()]);
      await knex.destroy();
    },
  };
}
