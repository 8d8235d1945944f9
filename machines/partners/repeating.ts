import type { CountedUnits, EventOf, OrderEvent, Units } from '../events';
import { unitsOf } from '../fulfilment/shipping';
import { countUnits, typesMeaning } from '../fulfilment/units';
import type { Fault, Objection } from '../refusals';
import { agreed, type OrderContext } from '../state';
import type { Shop } from '../table';
import { isAnswer, isOldAnswer } from './answering';
import { isStep } from './due';
import { isKept, isLineOf, ofLine, openUnits, unitsWith, wasHandedOver } from './lines';
import { isNoStep } from './rerouting';

type Said = EventOf<'record-shipping-event'> | EventOf<'cancel'>;

function isSaid(event: OrderEvent): event is Said {
  return event.type === 'record-shipping-event' || event.type === 'cancel';
}

function isSame(lines: readonly CountedUnits[], again: readonly Units[] | undefined): boolean {
  return (
    again?.length === lines.length &&
    lines.every(({ id, quantity }) =>
      again.some((each) => each.id === id && each.quantity === quantity),
    )
  );
}

/** A parcel that is told again, by a feed beside a callback say: of one reference, with the same units. */
function isSameParcel(
  { shipments }: OrderContext,
  { event: type, reference, lines }: EventOf<'record-shipping-event'>,
): boolean {
  if (reference === undefined) return false;
  return shipments.some(
    (each) => each.event === type && each.reference === reference && isSame(each.lines, lines),
  );
}

/** Units that a partner will not send, of which it has none in hand because they were cancelled or taken from it. */
function isKnownCancel(
  shop: Shop,
  context: OrderContext,
  { lines = [], actor: { name } }: EventOf<'cancel'>,
): boolean {
  const isOver = ({ id, quantity = 1 }: Units): boolean => {
    const line = context.lines.find((each) => each.id === id);
    const isWith = wasHandedOver(context, id)
      ? unitsWith(context, id, name) > 0
      : openUnits(shop, context, id) > 0;
    if (!line || isWith) return false;
    const taken = context.handOvers.some(
      (each) => each.partner === name && !isKept(each) && ofLine(each, id) !== undefined,
    );
    const { cancelled } = countUnits(shop, line);
    return taken || (isLineOf(context, id, name) && cancelled >= quantity);
  };
  return lines.length > 0 && lines.every(isOver);
}

/** True for what a partner, or the clock that watches it, has said before or says too late to matter. */
export function isRepeated(shop: Shop, context: OrderContext, event: OrderEvent): boolean {
  if (isAnswer(event)) return isOldAnswer(context, event);
  if (isStep(event)) return isNoStep(context, event);
  if (event.actor.role !== 'partner' || !isSaid(event)) return false;
  return event.type === 'cancel'
    ? isKnownCancel(shop, context, event)
    : isSameParcel(context, event);
}

/** Units that the partner has not in hand, although the line is its own. */
function tooMany(
  shop: Shop,
  context: OrderContext,
  type: string,
  { lines, actor: { name } }: Said,
): Fault[] {
  const { means } = shop.shippingEvents[type] ?? {};
  if (means !== 'dispatched' && means !== 'cancelled') return [];
  const { units, faults } = unitsOf(shop, context, type, lines);
  if (faults.length > 0) return [];
  return units.flatMap(({ id, quantity }, position) => {
    const held = unitsWith(context, id, name);
    if (!wasHandedOver(context, id) || quantity <= held) return [];
    const detail = `Line ${id}: ${quantity} asked, ${held} ${held === 1 ? 'is' : 'are'} with ${name}.`;
    return [{ pointer: `/lines/${position}/quantity`, detail }];
  });
}

/** A line of somebody else is to a partner a line that is not there. */
export function objectToForeign(
  shop: Shop,
  context: OrderContext,
  event: OrderEvent,
): Objection | undefined {
  const { role, name } = event.actor;
  if (role !== 'partner' || !isSaid(event)) return undefined;
  const { number } = agreed(context);
  if (!event.lines) {
    const detail = 'Name the lines; a partner has to.';
    return { code: 'validation', detail, errors: [{ pointer: '/lines', detail }] };
  }
  const foreign = event.lines.flatMap(({ id }, position) => {
    if (isLineOf(context, id, name)) return [];
    const detail = `${id} is not a line of order ${number}.`;
    return [{ pointer: `/lines/${position}/id`, detail }];
  });
  const [cancels = ''] = typesMeaning(shop, 'cancelled');
  const type = event.type === 'cancel' ? cancels : event.event;
  const errors = foreign.length > 0 ? foreign : tooMany(shop, context, type, event);
  if (errors.length === 0) return undefined;
  const detail = `Order ${number}: ${errors.map((each) => each.detail).join(' ')}`;
  return { code: 'invalid-shipping-event', detail, figures: { order: number }, errors };
}
