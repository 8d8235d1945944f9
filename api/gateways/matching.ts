import type { Knex } from 'knex';
import { matchCallbacks } from '../../db/gateway-callbacks';

const EVERY_MS = 5_000;

/** Looks every few seconds for orders that news was waiting for, beside other processes that do; gives what ends it. */
export function matchNews(
  knex: Knex,
  onAway: (error: unknown) => void,
  everyMs = EVERY_MS,
): () => void {
  const look = () => void matchCallbacks(knex).catch(onAway);
  const timer = setInterval(look, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
