import { alert, change, changePayment, type Draft } from '../deciding/draft';
import { tellOf } from '../returns/messages';
import type { CountedUnits, EventOf, Placement } from '../events';
import { sum, written } from '../money';
import { OFFLINE, partsOf, refundable, type Part } from '../payment/balance';
import { countPaid } from '../payment/charging';
import { queue } from '../payment/movements';
import { typeOf } from '../payment/scope';
import { objectToPlacement } from '../placing';
import type { Objection } from '../refusals';
import { agreed, type OrderContext } from '../state';
import type { Shop } from '../table';
import { arrived, exchangedReturn, granted } from '../returns/counts';
import { changeReturn, objectToNamed, objectToReturn, returnOf } from '../returns/finding';
import { replacement } from './replacement';
import { askByHand, countReturned, decideRefund, endGrant, lowerBill } from '../returns/refunding';
import type { ReturnState } from '../returns/state';
import { countable, paidBefore, roomToRefund, unpaidOf, worthOf } from '../returns/worth';

type Exchange = EventOf<'exchange'>;

interface Plan {
  readonly placement: Placement;
  readonly lines: readonly CountedUnits[];
  readonly worth: number;
  readonly kept: number;
  readonly before: number;
  /** Minor units: all that the returned units are good for, and what of it pays for the new order. */
  readonly value: number;
  readonly transferred: number;
  /** What nobody had paid of them, and nobody has to pay once the new order is there. */
  readonly credited: number;
}

/** Units that an exchange is for: those that came, or in advance all that are to come. */
function unitsOf(returned: ReturnState): CountedUnits[] {
  return returned.lines.flatMap((line) => {
    const most = returned.status === 'authorised' ? line.quantity - line.givenUp : arrived(line);
    const quantity = most - granted(returned, line.id);
    return quantity > 0 ? [{ id: line.id, quantity }] : [];
  });
}

function plan(shop: Shop, context: OrderContext, event: Exchange): Plan | Objection {
  const { return: id, keep: kept = 0 } = event;
  const inAdvance = shop.returns?.exchangeInAdvance ?? false;
  const statuses = inAdvance ? (['authorised', 'received'] as const) : (['received'] as const);
  const named = objectToNamed(context, id, statuses, 'exchanged');
  const returned = returnOf(context, id);
  if (named || !returned) return named as Objection;
  const { exchange } = returned;
  if (exchange && exchange.outcome !== 'refused') {
    const detail = `return ${id} is exchanged already, for order ${exchange.number}.`;
    return objectToReturn(context, detail, { figures: { return: id, exchange } });
  }
  const lines = unitsOf(returned);
  if (lines.length === 0) {
    const detail = `nothing of return ${id} is left to exchange: all of it was refunded.`;
    return objectToReturn(context, detail, { figures: { return: id } });
  }
  const worth = worthOf(shop, context, lines);
  const before = Math.min(worth, paidBefore(returned));
  const most = worth - before;
  if (!Number.isSafeInteger(kept) || kept < 0 || kept > most) {
    const { currency } = agreed(context);
    const detail = `What is kept is from nothing to ${written(most, currency)}, in whole minor units; not ${kept}.`;
    return objectToReturn(context, detail, { errors: [{ pointer: '/keep', detail }] });
  }
  const value = Math.max(0, Math.min(most - kept, roomToRefund(shop, context)));
  const credited = Math.max(0, Math.min(most - kept - value, unpaidOf(shop, context)));
  const { placement, transferred } = replacement(shop, context, event, value);
  return { placement, lines, worth, kept, before, value, transferred, credited };
}

/** Why the return cannot be exchanged for this; the faults of the new order are among its reasons. */
export function objectToExchange(
  shop: Shop,
  context: OrderContext,
  event: Exchange,
): Objection | undefined {
  const planned = plan(shop, context, event);
  if (!('placement' in planned)) return planned;
  const fault = objectToPlacement(shop, planned.placement);
  if (!fault) return undefined;
  const { detail, errors } = fault;
  const figures = { return: event.return, number: planned.placement.number };
  return objectToReturn(context, `it cannot be exchanged: ${detail}`, { figures, errors });
}

/** Decides the exchange: the value of the units is kept for the new order, which is placed after. */
export function decideExchange(draft: Draft, event: Exchange): void {
  const { shop, context } = draft;
  const planned = plan(shop, context, event);
  if (!('placement' in planned)) return;
  const { placement, lines, worth, kept, before, value, transferred, credited } = planned;
  const { return: id } = event;
  const { number } = placement;
  const reason = event.reason ?? `Exchanged for order ${number}.`;
  const money = { amount: value, before, byHand: 0, ...(credited > 0 && { credited }) };
  const decided = { lines, charges: [], ...money };
  decideRefund(draft, id, decided, { reason, worth, kept });
  change(draft, { exchanges: context.exchanges + 1 });
  changeReturn(draft, id, { exchange: { number, transferred, outcome: 'placing' } });
  const settled = typeOf(shop, 'capture');
  const about = { return: id, number, transferred, settled, placement };
  draft.facts.push({ type: 'exchange-decided', ...about });
}

/** What pays for the new order, payment by payment, newest first. */
function transferParts({ payments }: OrderContext, amount: number): Part[] {
  let left = amount;
  return [...payments].reverse().flatMap((payment) => {
    const part = Math.min(left, refundable(payment));
    left -= part;
    return part > 0 ? [{ payment: payment.id, amount: part }] : [];
  });
}

/** Books the value of the units over to the new order, each payment's part for itself. */
function transfer(draft: Draft, amount: number, number: string): void {
  for (const { payment: id, amount: part } of transferParts(draft.context, amount)) {
    const payment = draft.context.payments.find((each) => each.id === id);
    if (!payment) continue;
    changePayment(draft, id, { refunded: payment.refunded + part });
    draft.facts.push({
      type: 'payment-event',
      event: typeOf(draft.shop, 'refund'),
      kind: 'refund',
      payment: id,
      gateway: OFFLINE,
      amount: part,
      reference: number,
      reason: `Moved to order ${number}.`,
    });
  }
}

/** What was granted for the exchange under way: the last of them, for no other is granted meanwhile. */
function grantOf({ refunds }: ReturnState) {
  return refunds.findLast(({ outcome }) => outcome === 'pending');
}

/** The order as if nobody had granted this; its own units are not in its own way. */
function withoutGrant(context: OrderContext, grant: string): OrderContext {
  const returns = context.returns.map((returned) => ({
    ...returned,
    refunds: returned.refunds.filter(({ id }) => id !== grant),
  }));
  return { ...context, returns };
}

/** The new order is there: what it costs is moved over to it, and what is left goes back. */
export function exchangePlaced(draft: Draft, event: EventOf<'exchange.placed'>): void {
  const { shop } = draft;
  const returned = exchangedReturn(draft.context, event);
  const { exchange } = returned ?? {};
  const refund = returned && grantOf(returned);
  if (!returned || !exchange || !refund) return;
  const { id } = returned;
  const { number, transferred } = exchange;
  draft.facts.push({ type: 'exchange-placed', return: id, number, transferred });
  transfer(draft, transferred, number);
  const rest = refund.amount - transferred;
  const parts = partsOf(draft.context, 'refund', rest);
  const moving = sum(parts.map((part) => part.amount));
  const byHand = rest - moving;
  countReturned(draft, withoutGrant(draft.context, refund.id), refund.lines);
  const units = countable(shop, withoutGrant(draft.context, refund.id), refund.lines);
  const refunds = returned.refunds.map((each) =>
    each.id === refund.id ? { ...each, moved: transferred, byHand } : each,
  );
  changeReturn(draft, id, { exchange: { ...exchange, outcome: 'placed' }, refunds });
  lowerBill(draft, id, refund.credited ?? 0);
  const reason = `Order ${number} costs less than return ${id} is worth.`;
  const lines = byHand === 0 ? units : [];
  queue(draft, 'refund', { amount: moving, parts, lines }, { reason, grant: refund.id });
  askByHand(draft, id, byHand);
  tellOf(draft, 'exchanged', id);
  if (rest > 0) return;
  endGrant(draft, id, refund.id);
  countPaid(draft, typeOf(shop, 'refund'), 'refund', { lines: units });
}

/** The new order could not be placed: the money stays to be refunded, or another exchange to be tried. */
export function exchangeRefused(draft: Draft, event: EventOf<'exchange.refused'>): void {
  const returned = exchangedReturn(draft.context, event);
  const { exchange } = returned ?? {};
  if (!returned || !exchange) return;
  const { id } = returned;
  const { number } = exchange;
  const { why } = event;
  const grant = grantOf(returned);
  const refunds = returned.refunds.map((each) =>
    each === grant ? { ...each, credited: undefined, outcome: 'failed' as const } : each,
  );
  changeReturn(draft, id, { exchange: { ...exchange, outcome: 'refused', why }, refunds });
  draft.facts.push({ type: 'exchange-refused', return: id, number, why });
  const text = `Return ${id} was exchanged for order ${number}, which could not be placed: ${why} Refund the return, or exchange it again.`;
  alert(draft, 'exchange-refused', text);
}
