import type { Draft } from '../deciding/draft';
import type { EventOf } from '../events';
import { nextStatuses } from '../pipeline';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, eachLine, type OrderContext } from '../state';
import type { Shop } from '../table';
import { objectToShippingEvent, reachOf, recordUnits } from './shipping';
import { countUnits, typesMeaning } from './units';

function dispatchedFaults(shop: Shop, context: OrderContext): Fault[] {
  return context.lines.flatMap((line, index) => {
    const { dispatched } = countUnits(shop, line);
    if (dispatched === 0) return [];
    const detail = `${dispatched} of line ${line.id} have been dispatched: they are returned, not cancelled.`;
    return [{ pointer: `/lines/${index}`, detail }];
  });
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
    return { code: 'invalid-order-status', detail, figures, allowed };
  }
  if (lines) return objectToShippingEvent(shop, context, status, { event: type, lines });
  const errors = dispatchedFaults(shop, context);
  if (errors.length === 0) return objectToShippingEvent(shop, context, status, { event: type });
  const whole = errors.map(({ detail }) => detail).join(' ');
  const detail = `Order ${order} cannot be cancelled whole: ${whole} Name the lines that are left.`;
  return { code: 'invalid-shipping-event', detail, figures, errors };
}

/** Cancels every unit that is neither dispatched nor cancelled. */
export function cancelOpenUnits(draft: Draft): void {
  const [type] = typesMeaning(draft.shop, 'cancelled');
  if (type === undefined) return;
  const reach = reachOf(draft.shop, draft.context, type);
  const units = eachLine(draft.context)
    .map(({ agreed: { id } }, index) => ({ id, quantity: reach(index).units }))
    .filter(({ quantity }) => quantity > 0);
  if (units.length > 0) recordUnits(draft, type, units);
}
