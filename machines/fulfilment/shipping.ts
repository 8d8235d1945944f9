import { change, changeLines, type Draft } from '../deciding/draft';
import type { CountedUnits, EventOf, Tracking, Units } from '../events';
import type { Fact } from '../facts';
import { permits, reachable } from '../pipeline';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, passed, type LineState, type OrderContext } from '../state';
import type { LineKind, Shop } from '../table';
import { statusAfter } from './lines';
import { movable, withStock, type StockUnits } from './stock';
import { countUnits, resolveUnits, unitsAmong, type Reach, type ResolvedUnits } from './units';

/** How many more units of a line may pass a shipping event type, by the shop's rules between types. */
export function reachOf(shop: Shop, context: OrderContext, type: string): (index: number) => Reach {
  const rule = shop.shippingEvents[type];
  const placed = agreed(context).lines;
  const isForKind = (index: number) =>
    rule?.kinds === undefined || rule.kinds.includes(placed[index]?.kind as LineKind);
  const why = (index: number) => {
    if (!rule) return `${type} is no shipping event of this shop`;
    if (!isForKind(index)) return `${type} is for ${listed(rule.kinds ?? [])} lines`;
    const { dispatched, cancelled, returned } = countUnits(shop, context.lines[index] as LineState);
    const ordered = placed[index]?.quantity ?? 0;
    return `${ordered} ordered, ${dispatched} dispatched, ${returned} returned, ${cancelled} cancelled`;
  };
  return (index) => {
    const line = context.lines[index];
    const quantity = placed[index]?.quantity;
    if (!rule || !line || quantity === undefined || !isForKind(index)) return { units: 0, why };
    const done = passed(line, type);
    const { dispatched, cancelled, returned } = countUnits(shop, line);
    let units = quantity - done;
    if (rule.means === 'dispatched' || rule.means === 'cancelled') {
      units = Math.min(units, quantity - dispatched - cancelled);
    }
    if (rule.means === 'returned') units = Math.min(units, dispatched - returned);
    let limit: string | undefined;
    const atMost = (room: number, sentence: string) => {
      if (room >= units) return;
      units = room;
      limit = sentence;
    };
    const passing = (count: number, other: string) =>
      `${count} ${count === 1 ? 'has' : 'have'} passed ${other}`;
    for (const other of rule.after ?? []) {
      const count = passed(line, other);
      atMost(
        count - done,
        count === 0 ? `none has passed ${other}` : `only ${passing(count, other)}`,
      );
    }
    for (const other of rule.before ?? []) {
      const count = passed(line, other);
      atMost(quantity - done - count, passing(count, other));
    }
    return { units, why: (at) => limit ?? why(at) };
  };
}

/** Lines whose own pipeline does not lead where the event takes them. */
export function statusFaults(
  shop: Shop,
  context: OrderContext,
  type: string,
  units: readonly CountedUnits[],
): Fault[] {
  const pipeline = shop.lines.statuses;
  const faults: Fault[] = [];
  for (const { line, agreed: placed, quantity, position } of unitsAmong(context, units)) {
    const { id, status } = line;
    const now = statusAfter(shop, line, placed.quantity, type, quantity);
    const wanted = now ?? shop.shippingEvents[type]?.lineStatus;
    if (!wanted || wanted === status) continue;
    // A part of a line leaves its status alone, but must not lead where the pipeline never gets to.
    if (now ? permits(pipeline, status, now) : reachable(pipeline, status).has(wanted)) continue;
    const detail = `Line ${id} is ${status} and cannot become ${wanted}, which ${type} needs.`;
    faults.push({ pointer: `/lines/${position}/id`, detail });
  }
  return faults;
}

function stockFaults(context: OrderContext, units: readonly CountedUnits[]): Fault[] {
  const faults: Fault[] = [];
  for (const { line, agreed: placed, quantity, position } of unitsAmong(context, units)) {
    if (!placed.trackStock || quantity <= line.allocated) continue;
    const detail = `Line ${line.id}: ${quantity} to consume, ${line.allocated} allocated to it.`;
    faults.push({ pointer: `/lines/${position}/quantity`, detail });
  }
  return faults;
}

interface Resolved extends ResolvedUnits {
  readonly shop: Shop;
  readonly type: string;
  readonly lines: readonly Units[] | undefined;
}

const resolved = new WeakMap<OrderContext, Resolved>();

/** The units a shipping event asks for, with every fault among them; asked again, it is not worked out again. */
export function unitsOf(
  shop: Shop,
  context: OrderContext,
  type: string,
  lines: readonly Units[] | undefined,
): ResolvedUnits {
  const known = resolved.get(context);
  if (known?.shop === shop && known.type === type && known.lines === lines) return known;
  const found = resolveUnits(context, lines, reachOf(shop, context, type));
  resolved.set(context, { ...found, shop, type, lines });
  return found;
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
  const stock = draft.shop.shippingEvents[type]?.stock;
  const changed = new Map<number, LineState>();
  const statuses: Fact[] = [];
  const moved: StockUnits[] = [];
  for (const { index, line, agreed: placed, quantity } of unitsAmong(draft.context, units)) {
    const leaving = stock && placed.trackStock ? movable(line, stock, quantity) : 0;
    if (leaving > 0) moved.push({ id: line.id, quantity: leaving, sku: placed.sku });
    const wanted = statusAfter(draft.shop, line, placed.quantity, type, quantity);
    const moves = wanted && permits(draft.shop.lines.statuses, line.status, wanted);
    const status = moves ? wanted : line.status;
    if (moves) statuses.push({ type: 'line-status', line: line.id, from: line.status, to: status });
    changed.set(index, {
      ...(stock && leaving > 0 ? withStock(line, stock, leaving) : line),
      status,
      passed: { ...line.passed, [type]: passed(line, type) + quantity },
    });
  }
  change(draft, { shipments: [...draft.context.shipments, shipment] });
  changeLines(draft, changed);
  draft.facts.push({ type: 'shipping-event', id, event: type, lines: units, reference, tracking });
  if (stock && moved.length > 0) draft.facts.push({ type: 'stock', move: stock, lines: moved });
  draft.facts.push(...statuses);
  return id;
}
