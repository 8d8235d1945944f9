import { diceOf } from '../lives/dice';
import { partNames, type PartName } from './running';

/** A part that is killed, so long after the kill before it. */
export interface Kill {
  readonly part: PartName;
  readonly afterMs: number;
}

/** A worker has most of what can be interrupted: it is killed twice as often. */
const ROUND: readonly PartName[] = [...partNames, 'worker'];

/** Which part is killed when: each once in the first five, and then in rounds of which none is like another. */
export function killSchedule(seed: number, count: number, pauseMs: number): Kill[] {
  const dice = diceOf(seed, 'kills');
  const parts = dice.shuffled(partNames);
  while (parts.length < count) parts.push(...dice.shuffled(ROUND));
  return parts.slice(0, count).map((part) => {
    return { part, afterMs: dice.between(Math.ceil(pauseMs / 4), Math.ceil((pauseMs * 7) / 4)) };
  });
}
