import { change, changePayment, type Draft } from '../deciding/draft';
import type { EventOf } from '../events';
import { isAmount, sum, written } from '../money';
import { listed, type Objection } from '../refusals';
import { agreed, eachLine, type LineState, type OrderContext, type PaymentState } from '../state';
import type { MovementKind, Shop } from '../table';
import { balanceOf, capturable, OFFLINE, refundable } from './balance';
import { objectToMoney, paidUnits } from './charging';

type Recorded = EventOf<'record-payment-event'>;

function limitOf(shop: Shop, context: OrderContext): (index: number) => number {
  const lines = eachLine(context);
  void shop;
  return (index) => lines[index]?.agreed.quantity ?? 0;
}

/** How much may still be recorded as moved outside, by kind; recording an authorisation has no limit. */
function roomFor(shop: Shop, context: OrderContext, kind: MovementKind): number {
  const { owed, captured } = balanceOf(shop, context);
  if (kind === 'authorise') return Number.MAX_SAFE_INTEGER;
  if (kind === 'capture') return owed - captured;
  return sum(context.payments.map(kind === 'refund' ? refundable : capturable));
}

/** Why what is said to have happened outside cannot have happened to this order. */
export function objectToRecording(
  shop: Shop,
  context: OrderContext,
  { event, amount, lines, shippingEvent }: Recorded,
): Objection | undefined {
  const types = Object.keys(shop.paymentEvents);
  const kind = Object.hasOwn(shop.paymentEvents, event) && shop.paymentEvents[event]?.means;
  if (!kind) {
    const detail = `${event} is no payment event of this shop; it has ${listed(types)}.`;
    const errors = [{ pointer: '/event', detail }];
    return objectToMoney(context, detail, { allowed: types, errors }).objection;
  }
  if (!isAmount(amount)) {
    const detail = `An amount is a whole number of minor units from 1, not ${amount}.`;
    return objectToMoney(context, detail, { errors: [{ pointer: '/amount', detail }] }).objection;
  }
  const shipments = context.shipments.map(({ id }) => id);
  if (shippingEvent !== undefined && !shipments.includes(shippingEvent)) {
    const detail = `${shippingEvent} is no shipping event of this order; it has ${listed(shipments)}.`;
    const errors = [{ pointer: '/shippingEvent', detail }];
    return objectToMoney(context, detail, { errors }).objection;
  }
  const room = Math.max(0, roomFor(shop, context, kind));
  if (amount > room) {
    const { currency } = agreed(context);
    const detail = `${written(amount, currency)} cannot be ${event}: at most ${written(room, currency)} can.`;
    const errors = [{ pointer: '/amount', detail }];
    return objectToMoney(context, detail, { figures: { asked: amount, room }, errors }).objection;
  }
  if (!lines) return undefined;
  const { faults } = paidUnits(context, { type: event, limit: limitOf(shop, context) }, lines);
  if (faults.length === 0) return undefined;
  const detail = faults.map((fault) => fault.detail).join(' ');
  return objectToMoney(context, detail, { errors: faults }).objection;
}

/** Payments in the order in which money recorded from outside is put to them. */
function candidates(context: OrderContext, kind: MovementKind, reference?: string): PaymentState[] {
  const named = context.payments.filter((payment) => payment.reference === reference);
  const others = context.payments.filter((payment) => payment.reference !== reference);
  // Money that came from outside belongs to the payment that waits for it, not to a card.
  if (kind === 'capture') {
    return reference === undefined
      ? others.filter(({ gateway }) => gateway === OFFLINE)
      : [...named, ...others.filter(({ gateway }) => gateway === OFFLINE)];
  }
  return [...named, ...others.reverse()];
}

function newPayment(draft: Draft, reference?: string): PaymentState {
  const id = `p${draft.context.payments.length + 1}`;
  const none = { requested: 0, authorised: 0, captured: 0, refunded: 0, voided: 0 };
  const payment: PaymentState = { id, gateway: OFFLINE, method: 'recorded', reference, ...none };
  change(draft, { payments: [...draft.context.payments, payment] });
  return payment;
}

/** Puts an amount to payments as far as each has room; what is captured beyond an authorisation arrives authorised. */
function apply(draft: Draft, kind: MovementKind, amount: number, reference?: string): string {
  if (kind === 'authorise') {
    const { id } = newPayment(draft, reference);
    changePayment(draft, id, { requested: amount, authorised: amount });
    return id;
  }
  if (kind === 'capture') {
    const payment = candidates(draft.context, kind, reference)[0] ?? newPayment(draft, reference);
    const missing = Math.max(0, amount - capturable(payment));
    changePayment(draft, payment.id, {
      authorised: payment.authorised + missing,
      captured: payment.captured + amount,
    });
    return payment.id;
  }
  const [figure, room] =
    kind === 'refund' ? (['refunded', refundable] as const) : (['voided', capturable] as const);
  let left = amount;
  let first = '';
  for (const payment of candidates(draft.context, kind, reference)) {
    const part = Math.min(left, room(payment));
    if (part === 0) continue;
    first ||= payment.id;
    changePayment(draft, payment.id, { [figure]: payment[figure] + part });
    left -= part;
  }
  return first;
}

/** Records money that moved outside, to the unit, as the shop's own event type. */
export function recordOutside(draft: Draft, event: Recorded): void {
  const { shop } = draft;
  const kind = shop.paymentEvents[event.event]?.means as MovementKind;
  const scope = { type: event.event, limit: limitOf(shop, draft.context) };
  const lines = event.lines && paidUnits(draft.context, scope, event.lines).units;
  const payment = apply(draft, kind, event.amount, event.reference);
  if (lines) {
    const counted = new Map(lines.map(({ id, quantity }) => [id, quantity]));
    const count = (line: LineState): LineState => {
      const before = line.passed[event.event] ?? 0;
      const passed = { ...line.passed, [event.event]: before + (counted.get(line.id) ?? 0) };
      return counted.has(line.id) ? { ...line, passed } : line;
    };
    change(draft, { lines: draft.context.lines.map(count) });
  }
  const gateway = draft.context.payments.find(({ id }) => id === payment)?.gateway ?? OFFLINE;
  const { amount, reference, shippingEvent } = event;
  draft.facts.push({
    type: 'payment-event',
    event: event.event,
    kind,
    payment,
    gateway,
    amount,
    reference,
    lines,
    shippingEvent,
  });
}
