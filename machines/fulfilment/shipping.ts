import { change, changeLines, type Draft } from '../deciding/draft';
import type { CountedUnits, EventOf, Tracking, Units } from '../events';
import { permits, reachable } from '../pipeline';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, eachLine, passed, type LineState, type OrderContext } from '../state';
import type { Shop } from '../table';
import { moveLines, statusOfUnits } from './lines';
import { moveStock } from './stock';
import { countUnits, resolveUnits, type Reach, type ResolvedUnits } from './units';

/** How many more units of a line may pass a shipping event type, by the shop's rules between types. */
export function reachOf(shop: Shop, context: OrderContext, type: string): (index: number) => Reach {
  const rule = shop.shippingEvents[type];
  const lines = eachLine(context);
  return (index) => {
    const line = lines[index];
    if (!rule || !line) return { units: 0, why: `${type} is no shipping event of this shop` };
    const { quantity, kind } = line.agreed;
    if (rule.kinds && !rule.kinds.includes(kind)) {
      return { units: 0, why: `${type} is for ${listed(rule.kinds)} lines` };
    }
    const done = passed(line.state, type);
    const { dispatched, cancelled, returned } = countUnits(shop, line.state);
    const limits = [quantity - done];
    if (rule.means === 'dispatched' || rule.means === 'cancelled') {
      limits.push(quantity - dispatched - cancelled);
    }
    if (rule.means === 'returned') limits.push(dispatched - returned);
    for (const other of rule.after ?? []) limits.push(passed(line.state, other) - done);
    for (const other of rule.before ?? []) {
      limits.push(quantity - done - passed(line.state, other));
    }
    const why = `${quantity} ordered, ${dispatched} dispatched, ${returned} returned, ${cancelled} cancelled`;
    return { units: Math.min(...limits), why };
  };
}

function record(line: LineState, type: string, quantity: number): LineState {
  return { ...line, passed: { ...line.passed, [type]: passed(line, type) + quantity } };
}

/** Lines whose own pipeline does not lead where the event takes them. */
export function statusFaults(
  shop: Shop,
  context: OrderContext,
  type: string,
  units: readonly CountedUnits[],
): Fault[] {
  const quantities = new Map(units.map(({ id, quantity }) => [id, quantity]));
  return eachLine(context).flatMap(({ agreed: { id, quantity }, state }) => {
    const passing = quantities.get(id);
    if (passing === undefined) return [];
    const pipeline = shop.lines.statuses;
    const { status } = state;
    const now = statusOfUnits(shop, record(state, type, passing), quantity);
    const wanted = now ?? shop.shippingEvents[type]?.lineStatus;
    if (!wanted || wanted === status) return [];
    // A part of a line leaves its status alone, but must not lead where the pipeline never gets to.
    if (now ? permits(pipeline, status, now) : reachable(pipeline, status).has(wanted)) return [];
    const position = units.findIndex((candidate) => candidate.id === id);
    const detail = `Line ${id} is ${status} and cannot become ${wanted}, which ${type} needs.`;
    return [{ pointer: `/lines/${position}/id`, detail }];
  });
}

function stockFaults(context: OrderContext, units: readonly CountedUnits[]): Fault[] {
  const quantities = new Map(units.map(({ id, quantity }) => [id, quantity]));
  return eachLine(context).flatMap(({ agreed: { id, trackStock }, state }) => {
    const wanted = quantities.get(id) ?? 0;
    if (!trackStock || wanted <= state.allocated) return [];
    const position = units.findIndex((candidate) => candidate.id === id);
    const detail = `Line ${id}: ${wanted} to consume, ${state.allocated} allocated to it.`;
    return [{ pointer: `/lines/${position}/quantity`, detail }];
  });
}

/** The units a shipping event asks for, with every fault among them. */
export function unitsOf(
  shop: Shop,
  context: OrderContext,
  type: string,
  lines: readonly Units[] | undefined,
): ResolvedUnits {
  return resolveUnits(context, lines, reachOf(shop, context, type));
}

/** Why the shipping event may not be recorded now; all or nothing, naming every offending line. */
export function objectToShippingEvent(
  shop: Shop,
  context: OrderContext,
  status: string,
  { event: type, lines }: Pick<EventOf<'record-shipping-event'>, 'event' | 'lines'>,
): Objection | undefined {
  const number = agreed(context).number;
  const types = Object.keys(shop.shippingEvents);
  if (!Object.hasOwn(shop.shippingEvents, type)) {
    return {
      code: 'invalid-shipping-event',
      detail: `Order ${number}: ${type} is no shipping event of this shop.`,
      figures: { order: number, event: type },
      allowed: types,
      errors: [{ pointer: '/event', detail: `Choose one of ${listed(types)}.` }],
    };
  }
  const during = shop.shippingEvents[type]?.during ?? [];
  const figures = { order: number, status, event: type, during };
  if (!during.includes(status)) {
    return {
      code: 'invalid-shipping-event',
      detail: `Order ${number} is ${status}; ${type} is recorded while it is ${listed(during)}.`,
      figures,
      allowed: types.filter((other) => shop.shippingEvents[other]?.during.includes(status)),
    };
  }
  const { units, faults } = unitsOf(shop, context, type, lines);
  const consumes = shop.shippingEvents[type]?.stock === 'consume';
  const errors = faults.length > 0 ? faults : statusFaults(shop, context, type, units);
  const shortages = consumes && errors.length === 0 ? stockFaults(context, units) : [];
  if (errors.length + shortages.length === 0) return undefined;
  const all = [...errors, ...shortages];
  return {
    code: shortages.length > 0 ? 'invalid-stock-adjustment' : 'invalid-shipping-event',
    detail: `Order ${number}: ${all.map(({ detail }) => detail).join(' ')}`,
    figures,
    errors: all,
  };
}

export interface ShippingDetails {
  readonly reference?: string;
  readonly tracking?: Tracking;
}

/** Records that units passed a type: quantities, stock, line statuses and the shipment itself. */
export function recordUnits(
  draft: Draft,
  type: string,
  units: readonly CountedUnits[],
  details: ShippingDetails = {},
): string {
  const id = `${draft.context.shipments.length + 1}`;
  const { reference, tracking } = details;
  const shipment = { id, event: type, at: draft.event.at, lines: units, reference, tracking };
  const quantities = new Map(units.map((unit) => [unit.id, unit.quantity]));
  const changed = new Map<number, LineState>();
  const moves = new Map<number, string>();
  eachLine(draft.context).forEach(({ agreed: line, state }, index) => {
    const quantity = quantities.get(line.id);
    if (quantity === undefined) return;
    const after = record(state, type, quantity);
    changed.set(index, after);
    const status = statusOfUnits(draft.shop, after, line.quantity);
    if (status && permits(draft.shop.lines.statuses, state.status, status)) {
      moves.set(index, status);
    }
  });
  change(draft, { shipments: [...draft.context.shipments, shipment] });
  changeLines(draft, changed);
  draft.facts.push({ type: 'shipping-event', id, event: type, lines: units, reference, tracking });
  const stock = draft.shop.shippingEvents[type]?.stock;
  if (stock) moveStock(draft, stock, units);
  moveLines(draft, moves);
  return id;
}
