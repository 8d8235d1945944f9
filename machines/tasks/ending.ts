import { isEnding } from '../authorisations/renewing';
import { change, type Draft } from '../deciding/draft';
import { isReserved } from '../fulfilment/reservation';
import { sum } from '../money';
import { balanceOf, capturable, isOwing, toGoBack } from '../payment/balance';
import { partnerEndings } from '../partners/tasks';
import { returnEndings } from '../returns/tasks';
import type { Attention } from '../state';
import type { MovementKind } from '../table';
import { paymentGivenUp } from './voiding';
import { isTaskReason, type TaskReason } from './reasons';

type Ending = (draft: Draft, task: Attention) => boolean;

/** Whether this very event moved money of a kind. */
function hasMoved({ facts }: Draft, kind: MovementKind): boolean {
  return facts.some((fact) => fact.type === 'payment-event' && fact.kind === kind);
}

/** Whether no authorisation that people were warned of holds money any more. */
function isWarnedOfNone({ context }: Draft): boolean {
  return context.payments.every((payment) => !isEnding(payment) || capturable(payment) <= 0);
}

/** Whether what was authorised since is enough for what is still owed. */
function isCovered({ shop, context }: Draft): boolean {
  const { owed, captured } = balanceOf(shop, context);
  return owed - captured <= sum(context.payments.map(capturable));
}

const isPaid: Ending = ({ shop, context }) => !isOwing(shop, context);
const isGivenBack: Ending = ({ shop, context }) => toGoBack(shop, context) <= 0;
const isCoveredAnew: Ending = (draft, task) =>
  isPaid(draft, task) || (hasMoved(draft, 'authorise') && isCovered(draft));

/** What makes a task untrue; one that is not here is ended by people only. */
const endings: { readonly [R in TaskReason]?: Ending } = {
  'authorise-failed': isCoveredAnew,
  'authorisation-expired': isCoveredAnew,
  'authorisation-ending': (draft, task) => isCoveredAnew(draft, task) || isWarnedOfNone(draft),
  overpaid: isGivenBack,
  'capture-failed': isPaid,
  'capture-short': isPaid,
  'refund-by-hand': isGivenBack,
  // What was given out of kindness is not owed back: only a refund that did go through ends it.
  'refund-failed': (draft, task) => hasMoved(draft, 'refund') && isGivenBack(draft, task),
  'void-failed': ({ context }, task) => {
    const id = paymentGivenUp(task);
    const kept = context.payments.filter((payment) => (id ?? payment.id) === payment.id);
    return kept.every((payment) => capturable(payment) <= 0);
  },
  'outcome-unknown': ({ context }) => context.movements.every(({ askAt }) => askAt === undefined),
  'digital-failed': ({ context }) => context.digital.every(({ failed }) => failed === undefined),
  ...returnEndings,
  ...partnerEndings,
  'stock-short': ({ shop, context }) => isReserved(shop, context),
  stuck: ({ context }, { since }) => Date.parse(context.statusSince) >= Date.parse(since),
};

function isOver(draft: Draft, task: Attention): boolean {
  // What an event asks people to do is not over by that same event.
  if (task.cause === draft.event.id || !isTaskReason(task.reason)) return false;
  return endings[task.reason]?.(draft, task) ?? false;
}

/** Ends each task that is not true any more. */
export function endTasks(draft: Draft): void {
  const over = draft.context.attention.filter((task) => isOver(draft, task));
  if (over.length === 0) return;
  change(draft, { attention: draft.context.attention.filter((task) => !over.includes(task)) });
  for (const { id, reason, text } of over) {
    draft.facts.push({ type: 'attention-resolved', id, reason, text, by: 'itself' });
  }
}
