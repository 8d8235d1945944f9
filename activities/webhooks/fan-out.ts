import type { Knex } from 'knex';
import { activeEndpoints, fanOut, type Teller } from '../../db/webhooks/fan-out';
import { startRounds, type Rounds } from '../relay/rounds';

/** How many events are told at a time. */
const HELPING = 100;
/** An event is seen when no transaction before it is under way any more. */
const AGAIN_MS = 300;

export interface FanOutOptions {
  readonly databaseUrl: string;
  readonly teller: Teller;
  /** Told why endpoints had to wait; it is tried again by itself. */
  readonly onError?: (error: unknown) => void;
  /** How often news is looked for; every 5 s unless said. */
  readonly lookMs?: number;
}

/**
 * Writes webhooks for what happens to orders, soon after its commit, which has nothing to do with it; any
 * number of these may run. A page of history is told to an endpoint whole or not at all.
 */
export function startFanOut(options: FanOutOptions): Rounds {
  const { databaseUrl, teller, onError = () => undefined, lookMs } = options;

  async function tellAll(knex: Knex, isEnding: () => boolean): Promise<boolean> {
    let isWell = true;
    for (const endpoint of await activeEndpoints(knex)) {
      try {
        let told = HELPING;
        while (told === HELPING && !isEnding())
          told = await fanOut(knex, endpoint, teller, HELPING);
      } catch (error) {
        // The others are told all the same.
        isWell = false;
        onError(error);
      }
    }
    return isWell;
  }

  return startRounds({
    ...{ databaseUrl, onError, lookMs, againMs: AGAIN_MS },
    applicationName: 'conveyor webhooks',
    round: tellAll,
  });
}
