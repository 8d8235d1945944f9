import type { Draft } from '../deciding/draft';
import { answers, nounOf } from '../effects';
import type { EventOf } from '../events';
import { written } from '../money';
import { listed, type Objection } from '../refusals';
import { agreed, type Movement, type OrderContext } from '../state';
import { recordFailed, recordMoved } from './answers';
import { objectToMoney } from './charging';

type Settled = EventOf<'settle-movement'>;

const outcomes = ['moved', 'not-moved'] as const;

/** The movement whose outcome nobody knows. */
function unknownOf({ movements }: OrderContext): Movement | undefined {
  return movements[0]?.askAt === undefined ? undefined : movements[0];
}

function saysMoved({ outcome }: Settled): boolean {
  return outcome === 'moved';
}

/** Why people cannot say what became of money: nobody wonders, or it is not said well enough. */
export function objectToSettling(context: OrderContext, event: Settled): Objection | undefined {
  const movement = unknownOf(context);
  const object = (pointer: string, detail: string, allowed?: readonly string[]) =>
    objectToMoney(context, detail, { errors: [{ pointer, detail }], allowed }).objection;
  if (!movement) return object('', 'no money of this order has an unknown outcome.');
  const { key, kind, amount } = movement;
  if (event.movement !== undefined && event.movement !== key) {
    const said = written(amount, agreed(context).currency);
    return object(
      '/movement',
      `${event.movement} is not unknown; the ${nounOf(kind)} ${key} of ${said} is.`,
    );
  }
  if (!outcomes.some((each) => each === event.outcome)) {
    return object('/outcome', `An outcome is one of ${listed(outcomes)}.`, outcomes);
  }
  if (saysMoved(event) && kind === 'authorise' && !event.reference?.trim()) {
    const detail = 'an authorisation that took place has a reference at its gateway: give it.';
    return object('/reference', detail);
  }
  return undefined;
}

/** People have found out what became of a movement, and say so in the gateway's place. */
export function settleByHand(draft: Draft, event: Settled): void {
  const movement = unknownOf(draft.context);
  if (!movement) return;
  const { key, kind, amount } = movement;
  const { outcome, reference = key, note } = event;
  draft.facts.push({
    ...{ type: 'movement-settled', key, kind, amount, reference },
    ...{ outcome: outcome === 'moved' ? 'moved' : 'not-moved', by: event.actor.name, note },
  });
  if (saysMoved(event)) {
    return recordMoved(draft, { type: answers[kind], key, amount, reference });
  }
  recordFailed(draft, 'settled-by-hand', note);
}
