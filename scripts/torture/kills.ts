import { diceOf } from '../lives/dice';
import { partNames, type PartName } from './running';

/** Parts that are killed at one moment. */
export interface Kill {
  readonly parts: readonly PartName[];
  /** How long after the kill before it, or after all that was killed is back again. */
  readonly afterMs: number;
  /** Whether what was killed before is waited for; else a part may be hit again while it starts. */
  readonly waits: boolean;
}

/** A worker has most of what can be interrupted: it is killed twice as often. */
const ROUND: readonly PartName[] = [...partNames, 'worker'];
const [TWO_AT_ONCE, WAITS] = [20, 80];

/**
 * What is killed when: each part once before any a second time, and then in rounds of which none is like
 * another. `pauseMs` is between two kills on the average.
 */
export function killSchedule(seed: number, count: number, pauseMs: number): Kill[] {
  const dice = diceOf(seed, 'kills');
  const waiting = dice.shuffled(partNames);
  return Array.from({ length: count }, () => {
    if (waiting.length < ROUND.length) waiting.push(...dice.shuffled(ROUND));
    const parts = waiting.splice(0, dice.chance(TWO_AT_ONCE) ? 2 : 1);
    const afterMs = dice.between(Math.ceil(pauseMs / 4), Math.ceil((pauseMs * 7) / 4));
    return { parts: [...new Set(parts)], afterMs, waits: dice.chance(WAITS) };
  });
}
