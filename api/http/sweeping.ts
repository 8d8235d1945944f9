import type { Knex } from 'knex';
import { sweep } from '../../db/idempotency';
import { sweepSessions } from '../../db/users/sweeping';

const EVERY_MS = 3_600_000;

/** Forgets old answers and sessions that ended every hour, beside other processes that do; gives what ends it. */
export function sweepHourly(knex: Knex, onAway: (error: unknown) => void): () => void {
  const look = () => void Promise.all([sweep(knex), sweepSessions(knex)]).catch(onAway);
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
