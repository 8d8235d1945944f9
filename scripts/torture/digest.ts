import { createHash } from 'node:crypto';

/** A short name of what was decided: the same lives, or the same kills, have the same. */
export function digestOf(decided: unknown): string {
  return createHash('sha256').update(JSON.stringify(decided)).digest('hex').slice(0, 16);
}
