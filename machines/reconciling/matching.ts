import type { Command } from '../events';
import type { MovementKind, Shop } from '../table';
import { unevenOf } from './booked';
import { byPeople, type Repair } from './difference';
import type { BookedMovement, OrderRecords } from './records';

/** When records are read, and how young what is under way may be. */
export interface Moment {
  /** ISO 8601. */
  readonly now: string;
  /** Younger than this, in ms, a movement may not have been written down yet. */
  readonly graceMs: number;
}

/** Money that moved and that the order does not know of is recorded as if it had come from outside. */
export function recordIt(
  shop: Shop,
  kind: MovementKind,
  amount: number,
  reference: string | null | undefined,
): Repair {
  const event = Object.keys(shop.paymentEvents).find(
    (each) => shop.paymentEvents[each]?.means === kind,
  );
  if (event === undefined) return byPeople(`The shop has no payment event for a ${kind}.`);
  const command: Command = {
    type: 'record-payment-event',
    event,
    amount,
    ...(reference && { reference }),
    ...(kind === 'capture' && { overpaid: true }),
  };
  return { by: 'command', says: `Record it on the order as ${event}.`, command };
}

/** Rows in which a movement may be written down: under its key, else without one under its reference. */
export function rowOf(
  rows: readonly BookedMovement[],
  movement: { readonly key?: string; readonly kind: MovementKind; readonly amount: number },
  references: readonly (string | null | undefined)[],
): BookedMovement | undefined {
  const byKey =
    movement.key === undefined ? undefined : rows.find(({ key }) => key === movement.key);
  if (byKey) return byKey;
  return rows.find(
    ({ key, kind, amount, reference }) =>
      key === null &&
      kind === movement.kind &&
      amount === movement.amount &&
      reference !== null &&
      references.includes(reference),
  );
}

/** What of an order is under way, or reported already as uneven. */
export function leftOut(records: OrderRecords, { now, graceMs }: Moment) {
  const flying = new Set(records.state.context.movements.map(({ key }) => key));
  const uneven = new Set(unevenOf(records).map(({ payment, kind }) => `${payment} ${kind}`));
  return {
    isFlying: (key: string | null | undefined) =>
      key !== null && key !== undefined && flying.has(key),
    isYoung: (at: string | null) => at !== null && Date.parse(now) - Date.parse(at) < graceMs,
    isUneven: (payment: string | undefined, kind: MovementKind) => uneven.has(`${payment} ${kind}`),
  };
}
