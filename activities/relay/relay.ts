import type { Knex } from 'knex';
import { OUTBOX_CHANNEL } from '../../db/commits/notice';
import { handOver, type OutboxRow, type Place } from '../../db/outbox/waiting';
import { startRounds, type Rounds } from './rounds';

/** How many rows are handed over at a time. */
const HELPING = 20;

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

export type Relay = Rounds;

/**
 * Starts a delivery for each row of the outbox, soon after its commit; any number of relays may run.
 * While PostgreSQL or Temporal is away rows wait, and are started when both are back.
 */
export function startRelay(options: RelayOptions): Relay {
  const { databaseUrl, topics, start, onError = () => undefined, lookMs } = options;

  /** Everything that waits, oldest first; true unless something has to go on waiting. */
  async function handOverAll(knex: Knex, isEnding: () => boolean): Promise<boolean> {
    let after: Place | undefined;
    let isWell = true;
    for (;;) {
      const handed = await handOver(knex, { topics, after, limit: HELPING, start });
      if (handed.failure !== undefined) onError(handed.failure);
      if (handed.started < handed.found) isWell = false;
      // Of a whole helping nothing could be started: it is not the rows, Temporal is away.
      if (handed.found < HELPING || handed.started === 0 || isEnding()) return isWell;
      after = handed.last;
    }
  }

  return startRounds({
    ...{ databaseUrl, onError, lookMs },
    applicationName: 'conveyor relay',
    channel: OUTBOX_CHANNEL,
    round: handOverAll,
  });
}
