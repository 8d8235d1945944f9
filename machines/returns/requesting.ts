import { change, type Draft } from '../deciding/draft';
import { tellOf } from './messages';
import type { EventOf } from '../events';
import { reachOf } from '../fulfilment/reach';
import { statusFaults } from '../fulfilment/shipping';
import { resolveUnits, typesMeaning, type Reach } from '../fulfilment/units';
import { sum } from '../money';
import { listed, type Objection } from '../refusals';
import { agreed, type OrderContext } from '../state';
import { milliseconds, type Shop } from '../table';
import { objectToReturn } from './finding';

type Request = EventOf<'request-return'>;

/** The shipping event that receiving a return records; undefined for a shop that takes nothing back. */
export function returnType(shop: Shop): string | undefined {
  return typesMeaning(shop, 'returned')[0];
}

/** Why the shop takes nothing back in this status; undefined where it does. */
export function objectToStatus(
  shop: Shop,
  context: OrderContext,
  status: string,
): Objection | undefined {
  const type = returnType(shop);
  if (type === undefined) {
    const detail = 'this shop takes nothing back: no shipping event of it means returned.';
    return objectToReturn(context, detail);
  }
  const during = shop.shippingEvents[type]?.during ?? [];
  if (during.includes(status)) return undefined;
  const detail = `it is ${status}; ${type} is recorded while it is ${listed(during)}.`;
  return objectToReturn(context, detail, { figures: { status, during } });
}

/** Units of a line that left at or after a moment (ms since 1970). */
function dispatchedSince(shop: Shop, context: OrderContext, id: string, moment: number): number {
  const types = typesMeaning(shop, 'dispatched');
  const lines = context.shipments
    .filter(({ event, at }) => types.includes(event) && Date.parse(at) >= moment)
    .flatMap((shipment) => shipment.lines);
  return sum(lines.filter((line) => line.id === id).map(({ quantity }) => quantity));
}

/** How many units of a line may be asked for: those that left, came not back, and left not too long ago. */
function returnable(shop: Shop, context: OrderContext, { at, late }: Pick<Request, 'at' | 'late'>) {
  const reach = reachOf(shop, context, returnType(shop) ?? '');
  const within = shop.returns?.within;
  if (!within || late) return reach;
  const first = Date.parse(at) - milliseconds(within);
  const placed = agreed(context).lines;
  return (index: number): Reach => {
    const { units, why } = reach(index);
    const fresh = dispatchedSince(shop, context, placed[index]?.id ?? '', first);
    if (fresh >= units) return { units, why };
    const since = new Date(first).toISOString();
    const sentence = `${fresh} left since ${since}, and a return is asked for within ${wait(within)} of that`;
    return { units: fresh, why: () => sentence };
  };
}

function wait(duration: object): string {
  return listed(Object.entries(duration).map(([unit, count]) => `${String(count)} ${unit}`));
}

function unitsOf(shop: Shop, context: OrderContext, event: Request) {
  return resolveUnits(context, event.lines, returnable(shop, context, event));
}

/** Why these units cannot be asked back; all or nothing, naming every offending line. */
export function objectToRequest(
  shop: Shop,
  status: string,
  context: OrderContext,
  event: Request,
): Objection | undefined {
  const objection = objectToStatus(shop, context, status);
  if (objection) return objection;
  if (event.late && event.actor.role === 'storefront') {
    const detail = 'the shop itself takes units back after its time for it, not its storefront.';
    return objectToReturn(context, detail, { errors: [{ pointer: '/late', detail }] });
  }
  const { units, faults } = unitsOf(shop, context, event);
  const type = returnType(shop) ?? '';
  const errors = faults.length > 0 ? faults : statusFaults(shop, context, type, units);
  if (errors.length === 0) return undefined;
  const detail = errors.map((fault) => fault.detail).join(' ');
  return objectToReturn(context, detail, { errors });
}

export function requestReturn(draft: Draft, event: Request): void {
  const { shop, context } = draft;
  const { units } = unitsOf(shop, context, event);
  const { reason, at } = event;
  const id = `r${context.returns.length + 1}`;
  const none = { good: 0, damaged: 0, restocked: 0, givenUp: 0 };
  const lines = units.map((line) => ({ ...line, ...none }));
  const asked = { id, status: 'requested', reason, requestedAt: at, lines, refunds: [] } as const;
  change(draft, { returns: [...context.returns, asked] });
  draft.facts.push({ type: 'return-requested', return: id, lines: units, reason });
  tellOf(draft, 'requested', id);
}
