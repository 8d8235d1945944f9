import { alert, type Draft } from '../deciding/draft';
import type { CountedUnits } from '../events';
import { sum, written } from '../money';
import { agreed, passed, type OrderContext } from '../state';
import {
  balanceOf,
  capturable,
  OFFLINE,
  onTheWay,
  partsOf,
  toGoBack,
  voidable,
  type Part,
} from './balance';
import type { MoneyAsked } from './charging';
import { queue } from './movements';
import { planMost } from './planning';
import { captureScope, typeOf } from './scope';

/** Gives up authorisations that no longer cover anything the order owes; the oldest cover first. */
export function owedVoids(draft: Draft): void {
  const { shop, context } = draft;
  const { owed, captured } = balanceOf(shop, context);
  let uncovered = owed - captured - onTheWay(context, ['capture']);
  const parts: Part[] = [];
  for (const payment of context.payments) {
    const amount = voidable(context, payment);
    if (uncovered <= 0 && amount > 0) parts.push({ payment: payment.id, amount });
    uncovered -= capturable(payment) - onTheWay(context, ['capture', 'void'], payment.id);
  }
  queue(draft, 'void', { amount: sum(parts.map(({ amount }) => amount)), parts });
}

/**
 * Gives back what was captured beyond what the order owes, less what is already on its way; what no
 * gateway took, people give back and record.
 */
export function owedRefunds(draft: Draft, reason: string): void {
  const { shop, context } = draft;
  const amount = toGoBack(shop, context) - onTheWay(context, ['refund']);
  if (amount <= 0) return;
  const parts = partsOf(context, 'refund', amount);
  const movable = sum(parts.map((part) => part.amount));
  queue(draft, 'refund', { amount: movable, parts }, { reason });
  if (movable === amount) return;
  const byHand = written(amount - movable, agreed(context).currency);
  const text = `${byHand} was not paid by card: give it back and record it as ${typeOf(shop, 'refund')}.`;
  alert(draft, 'refund-by-hand', text);
}

/** Still to come by transfer, cash or whatever else no gateway can capture. */
function expectedOutside({ payments }: OrderContext): number {
  const outside = payments.filter(({ gateway }) => gateway === OFFLINE);
  return sum(outside.map(({ requested, captured }) => Math.max(0, requested - captured)));
}

function capture(draft: Draft, asked: MoneyAsked, shippingEvent?: string): void {
  const { shop, context } = draft;
  const { wanted, plan } = planMost(context, captureScope(shop, context), asked);
  if (plan) queue(draft, 'capture', plan, { shippingEvent });
  const short = wanted - (plan?.amount ?? 0) - expectedOutside(context);
  if (short <= 0) return;
  const { currency } = agreed(context);
  const whole = context.payments.find(
    (payment) => payment.can?.captures === 'whole' && capturable(payment) > short,
  );
  const why = whole
    ? `${whole.id} can only be captured whole (${written(capturable(whole), currency)})`
    : 'no card has an authorisation left for it';
  alert(draft, 'capture-short', `${written(short, currency)} is owed, and ${why}.`);
}

/** Captures all that the order owes, as far as its cards allow. */
export function captureOwed(draft: Draft): void {
  capture(draft, {});
}

/** Captures the units of a shipment that were not captured before, and the charges with the first. */
export function captureShipment(
  draft: Draft,
  units: readonly CountedUnits[],
  shipment: string,
): void {
  const { context } = draft;
  const scope = captureScope(draft.shop, context);
  const indexes = new Map(context.lines.map(({ id }, index) => [id, index]));
  const lines = units.flatMap(({ id, quantity }) => {
    const index = indexes.get(id) ?? -1;
    const line = context.lines[index];
    const left = line ? scope.limit(index) - passed(line, scope.type) : 0;
    return left > 0 ? [{ id, quantity: Math.min(quantity, left) }] : [];
  });
  const { charges } = scope;
  if (lines.length + charges.length === 0) return;
  capture(draft, { ...(lines.length > 0 && { lines }), charges }, shipment);
}
