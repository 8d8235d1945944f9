import type { Actor, OrderEvent } from '../events';
import type { Fact } from '../facts';
import type { HistoryEvent } from '../history';
import type { Refusal } from '../refusals';
import { sentenceOf } from './sentences';
import { topicsOf, type Topic } from './topics';

/** One line of an order's timeline. */
export interface TimelineEntry {
  /** Its place in the order's history, from 1. */
  readonly seq: number;
  readonly id: string;
  readonly type: OrderEvent['type'];
  readonly at: string;
  readonly actor: Actor;
  /** The id of the event that led to this one. */
  readonly cause?: string;
  readonly outcome: HistoryEvent['outcome'];
  /** Why, in the words of whoever sent it. */
  readonly reason?: string;
  readonly about: readonly Topic[];
  /** What the event said besides, as it was sent. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly facts: readonly Fact[];
  readonly refusal?: Refusal;
  /** What came of it, a sentence each. */
  readonly says: readonly string[];
}

/** The order shows its placement and its table, and a card's token is shown by nobody. */
const keptBack = ['placement', 'token', 'shop'];

/** Why somebody wanted it, where they said so. */
function reasonOf(event: OrderEvent): string | undefined {
  if ('reason' in event) return event.reason;
  if ('override' in event && event.override) return event.override.reason;
  return 'note' in event ? event.note : undefined;
}

export function viewEvent(
  { event, outcome, facts, refusal }: HistoryEvent,
  seq: number,
  currency: string,
): TimelineEntry {
  const { id, type, at, actor, cause, ...rest } = event;
  const asked = Object.entries(rest).filter(([field]) => !keptBack.includes(field));
  const told = facts.filter((fact) => fact.type !== 'command' || fact.outcome !== 'done');
  const sentences = told.map((fact) => sentenceOf(fact, currency));
  return {
    seq,
    id,
    type,
    at,
    actor,
    cause,
    outcome,
    reason: reasonOf(event),
    about: topicsOf({ event, facts }),
    asked: Object.fromEntries(asked),
    facts,
    refusal,
    says: refusal ? [refusal.detail] : sentences,
  };
}
