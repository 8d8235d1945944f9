import type { Draft } from '../deciding/draft';
import type { CountedUnits, EventOf, Units } from '../events';
import { nextStatuses, reachable } from '../pipeline';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, type OrderContext } from '../state';
import type { Shop } from '../table';
import { mayPassLater, reachOf } from './reach';
import { objectToShippingEvent, recordUnits, statusFaults } from './shipping';
import { countUnits, typesMeaning } from './units';

function dispatchedFaults(shop: Shop, context: OrderContext): Fault[] {
  return context.lines.flatMap((line, index) => {
    const { dispatched } = countUnits(shop, line);
    if (dispatched === 0) return [];
    const detail = `${dispatched} of line ${line.id} have been dispatched: they are returned, not cancelled.`;
    return [{ pointer: `/lines/${index}`, detail }];
  });
}

/** Whether these units may be cancelled once the order has gone on. */
function isCancelledLater(
  shop: Shop,
  context: OrderContext,
  status: string,
  { type, lines = [] }: { readonly type: string; readonly lines?: readonly Units[] },
): boolean {
  const ahead = [...reachable(shop.orders.statuses, status)].filter((other) => other !== status);
  const comes = ahead.some((other) => shop.orders.statuses[other]?.whenCancelled !== undefined);
  return comes && mayPassLater(shop, context, type, lines);
}

/** Why the order, or these units of it, cannot be cancelled now. */
export function objectToCancel(
  shop: Shop,
  context: OrderContext,
  status: string,
  { lines }: EventOf<'cancel'>,
): Objection | undefined {
  const order = agreed(context).number;
  const [type] = typesMeaning(shop, 'cancelled');
  const allowed = nextStatuses(shop.orders.statuses, status);
  const figures = { order, present: status };
  if (type === undefined || !shop.orders.statuses[status]?.whenCancelled) {
    const detail = `Order ${order} is ${status} and cannot be cancelled; ${listed(allowed)} may follow.`;
    const later = type !== undefined && isCancelledLater(shop, context, status, { type, lines });
    return {
      code: 'invalid-order-status',
      detail,
      figures: { ...figures, ...(later && { later }) },
      allowed,
    };
  }
  if (lines) return objectToShippingEvent(shop, context, status, { event: type, lines });
  const errors = dispatchedFaults(shop, context);
  if (errors.length === 0) return objectToShippingEvent(shop, context, status, { event: type });
  const whole = errors.map(({ detail }) => detail).join(' ');
  const detail = `Order ${order} cannot be cancelled whole: ${whole} Name the lines that are left.`;
  return { code: 'invalid-shipping-event', detail, figures, errors };
}

/** Every unit that is neither dispatched nor cancelled. */
function openUnits(shop: Shop, context: OrderContext, type: string): CountedUnits[] {
  const reach = reachOf(shop, context, type);
  return agreed(context)
    .lines.map(({ id }, index) => ({ id, quantity: reach(index).units }))
    .filter(({ quantity }) => quantity > 0);
}

/** Why not every unit can be cancelled; none where all can. */
export function openFaults(shop: Shop, context: OrderContext): Fault[] {
  const [type] = typesMeaning(shop, 'cancelled');
  if (type === undefined) return [];
  const dispatched = dispatchedFaults(shop, context);
  if (dispatched.length > 0) return dispatched;
  return statusFaults(shop, context, type, openUnits(shop, context, type));
}

/** Cancels every unit that is neither dispatched nor cancelled. */
export function cancelOpenUnits(draft: Draft): void {
  const { shop, context } = draft;
  const [type] = typesMeaning(shop, 'cancelled');
  if (type === undefined) return;
  const units = openUnits(shop, context, type);
  if (units.length > 0) recordUnits(draft, type, units);
}
