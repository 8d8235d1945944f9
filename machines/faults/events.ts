import { typesMeaning } from '../fulfilment/units';
import { listed } from '../refusals';
import type { LineKind, Obligation, Shop } from '../table';

const lineKinds: readonly LineKind[] = ['physical', 'digital'];

const movesMoneyBack = (obligation: Obligation) => obligation === 'refund';

export function eventFaults({ orders, lines, shippingEvents, paymentEvents }: Shop): string[] {
  const types = Object.keys(shippingEvents);
  const both = types.filter((type) => Object.hasOwn(paymentEvents, type));
  const faults = both.map((type) => `${type} is both a shipping and a payment event.`);
  for (const [type, rule] of Object.entries(shippingEvents)) {
    const unknown = [
      ...rule.during.filter((status) => !Object.hasOwn(orders.statuses, status)),
      ...[...(rule.after ?? []), ...(rule.before ?? [])].filter((other) => !types.includes(other)),
      ...(rule.lineStatus !== undefined && !Object.hasOwn(lines.statuses, rule.lineStatus)
        ? [rule.lineStatus]
        : []),
    ];
    faults.push(...unknown.map((name) => `The event ${type} names ${name}, which is not defined.`));
    if (rule.during.length === 0) faults.push(`The event ${type} can never be recorded.`);
    if (rule.after?.includes(type) || rule.before?.includes(type)) {
      faults.push(`The event ${type} is ordered against itself.`);
    }
    if (rule.stock === 'consume' && rule.means !== 'dispatched') {
      faults.push(`The event ${type} consumes stock but does not mean that units were dispatched.`);
    }
  }
  const released = types.some(
    (type) =>
      shippingEvents[type]?.means === 'cancelled' && shippingEvents[type].stock === 'release',
  );
  if (!released) faults.push('No event releases the stock of cancelled units.');
  return faults;
}

/** Money that can be taken must be able to go back. */
export function paymentFaults({ paymentEvents }: Shop): string[] {
  const faults: string[] = [];
  const kinds = Object.values(paymentEvents).map(({ means }) => means);
  for (const kind of new Set(kinds)) {
    const types = Object.keys(paymentEvents).filter((type) => paymentEvents[type]?.means === kind);
    if (types.length > 1)
      faults.push(`The payment events ${listed(types)} mean the same: ${kind}.`);
  }
  if (kinds.includes('capture') && !kinds.includes('refund')) {
    faults.push('Money can be captured but never given back: no payment event means refund.');
  }
  if (kinds.includes('authorise') && !kinds.includes('void')) {
    faults.push('Money can be authorised but never given up: no payment event means void.');
  }
  return faults;
}

/** Cancelled units go with their money. */
export function cancelFaults(shop: Shop): string[] {
  const { orders, shippingEvents } = shop;
  const faults: string[] = [];
  const cancels = Object.values(shippingEvents).some(({ means }) => means === 'cancelled');
  for (const [status, { enter = [] }] of Object.entries(orders.statuses)) {
    if (!enter.includes('cancel-units')) continue;
    if (!cancels) faults.push(`${status} cancels units, but no shipping event means cancelled.`);
    if (enter.some(movesMoneyBack)) continue;
    faults.push(`${status} cancels units but never gives their money back (refund).`);
  }
  for (const [type, { means, obliges }] of Object.entries(shippingEvents)) {
    if (means !== 'cancelled' || obliges?.some(movesMoneyBack)) continue;
    faults.push(`The event ${type} cancels units but never gives their money back (refund).`);
  }
  // The first is what cancelling records; another for the other kinds would never be.
  const [type] = typesMeaning(shop, 'cancelled');
  const { kinds = lineKinds } = (type && shippingEvents[type]) || {};
  if (!lineKinds.every((kind) => kinds.includes(kind))) {
    faults.push(
      `Cancelling records the event ${type}, which is for ${listed(kinds)} lines only: it must be for all kinds.`,
    );
  }
  return faults;
}
