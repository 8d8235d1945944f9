import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { listen } from '../../db/listen';
import { INBOX_CHANNEL } from '../../db/partners/inbox';
import {
  claimMessages,
  releaseMessage,
  wakeParked,
  type ClaimedMessage,
} from '../../db/partners/inbox-work';
import { startRounds, type Rounds } from '../relay/rounds';
import { createWorking, waitOf, type WorkingDependencies } from './working';

/** Messages that one process works on at once. */
const AT_ONCE = 8;
const CONNECTIONS = 3;
/** Longer than an order may take with a command: who has not settled a message by then is dead. */
const LEASE_MS = 60_000;
/** Commits that follow each other are looked at together. */
const GATHERED_MS = 200;
const LOOK_MS = 5_000;
/** How long messages in hand are given to end; what has not ended is taken up by others. */
const LAST_MS = 3_000;

export interface InboxOptions extends WorkingDependencies {
  readonly databaseUrl: string;
  /** Told why messages had to wait; they are tried again by themselves. */
  readonly onError?: (error: unknown) => void;
  /** How often it is looked for messages that no notice told of; 5 s unless said. */
  readonly lookMs?: number;
  /** How long a message is somebody's who does not settle it; a minute unless said. */
  readonly leaseMs?: number;
}

/**
 * Brings what partners say to their orders, soon after it was kept; any number of processes may. What an order
 * cannot take yet is tried again when the order has moved.
 */
export function startInbox(options: InboxOptions): Pick<Rounds, 'stop'> {
  const { databaseUrl, onError = () => undefined } = options;
  const { lookMs = LOOK_MS, leaseMs = LEASE_MS } = options;
  const workOn = createWorking(options);
  const inHand = new Set<Promise<void>>();
  let isStopped = false;
  let hasMoved = true;
  let lookedAt = 0;

  function take(knex: Knex, message: ClaimedMessage): void {
    const work = workOn(knex, message)
      .catch(async (error: unknown) => {
        onError(error);
        const why = 'The order could not be told; it is tried again.';
        await releaseMessage(knex, message, { why, waitMs: waitOf(message) });
      })
      // Not even given back: its lease ends.
      .catch(onError)
      .finally(() => {
        inHand.delete(work);
        rounds.ask();
      });
    inHand.add(work);
  }

  async function wakeMoved(knex: Knex): Promise<void> {
    if (!hasMoved && Date.now() - lookedAt < lookMs) return;
    hasMoved = false;
    lookedAt = Date.now();
    await wakeParked(knex);
  }

  const rounds = startRounds({
    ...{ databaseUrl, onError, lookMs, channel: INBOX_CHANNEL, connections: CONNECTIONS },
    applicationName: 'conveyor inbox',
    async round(knex) {
      await wakeMoved(knex);
      for (;;) {
        const free = AT_ONCE - inHand.size;
        if (isStopped || free === 0) return true;
        const claimed = await claimMessages(knex, { limit: free, leaseMs });
        for (const message of claimed) take(knex, message);
        if (claimed.length < free) return true;
      }
    },
  });

  const commits = listen(databaseUrl, { applicationName: 'conveyor inbox', onError });
  let gathering: NodeJS.Timeout | undefined;
  commits.subscribe(() => {
    hasMoved = true;
    gathering ??= setTimeout(() => {
      gathering = undefined;
      rounds.ask();
    }, GATHERED_MS);
  });

  return {
    async stop() {
      isStopped = true;
      await commits.close();
      clearTimeout(gathering);
      await Promise.race([Promise.all(inHand), sleep(LAST_MS, undefined, { ref: false })]);
      await rounds.stop();
    },
  };
}
