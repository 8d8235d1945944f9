import type { Knex } from 'knex';
import { connect } from '../../db/connection';
import { listen } from '../../db/listen';

/** What no notice told of is found by looking. */
const LOOK_MS = 5_000;
const RETRY_MS = { first: 250, most: 15_000 };

export interface RoundsOptions {
  readonly databaseUrl: string;
  /** Names the process's part in `pg_stat_activity`. */
  readonly applicationName: string;
  /** A notice on it begins a round; the channel of all commits unless given. */
  readonly channel?: string;
  /** One round: all that there is to do; true unless something has to be tried again soon. */
  readonly round: (knex: Knex, isEnding: () => boolean) => Promise<boolean>;
  /** Told why a round failed; it is made again by itself. */
  readonly onError?: (error: unknown) => void;
  /** How often a round is made though nobody asked; every 5 s unless said. */
  readonly lookMs?: number;
  /** How many connections a round may use at once; one unless said. */
  readonly connections?: number;
  /** So long after a notice there is another round: what it told of may not be seen before. */
  readonly againMs?: number;
}

export interface Rounds {
  /** Has a round made soon. */
  ask(): void;
  /** Ends them after the round in hand. */
  stop(): Promise<void>;
}

/** Makes one round after another on connections of its own: at each notice, and now and then without. */
export function startRounds(options: RoundsOptions): Rounds {
  const { databaseUrl, applicationName, channel, round, againMs, connections = 1 } = options;
  const { onError = () => undefined, lookMs = LOOK_MS } = options;
  // Its own connections: a commit must not wait for one that waits for Temporal.
  const knex = connect(databaseUrl, { min: 0, max: connections, applicationName });
  let isStopped = false;
  let isAsked = false;
  let wake: () => void = () => undefined;
  let endRest: () => void = () => undefined;
  let later: NodeJS.Timeout | undefined;
  const listener = listen(databaseUrl, { applicationName, channel, onError });
  const ask = () => {
    isAsked = true;
    wake();
  };
  listener.subscribe(() => {
    ask();
    if (againMs === undefined) return;
    clearTimeout(later);
    later = setTimeout(ask, againMs);
  });

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
      const isWell = await round(knex, () => isStopped).catch((error: unknown) => {
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
    ask,
    async stop() {
      isStopped = true;
      clearTimeout(later);
      endRest();
      await Promise.all([running, listener.close()]);
      clearTimeout(later);
      await knex.destroy();
    },
  };
}
