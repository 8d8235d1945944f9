import { reservationEndsAt } from '../fulfilment/reservation';
import { countUnits } from '../fulfilment/units';
import { isUnpaid } from '../payment/balance';
import { dueExpiries } from '../authorisations/expiring';
import { dueRenewals } from '../authorisations/renewing';
import { nextStatuses } from '../pipeline';
import { dueReturns } from '../returns/due';
import { reservedStatuses, type OrderContext, type OrderState } from '../state';
import { milliseconds, type Shop } from '../table';
import { stuckAt } from '../tasks/stuck';
import { dueWaiting, waitingOfDeadline } from '../undoing/waiting';

/** A moment the order waits for: its name in a `deadline` event, and when, ISO 8601. */
export interface Due {
  readonly name: string;
  readonly at: string;
}

export const UNPAID = 'unpaid';
export const ASK = 'ask';
export const HOLD_ENDS = 'hold';
export const STUCK = 'stuck';
export const RESERVATION = 'reservation';

/**
 * When an order that nobody pays is given up: so long after it entered its status, or after the last
 * authorisation was lost. A hold that blocks status changes stops this clock, and it begins anew when
 * the hold ends, so that people have time.
 */
function unpaidAt(shop: Shop, status: string, context: OrderContext): string | undefined {
  const expiry = shop.orders.statuses[status]?.whenUnpaid;
  if (!expiry || !isUnpaid(context)) return undefined;
  // What has left is not given up: people ask for the money.
  if (context.lines.some((line) => countUnits(shop, line).dispatched > 0)) return undefined;
  const isStopped = shop.holdBlocks.includes('set-status');
  if (context.hold && isStopped) return undefined;
  const released = isStopped ? context.releasedAt : '';
  const since = [
    context.statusSince,
    released,
    ...context.payments.map(({ givenUpAt }) => givenUpAt ?? ''),
  ];
  const last = Math.max(...since.filter((at) => at !== '').map((at) => Date.parse(at)));
  return new Date(last + milliseconds(expiry.after)).toISOString();
}

/** The event that led to a deadline: whoever asked for the money that is asked about, or for what waited. */
export function causeOf({ movements }: OrderContext, name: string): string | undefined {
  return name === ASK ? movements[0]?.cause : waitingOfDeadline(name);
}

/** Everything the order waits for, soonest first; while it is being placed, only its gateways. */
export function dueOf(shop: Shop, status: string, context: OrderContext): Due[] {
  const due: Due[] = [];
  const asked = context.movements[0]?.askAt;
  if (asked) due.push({ name: ASK, at: asked });
  if (reservedStatuses.includes(status)) return due;
  const unpaid = unpaidAt(shop, status, context);
  if (unpaid) due.push({ name: UNPAID, at: unpaid });
  const reserved = reservationEndsAt(shop, context);
  if (reserved) due.push({ name: RESERVATION, at: reserved });
  const stuck = stuckAt(shop, status, context);
  if (stuck) due.push({ name: STUCK, at: stuck });
  if (context.hold?.until) due.push({ name: HOLD_ENDS, at: context.hold.until });
  due.push(...dueReturns(shop, context), ...dueRenewals(shop, context));
  due.push(...dueExpiries(context), ...dueWaiting(context));
  return due.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** True when nothing is due any more: the order waits for nobody, and its process may end. */
export function isAtRest(shop: Shop, { value, context }: OrderState): boolean {
  if (context.movements.length > 0) return false;
  if (reservedStatuses.includes(value.status)) return true;
  const ended = nextStatuses(shop.orders.statuses, value.status).length === 0;
  return ended && dueOf(shop, value.status, context).length === 0;
}
