import { saysUnits } from './units';
import { alert, change, type Draft } from '../deciding/draft';
import type { CountedUnits, EventOf } from '../events';
import { capturable, isOwing, isUnpaid } from '../payment/balance';
import { eachLine, type OrderContext, type OrderState } from '../state';
import { milliseconds, type Shop } from '../table';
import { moveHeldStock, receive, reserve, unheld } from './stock';

/** Units whose stock was given back, or was never there: they hold nothing and wait for nothing. */
function bareUnits(shop: Shop, context: OrderContext): CountedUnits[] {
  return eachLine(context)
    .filter(({ agreed: { trackStock } }) => trackStock)
    .map(({ agreed: { id, quantity }, state }) => {
      return { id, quantity: unheld(shop, state, quantity) };
    })
    .filter(({ quantity }) => quantity > 0);
}

/** True while every unit that may still leave is held or waits for goods. */
export function isReserved(shop: Shop, context: OrderContext): boolean {
  return bareUnits(shop, context).length === 0;
}

/**
 * When an order that nobody has authorised or paid gives its stock back: so long after it took it, or after
 * the last authorisation was lost. A hold that blocks status changes stops this clock, too.
 */
export function reservationEndsAt(shop: Shop, context: OrderContext): string | undefined {
  const reservedFor = shop.stock?.reservedFor;
  if (!reservedFor || !isUnpaid(context) || !isOwing(shop, context)) return undefined;
  if (context.hold && shop.holdBlocks.includes('set-status')) return undefined;
  if (context.lines.every(({ allocated, backordered }) => allocated + backordered === 0)) {
    return undefined;
  }
  const { since } = context.reservation;
  const lost = context.payments.flatMap(({ givenUpAt }) => givenUpAt ?? []);
  const last = Math.max(...[since || context.statusSince, ...lost].map((at) => Date.parse(at)));
  return new Date(last + milliseconds(reservedFor)).toISOString();
}

/** Nobody has paid for so long: the stock goes to whoever comes first. The order stays open. */
export function lapse(draft: Draft): void {
  moveHeldStock(draft, 'expire');
  const reservation = { since: '', queuedBy: '', lapsedAt: draft.event.at };
  change(draft, { reservation });
}

/** Money is there at last: the order takes stock again, as far as there is any. */
export function reserveAgain(draft: Draft): void {
  const { shop, context } = draft;
  if (context.reservation.lapsedAt === '') return;
  if (context.payments.every((each) => capturable(each) <= 0 && each.captured === 0)) return;
  const missing = reserve(draft, bareUnits(shop, context), 'leave');
  if (missing.length === 0) return;
  const text = `The stock was given back before the order was paid, and now there is none for ${saysUnits(missing)}.`;
  alert(draft, 'stock-short', text);
}

type Arrival = EventOf<'stock.allocated'>;

/** True unless goods came in for units that still wait; what was told before, or given up since, is no news. */
export function isNoArrival({ context }: OrderState, { queuedBy, lines }: Arrival): boolean {
  if (context.reservation.queuedBy !== queuedBy) return true;
  return !context.lines.some(
    ({ id, backordered }) => backordered > 0 && lines.some((line) => line.id === id),
  );
}

export function recordArrival(draft: Draft, { lines }: Arrival): void {
  const known = new Set(draft.context.lines.map(({ id }) => id));
  receive(
    draft,
    lines.filter(({ id }) => known.has(id)),
  );
}
