import { setTimeout as sleep } from 'node:timers/promises';

/** Deadlock and serialisation failure: PostgreSQL undid everything, and the same again may go through. */
const TRANSIENT = new Set<unknown>(['40P01', '40001']);
const TRIES = 5;
const PAUSE_MS = 20;

/** Runs a transaction again when PostgreSQL sacrificed it for another one. */
export async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries === TRIES || !isTransient(error)) throw error;
      await sleep(Math.random() * PAUSE_MS * 2 ** tries);
    }
  }
}

function isTransient(error: unknown): boolean {
  return error instanceof Error && 'code' in error && TRANSIENT.has(error.code);
}
