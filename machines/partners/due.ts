import { milliseconds, type Duration } from '../duration';
import type { EventOf, OrderEvent } from '../events';
import { isOpen } from './lines';
import type { Patience, PartnersRule } from './rule';
import type { HandOver, Stage } from './state';

/** Times of one partner that are not the table's own. */
export interface Terms {
  readonly accept?: Patience;
  readonly ship?: Patience;
}

/** What follows when a partner has let a step's time pass. */
export type Step = 'partner.reminded' | 'partner.escalated' | 'partner.given-up';

/** The next thing to be done about a partner's slowness, and when, ISO 8601. */
export interface Next {
  readonly at: string;
  readonly does: Step;
  readonly handOver: string;
  readonly stage: Stage;
}

/** How far each step goes, in their order. */
export const steps = {
  'partner.reminded': 'reminded',
  'partner.escalated': 'escalated',
  'partner.given-up': 'given up',
} as const satisfies Record<Step, NonNullable<HandOver['slow']>>;

/** Whether the event is such a step. */
export function isStep(event: OrderEvent): event is EventOf<Step> {
  return Object.hasOwn(steps, event.type);
}

const reached: readonly HandOver['slow'][] = [undefined, ...Object.values(steps)];

/** Whether the step goes beyond what was done about the hand-over in this stage. */
export function isAhead(step: Step, { slow }: HandOver): boolean {
  return reached.indexOf(steps[step]) > reached.indexOf(slow);
}

/** What the partner of an open hand-over may take for its present stage. */
export function patienceFor(rule: PartnersRule, { stage }: HandOver, terms: Terms = {}): Patience {
  return stage === 'asked' ? (terms.accept ?? rule.accept) : (terms.ship ?? rule.ship);
}

export function after(since: string, wait: Duration): string {
  return new Date(Date.parse(since) + milliseconds(wait)).toISOString();
}

/**
 * Steps that come late, since nobody was there to take them, keep their distance: what the partner has said
 * meanwhile is heard before it is given up.
 */
function dueAt({ stageSince, slowSince }: HandOver, wait: Duration, before?: Duration): string {
  const usual = after(stageSince, wait);
  if (slowSince === undefined || !before) return usual;
  const distance = Math.max(0, milliseconds(wait) - milliseconds(before));
  const atLeast = new Date(Date.parse(slowSince) + distance).toISOString();
  return atLeast > usual ? atLeast : usual;
}

function nextFor(rule: PartnersRule, handOver: HandOver, terms: Terms): Next | undefined {
  const { remind, escalate, giveUp } = patienceFor(rule, handOver, terms);
  const waits: readonly (readonly [Step, Duration | undefined])[] = [
    ['partner.reminded', remind],
    ['partner.escalated', escalate],
    ['partner.given-up', giveUp],
  ];
  let before: Duration | undefined;
  for (const [does, wait] of waits) {
    if (wait && isAhead(does, handOver)) {
      const { id, stage } = handOver;
      return { at: dueAt(handOver, wait, before), does, handOver: id, stage };
    }
    before = wait ?? before;
  }
  return undefined;
}

/** The soonest of what is to be done about slow partners; undefined while there is nothing to wait for. */
export function nextOf(
  rule: PartnersRule,
  handOvers: readonly HandOver[],
  terms: Terms,
): Next | undefined {
  const all = handOvers.filter(isOpen).flatMap((each) => nextFor(rule, each, terms) ?? []);
  return all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];
}

/** True when none of these hand-overs is open any more. */
export function isOver(handOvers: readonly HandOver[]): boolean {
  return !handOvers.some(isOpen);
}
