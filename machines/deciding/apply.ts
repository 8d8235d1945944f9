import { meetForEarlierPayments } from '../calls/calling';
import { change, note, type Draft } from './draft';
import { meet, meetForShipment } from './obligations';
import type { EventOf } from '../events';
import { cascade } from '../fulfilment/lines';
import { rulesGoneOver } from '../fulfilment/overriding';
import { recordUnits, unitsOf } from '../fulfilment/shipping';
import { moveHeldStock } from '../fulfilment/stock';
import { typesMeaning } from '../fulfilment/units';
import { sum } from '../money';
import { voidable, type Part } from '../payment/balance';
import { planMoney } from '../payment/planning';
import { queue } from '../payment/movements';
import { giveBackCancelled, giveBackVouchers } from '../placing/vouchers';
import { captureScope, refundScope } from '../payment/scope';
import { refundReturn } from '../returns/refunding';
import { agreed, PLACING } from '../state';
import { inUtc } from '../time';

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
  const about = { type: 'order-status', from: first ? null : from, to } as const;
  if (first) meetForEarlierPayments(draft);
  for (const obligation of rule?.enter ?? []) meet(draft, obligation, reason, about);
  giveBackCancelled(draft);
}

export function giveNote(draft: Draft, { note: text }: EventOf<'set-status'>): void {
  if (text?.trim()) note(draft, text, true);
}

export function recordShipment(
  draft: Draft,
  event: EventOf<'record-shipping-event'>,
  status: string,
): void {
  const { event: type, lines, reference, tracking, location, notify = true, override } = event;
  const { shop, context } = draft;
  const { units } = unitsOf(shop, context, type, lines, override !== undefined);
  const over = override && {
    reason: override.reason,
    by: event.actor.name,
    rules: rulesGoneOver(shop, context, status, type, units),
  };
  const shipment = recordUnits(draft, type, units, {
    ...{ reference, tracking, location },
    override: over,
  });
  const reason = reference ?? `${type} was recorded.`;
  meetForShipment(draft, { type, units, shipment, reason, notify });
}

/** Cancels units; when they are the last, the status the order then enters speaks to the customer. */
export function cancel(draft: Draft, { lines, reason }: EventOf<'cancel'>): void {
  const [type] = typesMeaning(draft.shop, 'cancelled');
  if (type === undefined) return;
  const { units } = unitsOf(draft.shop, draft.context, type, lines);
  const shipment = recordUnits(draft, type, units, { reference: reason });
  meetForShipment(draft, { type, units, shipment, reason, notify: true });
}

export function takePayment(draft: Draft, event: EventOf<'take-payment'>): void {
  const planned = planMoney(draft.context, captureScope(draft.shop, draft.context), event);
  if (!('plan' in planned)) return;
  const { id: command, shippingEvent, final } = event;
  queue(draft, 'capture', planned.plan, { command, shippingEvent, final });
}

/** Grants money back, and sends it: the decision is one record, what became of the money another. */
export function refund(draft: Draft, event: EventOf<'refund'>): void {
  if (event.return !== undefined) return refundReturn(draft, event);
  const planned = planMoney(draft.context, refundScope(draft.shop, draft.context), event);
  if (!('plan' in planned)) return;
  const { id, reason, actor } = event;
  const { amount, lines, charges } = planned.plan;
  const about = { amount, reason, lines, charges };
  draft.facts.push({ type: 'refund-decided', id, by: actor.name, ...about });
  queue(draft, 'refund', planned.plan, { command: id, reason });
}

export function voidPayments(draft: Draft, { payment, id }: EventOf<'void'>): void {
  const { context } = draft;
  const parts = context.payments
    .filter((each) => (payment ?? each.id) === each.id)
    .map((each): Part => ({ payment: each.id, amount: voidable(context, each) }))
    .filter(({ amount }) => amount > 0);
  queue(draft, 'void', { amount: sum(parts.map(({ amount }) => amount)), parts }, { command: id });
}

/** A card said no before the order was placed: what the other cards authorised for it is given up. */
export function giveUpPlacing(draft: Draft, placing: string): void {
  change(draft, { placingFailed: true });
  const { context } = draft;
  const placed = agreed(context).payments;
  context.payments.forEach((payment, index) => {
    // What was authorised before the order came is the storefront's own to give up, or to use again.
    const amount = placed[index]?.reference === undefined ? voidable(context, payment) : 0;
    if (amount === 0) return;
    queue(draft, 'void', { amount, parts: [{ payment: payment.id, amount }] }, { placing });
  });
}

export function withdraw(draft: Draft): void {
  moveHeldStock(draft, 'release');
  giveBackVouchers(draft);
  draft.facts.push({ type: 'placing-withdrawn' });
}

export function hold(draft: Draft, { reason, until: asked }: EventOf<'hold'>): void {
  const until = asked === undefined ? undefined : inUtc(asked);
  const { actor, at } = draft.event;
  change(draft, { hold: { reason, owner: actor.name, since: at, until } });
  draft.facts.push({ type: 'held', reason, until });
}

export function releaseHold(draft: Draft): void {
  if (!draft.context.hold) return;
  change(draft, { hold: null, releasedAt: draft.event.at });
  draft.facts.push({ type: 'hold-released' });
}
