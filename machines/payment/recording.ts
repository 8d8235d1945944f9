import { recordPayment } from '../calls/calling';
import { change, changePayment, type Draft } from '../deciding/draft';
import { limits } from '../deciding/limits';
import type { EventOf } from '../events';
import { reserveAgain } from '../fulfilment/reservation';
import { isAmount, sum, written } from '../money';
import { listed, type Objection } from '../refusals';
import { owedByHand } from '../returns/counts';
import { settleByHand } from '../returns/refunding';
import { agreed, type OrderContext, type PaymentState } from '../state';
import type { MovementKind, Shop } from '../table';
import { capturable, OFFLINE, refundable, type Part } from './balance';
import { chooseAmount, countPaid, objectToMoney, paidUnits, type Chosen } from './charging';
import { alertOverpaid } from './confirming';
import { captureScope, refundScope, type Scope } from './scope';

type Recorded = EventOf<'record-payment-event'>;

/** How far money recorded from outside may move, and which units may have moved with it. */
function scopeFor(
  shop: Shop,
  context: OrderContext,
  kind: MovementKind,
  { event: type, overpaid }: Pick<Recorded, 'event' | 'overpaid'>,
): Pick<Scope, 'type' | 'room' | 'limit'> {
  if (kind === 'capture') {
    const scope = captureScope(shop, context);
    return overpaid ? { ...scope, room: roomForMore(context) } : scope;
  }
  if (kind === 'refund') return refundScope(shop, context);
  const { lines } = agreed(context);
  const limit = (index: number) => lines[index]?.quantity ?? 0;
  const authorised = () => sum(context.payments.map((payment) => payment.authorised));
  const room =
    kind === 'authorise' ? limits.amount - authorised() : sum(context.payments.map(capturable));
  return { type, room, limit };
}

/** What an order may take in at the most, owed or not. */
function roomForMore({ payments }: OrderContext): number {
  return limits.amount - sum(payments.map(({ captured }) => captured));
}

/** Money for other units leaves what is promised by hand for returns; without units it goes to those first. */
function promisedTo(context: OrderContext, kind: MovementKind, lines: Recorded['lines']): number {
  return kind === 'refund' && lines ? owedByHand(context) : 0;
}

function roomSentence(room: number, currency: string): string {
  return room === 0 ? 'nothing is left that could be.' : `at most ${written(room, currency)} can.`;
}

/** Why what is said to have happened outside cannot have happened to this order. */
export function objectToRecording(
  shop: Shop,
  context: OrderContext,
  recorded: Recorded,
): Objection | undefined {
  const { event, amount, lines, reference, shippingEvent } = recorded;
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
  const scope = scopeFor(shop, context, kind, recorded);
  const room = Math.max(0, scope.room - promisedTo(context, kind, lines));
  if (amount > room) {
    const { currency } = agreed(context);
    const more = kind === 'capture' ? ' If more came in, say so with overpaid.' : '';
    const detail = `${written(amount, currency)} cannot be ${event}: ${roomSentence(room, currency)}${more}`;
    const errors = [{ pointer: '/amount', detail }];
    return objectToMoney(context, detail, { figures: { asked: amount, room }, errors }).objection;
  }
  const { payments } = context;
  const adds =
    kind === 'authorise' || (kind === 'capture' && !candidates(context, kind, reference)[0]);
  if (adds && payments.length >= limits.payments) {
    const detail = `an order has at most ${limits.payments} payments; name the reference of one of them.`;
    return objectToMoney(context, detail, { errors: [{ pointer: '/reference', detail }] })
      .objection;
  }
  if (!lines) return undefined;
  const { faults } = paidUnits(context, scope, lines);
  if (faults.length === 0) return undefined;
  const detail = faults.map((fault) => fault.detail).join(' ');
  return objectToMoney(context, detail, { errors: faults }).objection;
}

/** Payments in the order in which money recorded from outside is put to them. */
function candidates(context: OrderContext, kind: MovementKind, reference?: string): PaymentState[] {
  const { payments } = context;
  const named = payments.filter((each) => reference !== undefined && each.reference === reference);
  const others = payments.filter((each) => !named.includes(each));
  if (kind !== 'capture') return [...named, ...others.reverse()];
  // Money that came from outside belongs to the payment that waits for it, not to a card.
  const outside = others.filter(
    (each) => each.gateway === OFFLINE && (!reference || each.reference === undefined),
  );
  const settled = ({ requested, captured }: PaymentState) => Number(captured >= requested);
  return [...named, ...outside.sort((a, b) => settled(a) - settled(b))];
}

function newPayment(draft: Draft, reference?: string): PaymentState {
  const id = `p${draft.context.payments.length + 1}`;
  const none = { requested: 0, authorised: 0, captured: 0, refunded: 0, voided: 0 };
  const payment: PaymentState = { id, gateway: OFFLINE, method: 'recorded', reference, ...none };
  change(draft, { payments: [...draft.context.payments, payment] });
  return payment;
}

/** Puts an amount to payments as far as each has room; what is captured beyond an authorisation arrives authorised. */
function apply(draft: Draft, kind: MovementKind, amount: number, reference?: string): Part[] {
  if (kind === 'authorise') {
    const { id } = newPayment(draft, reference);
    changePayment(draft, id, { requested: amount, authorised: amount });
    return [{ payment: id, amount }];
  }
  if (kind === 'capture') {
    const payment = candidates(draft.context, kind, reference)[0] ?? newPayment(draft, reference);
    const missing = Math.max(0, amount - capturable(payment));
    changePayment(draft, payment.id, {
      authorised: payment.authorised + missing,
      captured: payment.captured + amount,
    });
    return [{ payment: payment.id, amount }];
  }
  let left = amount;
  const parts: Part[] = [];
  for (const payment of candidates(draft.context, kind, reference)) {
    const part = Math.min(left, kind === 'refund' ? refundable(payment) : capturable(payment));
    if (part === 0) continue;
    parts.push({ payment: payment.id, amount: part });
    const { refunded, voided } = payment;
    const given = { voided: voided + part, givenUpAt: draft.event.at };
    changePayment(draft, payment.id, kind === 'refund' ? { refunded: refunded + part } : given);
    left -= part;
  }
  return parts;
}

/** Units and charges that the money is for: those named, or all that is left where it pays all that is left. */
function unitsFor(draft: Draft, kind: MovementKind, recorded: Recorded) {
  const { shop, context } = draft;
  const { amount, lines } = recorded;
  if (lines) {
    return { lines: paidUnits(context, scopeFor(shop, context, kind, recorded), lines).units };
  }
  if (kind === 'capture') {
    const scope = captureScope(shop, context);
    return chooseAmount(context, scope, Math.min(amount, Math.max(0, scope.room)));
  }
  if (kind === 'refund') return chooseAmount(context, refundScope(shop, context), amount);
  return {};
}

/** Records money that moved outside, to the unit, as the shop's own event type. */
export function recordOutside(draft: Draft, event: Recorded): void {
  const kind = draft.shop.paymentEvents[event.event]?.means as MovementKind;
  const room = Math.max(0, captureScope(draft.shop, draft.context).room);
  const promised = kind === 'refund' && !event.lines && owedByHand(draft.context) > 0;
  const { amount: _, ...named }: Partial<Chosen> = promised ? {} : unitsFor(draft, kind, event);
  const parts = apply(draft, kind, event.amount, event.reference);
  countPaid(draft, event.event, kind, named);
  if (promised) settleByHand(draft, event.amount);
  const { reference, shippingEvent } = event;
  parts.forEach(({ payment, amount }, index) => {
    const gateway = draft.context.payments.find(({ id }) => id === payment)?.gateway ?? OFFLINE;
    recordPayment(draft, {
      type: 'payment-event',
      event: event.event,
      kind,
      payment,
      gateway,
      amount,
      reference,
      ...(index === parts.length - 1 && named),
      shippingEvent,
    });
  });
  if (kind === 'capture') alertOverpaid(draft, event.amount - room);
  reserveAgain(draft);
}
