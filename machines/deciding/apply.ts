import { alert, change, changePayment, note, tell, type Draft } from './draft';
import { paymentOfDeadline } from './due';
import type { CountedUnits, EventOf } from '../events';
import { cancelOpenUnits, settleCancelled } from '../fulfilment/cancelling';
import { cascade } from '../fulfilment/lines';
import { recordUnits, tellOfShipment, unitsOf } from '../fulfilment/shipping';
import { moveHeldStock } from '../fulfilment/stock';
import { sum, written } from '../money';
import { capturable, type Part } from '../payment/balance';
import { planMoney, type MoneyAsked } from '../payment/charging';
import { owedRefunds, owedVoids, queue, voidable } from '../payment/movements';
import { captureScope, refundScope } from '../payment/scope';
import { agreed, PLACING, type PaymentState } from '../state';
import type { Obligation } from '../table';

function capture(draft: Draft, asked: MoneyAsked, shippingEvent?: string): void {
  const planned = planMoney(draft.context, captureScope(draft.shop, draft.context), asked);
  if ('plan' in planned) queue(draft, 'capture', planned.plan, { shippingEvent });
}

function meet(draft: Draft, obligation: Obligation, reason: string): void {
  if (typeof obligation === 'object') return tell(draft, obligation.send);
  switch (obligation) {
    case 'cancel-units':
      return cancelOpenUnits(draft);
    case 'capture':
      return capture(draft, {});
    case 'void':
      return owedVoids(draft);
    case 'refund':
      return owedRefunds(draft, reason);
    case 'release':
    case 'consume':
      return moveHeldStock(draft, obligation);
  }
}

/** Enters an order status: the record, the cascade to the lines, and what the status obliges to. */
export function enterStatus(draft: Draft, from: string, to: string): void {
  const first = from === PLACING;
  change(draft, { statusSince: draft.event.at });
  if (first) draft.facts.push({ type: 'order-placed' });
  draft.facts.push({ type: 'order-status', from: first ? null : from, to });
  const rule = draft.shop.orders.statuses[to];
  if (rule?.lines) cascade(draft, rule.lines);
  const { event } = draft;
  const reason = 'reason' in event && event.reason ? event.reason : `The order became ${to}.`;
  for (const obligation of rule?.enter ?? []) meet(draft, obligation, reason);
}

export function giveNote(draft: Draft, { note: text }: EventOf<'set-status'>): void {
  if (text) note(draft, text, true);
}

export function recordShipment(draft: Draft, event: EventOf<'record-shipping-event'>): void {
  const { event: type, lines, reference, tracking, notify = true } = event;
  const rule = draft.shop.shippingEvents[type];
  const { units } = unitsOf(draft.shop, draft.context, type, lines);
  const shipment = recordUnits(draft, type, units, { reference, tracking });
  if (rule?.means === 'cancelled') {
    return settleCancelled(draft, type, shipment, reference ?? `${type} was recorded.`);
  }
  if (rule?.obliges?.includes('capture')) captureFor(draft, units, shipment);
  if (notify) tellOfShipment(draft, type, shipment);
}

/** Captures the units of a shipment that were not captured before. */
function captureFor(draft: Draft, units: readonly CountedUnits[], shipment: string): void {
  const scope = captureScope(draft.shop, draft.context);
  const lines = units
    .map(({ id, quantity }) => {
      const index = draft.context.lines.findIndex((line) => line.id === id);
      const settled = draft.context.lines[index]?.passed[scope.type] ?? 0;
      return { id, quantity: Math.min(quantity, scope.limit(index) - settled) };
    })
    .filter(({ quantity }) => quantity > 0);
  if (lines.length > 0) capture(draft, { lines, charges: scope.charges }, shipment);
}

export function takePayment(draft: Draft, event: EventOf<'take-payment'>): void {
  const planned = planMoney(draft.context, captureScope(draft.shop, draft.context), event);
  if (!('plan' in planned)) return;
  const { id: command, shippingEvent } = event;
  queue(draft, 'capture', planned.plan, { command, shippingEvent });
}

export function refund(draft: Draft, event: EventOf<'refund'>): void {
  const planned = planMoney(draft.context, refundScope(draft.shop, draft.context), event);
  if (!('plan' in planned)) return;
  queue(draft, 'refund', planned.plan, { command: event.id, reason: event.reason });
}

function queueVoids(draft: Draft, payments: readonly PaymentState[], command?: string): void {
  const parts = payments
    .map((payment): Part => ({ payment: payment.id, amount: voidable(payment) }))
    .filter(({ amount }) => amount > 0);
  queue(draft, 'void', { amount: sum(parts.map(({ amount }) => amount)), parts }, { command });
}

export function voidPayments(draft: Draft, { payment, id }: EventOf<'void'>): void {
  const chosen = draft.context.payments.filter((each) => (payment ?? each.id) === each.id);
  queueVoids(draft, chosen, id);
}

/** A card said no before the order was placed: what other cards authorised is given up. */
export function giveUpPlacing(draft: Draft): void {
  change(draft, { placingFailed: true });
  queueVoids(draft, draft.context.payments);
}

export function withdraw(draft: Draft): void {
  moveHeldStock(draft, 'release');
  draft.facts.push({ type: 'placing-withdrawn' });
}

export function hold(draft: Draft, { reason, until }: EventOf<'hold'>): void {
  const { actor, at } = draft.event;
  change(draft, { hold: { reason, owner: actor.name, since: at, until } });
  draft.facts.push({ type: 'held', reason, until });
}

export function releaseHold(draft: Draft): void {
  if (!draft.context.hold) return;
  change(draft, { hold: null });
  draft.facts.push({ type: 'hold-released' });
}

/** An authorisation ran out: what it still covered is gone, and people are asked to look. */
export function expireAuthorisation(draft: Draft, { name }: EventOf<'deadline'>): void {
  const id = paymentOfDeadline(name);
  const payment = draft.context.payments.find((each) => each.id === id);
  if (!payment) return;
  const amount = written(capturable(payment), agreed(draft.context).currency);
  const reason = `The authorisation of ${amount} on ${payment.id} expired.`;
  changePayment(draft, payment.id, { voided: payment.voided + capturable(payment) });
  alert(draft, 'authorisation-expired', reason);
  if (draft.context.hold) return;
  const { actor, at } = draft.event;
  change(draft, { hold: { reason, owner: actor.name, since: at } });
  draft.facts.push({ type: 'held', reason });
}
