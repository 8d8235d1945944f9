import { alert, change, changePayment, type Draft } from '../deciding/draft';
import type { Answer } from '../events';
import { answers, type MoveMoney, type SettleMoney } from '../effects';
import { sum, written } from '../money';
import { refusal, type RefusalCode } from '../refusals';
import {
  agreed,
  type LineState,
  type Movement,
  type OrderContext,
  type PaymentState,
} from '../state';
import type { MovementKind } from '../table';
import { balanceOf, capturable, partsOf } from './balance';
import type { MoneyPlan } from './charging';
import { typeOf } from './scope';

type Why = Pick<Movement, 'command' | 'shippingEvent' | 'reason'>;

/**
 * The lasting key of an order's n-th movement. A placing that was withdrawn leaves its number free,
 * so the key of an authorisation also names the placing: another attempt is another movement.
 */
export function keyOf(
  order: string,
  movement: number,
  kind: MovementKind,
  placing: string,
): string {
  const key = `${order}/${movement}/${kind}`;
  return kind === 'authorise' ? `${key}/${placing}` : key;
}

/** Queues movements of money; the first of the queue is sent when the payment region is idle. */
export function queue(draft: Draft, kind: MovementKind, plan: MoneyPlan, why: Why = {}): void {
  const { number } = agreed(draft.context);
  const { movements, movementCount } = draft.context;
  const last = plan.parts.length - 1;
  const queued = plan.parts.map(({ payment, amount }, index): Movement => ({
    key: keyOf(number, movementCount + index + 1, kind, draft.event.id),
    kind,
    payment,
    amount,
    cause: draft.event.id,
    asked: 0,
    ...why,
    // Units and charges are counted once, when the last part has moved.
    ...(index === last && { lines: plan.lines, charges: plan.charges }),
  }));
  change(draft, {
    movements: [...movements, ...queued],
    movementCount: movementCount + queued.length,
  });
}

/** Gives up authorisations that no longer cover anything the order owes. */
export function owedVoids(draft: Draft): void {
  const { shop, context } = draft;
  const { owed, captured } = balanceOf(shop, context);
  if (owed > captured) return;
  const planned = new Set(
    context.movements.map((movement) => `${movement.kind} ${movement.payment}`),
  );
  const parts = context.payments
    .map((payment) => ({ payment: payment.id, amount: voidable(payment) }))
    .filter(({ amount, payment }) => amount > 0 && !planned.has(`void ${payment}`));
  queue(draft, 'void', { amount: sum(parts.map(({ amount }) => amount)), parts });
}

/** Gives back what was captured beyond what the order owes, less what is already on its way. */
export function owedRefunds(draft: Draft, reason: string): void {
  const { shop, context } = draft;
  const { owed, captured, refunded } = balanceOf(shop, context);
  const onTheWay = sum(
    context.movements.filter(({ kind }) => kind === 'refund').map(({ amount }) => amount),
  );
  const amount = captured - refunded - onTheWay - owed;
  if (amount > 0)
    queue(draft, 'refund', { amount, parts: partsOf(context, 'refund', amount) }, { reason });
}

/** What a void of this payment gives up; nothing where no gateway holds it. */
export function voidable(payment: PaymentState): number {
  return payment.reference === undefined || payment.gateway === 'offline' ? 0 : capturable(payment);
}

/** The effect that sends the first movement of the queue. */
export function effectOf(context: OrderContext, type: MoveMoney['type'] | SettleMoney['type']) {
  const movement = context.movements[0] as Movement;
  const payment = paymentOf(context, movement);
  const { number, currency } = agreed(context);
  return {
    type,
    key: movement.key,
    kind: movement.kind,
    order: number,
    payment: payment.id,
    gateway: payment.gateway,
    currency,
    amount: movement.amount,
    answer: answers[movement.kind],
    ...(movement.kind === 'authorise'
      ? { token: payment.token }
      : { reference: payment.reference }),
  };
}

function paymentOf(context: OrderContext, movement: Movement): PaymentState {
  return context.payments.find(({ id }) => id === movement.payment) as PaymentState;
}

function countUnits(draft: Draft, type: string, { lines = [] }: Movement): void {
  const counted = new Map(lines.map(({ id, quantity }) => [id, quantity]));
  if (counted.size === 0) return;
  const count = (line: LineState): LineState => {
    const quantity = counted.get(line.id);
    if (!quantity) return line;
    return { ...line, passed: { ...line.passed, [type]: (line.passed[type] ?? 0) + quantity } };
  };
  change(draft, { lines: draft.context.lines.map(count) });
}

const figureOf = {
  authorise: 'authorised',
  capture: 'captured',
  refund: 'refunded',
  void: 'voided',
} as const satisfies Record<MovementKind, keyof PaymentState>;

/** Takes the answered movement off the queue and reports what became of its command, once all its parts are in. */
function finish(
  draft: Draft,
  movement: Movement,
  failure?: { code: RefusalCode; detail: string; figures: object },
) {
  const rest = draft.context.movements.filter(({ key }) => key !== movement.key);
  const { command } = movement;
  // What else the command asked for is not tried after a "no".
  const left = failure && command ? rest.filter((other) => other.command !== command) : rest;
  change(draft, { movements: left });
  if (!command || left.some((other) => other.command === command)) return;
  const refused = failure && refusal('gateway', { ...failure, figures: { ...failure.figures } });
  draft.facts.push(
    refused
      ? { type: 'command', id: command, outcome: 'refused', refusal: refused }
      : { type: 'command', id: command, outcome: 'done' },
  );
}

export function recordMoved(draft: Draft, answer: Extract<Answer, { reference: string }>): void {
  const movement = draft.context.movements[0] as Movement;
  const payment = paymentOf(draft.context, movement);
  const { kind, lines, charges = [], shippingEvent, reason } = movement;
  const figure = figureOf[kind];
  const type = typeOf(draft.shop, kind);
  changePayment(draft, payment.id, {
    [figure]: payment[figure] + answer.amount,
    ...(kind === 'authorise' && { reference: answer.reference, expiresAt: answer.expiresAt }),
  });
  countUnits(draft, type, movement);
  const { settledCharges, refundedCharges } = draft.context;
  if (kind === 'capture') change(draft, { settledCharges: [...settledCharges, ...charges] });
  if (kind === 'refund') change(draft, { refundedCharges: [...refundedCharges, ...charges] });
  draft.facts.push({
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
  finish(draft, movement);
}

/** A "no" from the gateway, or from the road to it when surely nothing was sent. */
export function recordFailed(draft: Draft, code: string, message: string): void {
  const movement = draft.context.movements[0] as Movement;
  const { kind, payment, amount, command, key } = movement;
  const { number, currency } = agreed(draft.context);
  draft.facts.push({ type: 'payment-failed', kind, payment, amount, code, message });
  if (!command) {
    const text = `${kind} of ${written(amount, currency)} on ${payment} failed: ${message}`;
    alert(draft, `${kind}-failed`, text);
  }
  const unreachable = code === 'unreachable';
  finish(draft, movement, {
    code: unreachable ? 'gateway-unavailable' : 'payment-declined',
    detail: `Order ${number}: the gateway did not ${kind} ${written(amount, currency)}: ${message}`,
    figures: { order: number, kind, payment, amount, currency, declineCode: code, key },
  });
}

const day = 24 * 60 * 60 * 1000;

/** When to ask again: 2 s, doubling up to 15 min; after a day people are told and it is asked hourly. */
function nextAsk(at: string, asked: number): string {
  const wait = Math.min(2000 * 2 ** Math.min(asked, 20), asked > 100 ? day / 24 : 15 * 60 * 1000);
  return new Date(Date.parse(at) + wait).toISOString();
}

export function recordUnknown(draft: Draft, why: string): void {
  const movement = draft.context.movements[0] as Movement;
  const { kind, payment, amount, command, asked } = movement;
  const askAt = nextAsk(draft.event.at, asked);
  const [, ...rest] = draft.context.movements;
  change(draft, { movements: [{ ...movement, asked: asked + 1, askAt }, ...rest] });
  // Asking for days would fill the history with the same sentence.
  if (asked > 0 && asked !== 100) return;
  draft.facts.push({ type: 'payment-outcome-unknown', kind, payment, amount, why });
  const text = `Nobody knows yet whether the ${kind} of ${written(amount, agreed(draft.context).currency)} went through: ${why}`;
  if (asked === 100) alert(draft, 'outcome-unknown', text);
  if (command && asked === 0)
    draft.facts.push({ type: 'command', id: command, outcome: 'pending' });
}
