import type { Knex } from 'knex';
import { sweep } from '../../db/idempotency';

const EVERY_MS = 3_600_000;

/** Forgets old answers every hour, beside other processes that do; gives what ends it. */
export function sweepAnswers(knex: Knex, onAway: (error: unknown) => void): () => void {
  const look = () => void sweep(knex).catch(onAway);
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
