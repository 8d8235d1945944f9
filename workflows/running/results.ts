import type { OrderEvent } from '../../machines/events';
import { refusal, type Refusal } from '../../machines/refusals';
import type { MessageResult } from '../messages';
import type { Recorded } from '../record';

/** Why a message is refused that was decided on another version of the order than it has now. */
export function objectToVersion(
  expected: number | undefined,
  present: number,
): Refusal | undefined {
  if (expected === undefined || expected === present) return undefined;
  const detail = `The order is at version ${present}; this was decided on version ${expected}.`;
  const figures = { expected, present };
  return refusal('versionMatches', { code: 'precondition-failed', detail, figures });
}

/** What the sender of an event is told: its own outcome, or what the facts say became of it later. */
export function resultOf(
  { id, type }: OrderEvent,
  taken: Recorded,
  seq: number,
  before?: MessageResult,
): MessageResult {
  if (taken.outcome === 'refused') {
    return { id, type, outcome: 'refused', seq, refusal: taken.refusal };
  }
  if (taken.outcome === 'unchanged' || taken.outcome === 'elsewhere') {
    return { id, type, outcome: 'done', seq: 0, repeated: true };
  }
  const verdict = taken.facts.findLast((fact) => fact.type === 'command' && fact.id === id);
  if (verdict?.type !== 'command') return before ?? { id, type, outcome: 'done', seq: seq || 1 };
  const { outcome, refusal: refused } = verdict;
  return { id, type, outcome, seq: seq || 1, refusal: refused };
}
