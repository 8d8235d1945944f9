import { recordPayment } from '../calls/calling';
import { alert, change, changePayment, type Draft } from '../deciding/draft';
import { nounOf } from '../effects';
import type { Answer } from '../events';
import { reserveAgain } from '../fulfilment/reservation';
import { written } from '../money';
import { agreed, type Movement, type PaymentState } from '../state';
import { inUtc, isTime } from '../time';
import type { MovementKind } from '../table';
import { capturable } from './balance';
import { plainCapabilities } from './capabilities';
import { countPaid } from './charging';
import { letGo } from '../authorisations/expiring';
import { finish } from './finishing';
import { paymentOf } from './movements';
import { renewRest } from '../authorisations/renewing';
import { typeOf } from './scope';

type Moved = Extract<Answer, { reference: string }>;

const minute = 60 * 1000;

/** How often the gateway was asked in vain when people are told: after about two minutes. */
const TELL_PEOPLE_AT = 6;
/** After about a day there is no hurry any more. */
const SLOW_DOWN_AT = 100;

const figureOf = {
  authorise: 'authorised',
  capture: 'captured',
  refund: 'refunded',
  void: 'voided',
} as const satisfies Record<MovementKind, keyof PaymentState>;

/** When a gateway says its authorisation ends; a time that nobody can read is none to wait for. */
function expiryOf({ expiresAt }: { readonly expiresAt?: string }): string | undefined {
  return expiresAt !== undefined && isTime(expiresAt) ? inUtc(expiresAt) : undefined;
}

/** What a payment remembers of its authorisation. */
function authorisedBy({ event }: Draft, answer: Moved): Partial<PaymentState> {
  const { reference, can } = answer;
  return {
    reference,
    expiresAt: expiryOf(answer),
    authorisedAt: event.at,
    ...(can && { can }),
  };
}

/** What a capture left is let go of, where it was the last that its card allows or was meant to be. */
function afterCapture(draft: Draft, { kind, final, payment: id }: Movement): void {
  const payment = draft.context.payments.find((each) => each.id === id);
  const { captures } = payment?.can ?? plainCapabilities;
  if (kind !== 'capture' || !payment || (!final && captures === 'many')) return;
  const rest = capturable(payment);
  if (rest <= 0) return;
  letGo(draft, payment, `The capture on ${id} let go of the rest.`);
  if (!final) renewRest(draft, id, rest);
}

export function recordMoved(draft: Draft, answer: Moved): void {
  const movement = draft.context.movements[0] as Movement;
  const payment = paymentOf(draft.context, movement);
  const { kind, lines, charges = [], shippingEvent, reason } = movement;
  const figure = figureOf[kind];
  const type = typeOf(draft.shop, kind);
  changePayment(draft, payment.id, {
    [figure]: payment[figure] + answer.amount,
    ...(kind === 'authorise' && authorisedBy(draft, answer)),
    ...(kind === 'void' && { givenUpAt: draft.event.at }),
  });
  countPaid(draft, type, kind, movement);
  recordPayment(draft, {
    type: 'payment-event',
    event: type,
    kind,
    payment: payment.id,
    gateway: payment.gateway,
    amount: answer.amount,
    key: answer.key,
    reference: answer.reference,
    lines,
    charges,
    shippingEvent,
    reason,
  });
  if (answer.amount !== movement.amount) {
    const { currency } = agreed(draft.context);
    const [said, asked] = [written(answer.amount, currency), written(movement.amount, currency)];
    const text = `The gateway says that the ${nounOf(kind)} on ${payment.id} moved ${said}; ${asked} was asked for.`;
    alert(draft, 'amount-differs', text);
  }
  finish(draft, movement, answer.amount);
  afterCapture(draft, movement);
  reserveAgain(draft);
}

/** Whether a hold that was to be given up had ended by itself; its own deadline takes it down. */
function hadEnded({ context, event }: Draft, movement: Movement): boolean {
  const { expiresAt } = paymentOf(context, movement);
  if (movement.kind !== 'void' || expiresAt === undefined) return false;
  return Date.parse(expiresAt) <= Date.parse(event.at);
}

/** A "no" from the gateway, or from the road to it when surely nothing was sent. */
export function recordFailed(draft: Draft, code: string, message: string): void {
  const movement = draft.context.movements[0] as Movement;
  const { kind, payment, amount, command, asked } = movement;
  const { currency } = agreed(draft.context);
  draft.facts.push({ type: 'payment-failed', kind, payment, amount, code, message });
  // Whoever sent the command is told; where nobody did, or was told long ago to wait, people look.
  if ((!command || asked > 0) && !hadEnded(draft, movement)) {
    const text = `The ${nounOf(kind)} of ${written(amount, currency)} on ${payment} failed: ${message}`;
    alert(draft, `${kind}-failed`, text);
  }
  const unreachable = code === 'unreachable';
  finish(draft, movement, {
    code: unreachable ? 'gateway-unavailable' : 'payment-declined',
    declineCode: code,
    message,
  });
}

/** When to ask again: after 2 s, doubling up to 15 min; from the second day on hourly. */
function nextAsk(at: string, asked: number): string {
  const longest = asked > SLOW_DOWN_AT ? 60 * minute : 15 * minute;
  const wait = Math.min(2000 * 2 ** Math.min(asked, 20), longest);
  return new Date(Date.parse(at) + wait).toISOString();
}

export function recordUnknown(draft: Draft, why: string): void {
  const movement = draft.context.movements[0] as Movement;
  const { kind, payment, amount, command, asked } = movement;
  const askAt = nextAsk(draft.event.at, asked);
  const [, ...rest] = draft.context.movements;
  change(draft, { movements: [{ ...movement, asked: asked + 1, askAt }, ...rest] });
  // Asking for days would fill the history with the same sentence.
  if (asked > 0 && asked !== TELL_PEOPLE_AT) return;
  draft.facts.push({ type: 'payment-outcome-unknown', kind, payment, amount, why });
  const said = `${nounOf(kind)} of ${written(amount, agreed(draft.context).currency)}`;
  const text = `Nobody knows yet whether the ${said} went through: ${why}`;
  if (asked === TELL_PEOPLE_AT) alert(draft, 'outcome-unknown', text);
  if (command && asked === 0)
    draft.facts.push({ type: 'command', id: command, outcome: 'pending' });
}
