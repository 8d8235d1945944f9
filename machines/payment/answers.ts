import { recordPayment } from '../calls/calling';
import { alert, change, changePayment, dropTokens, type Draft } from '../deciding/draft';
import type { Answer } from '../events';
import { reserveAgain } from '../fulfilment/reservation';
import { sum, written } from '../money';
import { refusal, type RefusalCode } from '../refusals';
import { settleGrant } from '../returns/refunding';
import { agreed, type Movement, type PaymentState } from '../state';
import { inUtc, isTime } from '../time';
import type { MovementKind } from '../table';
import { countPaid } from './charging';
import { paymentOf } from './movements';
import { typeOf } from './scope';

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

/** What is still asked for after a "no": nothing else of that command, and no units where their money came short. */
function afterRefusal(rest: readonly Movement[], refused: Movement): Movement[] {
  if (refused.command) return rest.filter(({ command }) => command !== refused.command);
  return rest.map((other) => {
    if (other.cause !== refused.cause || other.kind !== refused.kind) return other;
    const { lines: _lines, charges: _charges, ...money } = other;
    return money;
  });
}

/** Takes the answered movement off the queue and reports what became of its command, once all its parts are in. */
function finish(
  draft: Draft,
  movement: Movement,
  moved: number,
  failure?: { code: RefusalCode; detail: string; figures: object },
) {
  const rest = draft.context.movements.filter(({ key }) => key !== movement.key);
  const { command } = movement;
  const left = failure ? afterRefusal(rest, movement) : rest;
  change(draft, { movements: left });
  dropTokens(draft);
  settleGrant(draft, movement, failure ? 'failed' : moved);
  if (!command || left.some((other) => other.command === command)) return;
  const refused = failure && refusal('gateway', { ...failure, figures: { ...failure.figures } });
  draft.facts.push(
    refused
      ? { type: 'command', id: command, outcome: 'refused', refusal: refused }
      : { type: 'command', id: command, outcome: 'done' },
  );
}

/** When a gateway says its authorisation ends; a time that nobody can read is none to wait for. */
function expiryOf({ expiresAt }: { readonly expiresAt?: string }): string | undefined {
  return expiresAt !== undefined && isTime(expiresAt) ? inUtc(expiresAt) : undefined;
}

export function recordMoved(draft: Draft, answer: Extract<Answer, { reference: string }>): void {
  const movement = draft.context.movements[0] as Movement;
  const payment = paymentOf(draft.context, movement);
  const { kind, lines, charges = [], shippingEvent, reason } = movement;
  const figure = figureOf[kind];
  const type = typeOf(draft.shop, kind);
  changePayment(draft, payment.id, {
    [figure]: payment[figure] + answer.amount,
    ...(kind === 'authorise' && { reference: answer.reference, expiresAt: expiryOf(answer) }),
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
    const text = `The gateway says that the ${kind} on ${payment.id} moved ${said}; ${asked} was asked for.`;
    alert(draft, 'amount-differs', text);
  }
  finish(draft, movement, answer.amount);
  reserveAgain(draft);
}

/** What parts of the same command have moved already. */
function movedBefore({ context }: Draft, { command, whole }: Movement): number {
  if (whole === undefined) return 0;
  const left = context.movements.filter((other) => other.command === command);
  return whole - sum(left.map(({ amount }) => amount));
}

/** A "no" from the gateway, or from the road to it when surely nothing was sent. */
export function recordFailed(draft: Draft, code: string, message: string): void {
  const movement = draft.context.movements[0] as Movement;
  const { kind, payment, amount, command, key, asked } = movement;
  const { number, currency } = agreed(draft.context);
  draft.facts.push({ type: 'payment-failed', kind, payment, amount, code, message });
  // Whoever sent the command is told; where nobody did, or was told long ago to wait, people look.
  if (!command || asked > 0) {
    const text = `The ${kind} of ${written(amount, currency)} on ${payment} failed: ${message}`;
    alert(draft, `${kind}-failed`, text);
  }
  const moved = movedBefore(draft, movement);
  const before = moved > 0 ? ` Before that ${written(moved, currency)} of it went through.` : '';
  const unreachable = code === 'unreachable';
  finish(draft, movement, 0, {
    code: unreachable ? 'gateway-unavailable' : 'payment-declined',
    detail: `Order ${number}: the gateway did not ${kind} ${written(amount, currency)} on ${payment}: ${message}${before}`,
    figures: { order: number, kind, payment, amount, currency, declineCode: code, key, moved },
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
  const text = `Nobody knows yet whether the ${kind} of ${written(amount, agreed(draft.context).currency)} went through: ${why}`;
  if (asked === TELL_PEOPLE_AT) alert(draft, 'outcome-unknown', text);
  if (command && asked === 0)
    draft.facts.push({ type: 'command', id: command, outcome: 'pending' });
}
