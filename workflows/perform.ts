import { ActivityFailure, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { saysEffect, type Effect, type Outdated } from '../machines/effects';
import type { Answer } from '../machines/events';
import type { Commit, Committed, StoredOrder } from '../machines/history';
import { options } from './options';

type Database = Pick<Activities, 'commit' | 'load'>;
type Outside = Pick<Activities, Effect['type']>;

const database = proxyLocalActivities<Database>(options.database);
const outside = proxyActivities<Outside>(options.outside);

/**
 * A database that refuses for good what an order decided must not end the order: the task fails, shows
 * it, and is tried again until somebody has mended what is wrong.
 */
async function untilItIsMended<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const why = error.cause?.message ?? error.message;
    throw new Error(`The database did not do its part: ${why}`, { cause: error });
  }
}

/** Writes what an order decided, once, or says who wrote before it. */
export function commit(input: Commit): Promise<Committed> {
  const types = input.events.map(({ event, outcome }) =>
    outcome === 'refused' ? `${event.type} (refused)` : event.type,
  );
  return untilItIsMended(
    database.commit.executeWithOptions({ ...options.database, summary: types.join(', ') }, [input]),
  );
}

/** The order as the database has it; null when it has none. */
export function load(number: string): Promise<StoredOrder | null> {
  return untilItIsMended(
    database.load.executeWithOptions({ ...options.database, summary: `wake ${number}` }, [number]),
  );
}

/**
 * Does what an accepted event obliged to; what the world says of it is the next event. `after` is where
 * the order's history ended when that was decided.
 */
export async function perform(effect: Effect, after: number): Promise<Answer | Outdated> {
  const { key } = effect;
  const summary = saysEffect(effect);
  try {
    const how = { ...options.outside, summary };
    return effect.type === 'move-money'
      ? await outside['move-money'].executeWithOptions(how, [effect, after])
      : await outside['settle-money'].executeWithOptions(how, [effect]);
  } catch (error) {
    // Nobody can say any more what the last attempt did: it is asked for by key until somebody can.
    if (error instanceof ActivityFailure) {
      return { type: 'payment.unknown', key, why: error.cause?.message ?? error.message };
    }
    throw error;
  }
}
