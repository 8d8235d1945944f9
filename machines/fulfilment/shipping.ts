import { change, changeLines, type Draft } from '../deciding/draft';
import type { CountedUnits, EventOf, Tracking, Units } from '../events';
import type { Fact } from '../facts';
import { followUnits } from '../partners/moving';
import { movesTo, permits, reachable } from '../pipeline';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, passed, type LineState, type OrderContext, type Override } from '../state';
import type { Shop } from '../table';
import { statusAfter } from './lines';
import { mayPassLater, reachOf } from './reach';
import { trimRequests, unitsWithProvider } from './requests';
import { factsOfStock, givenBack, leaving, unheld, withStock, type Moves } from './stock';
import { resolveUnits, unitsAmong, type Reach, type ResolvedUnits } from './units';

/** Lines whose own pipeline does not lead where the event takes them; `free`: in however many moves. */
export function statusFaults(
  shop: Shop,
  context: OrderContext,
  type: string,
  units: readonly CountedUnits[],
  free = false,
): Fault[] {
  const pipeline = shop.lines.statuses;
  const faults: Fault[] = [];
  for (const { line, agreed: placed, quantity, position } of unitsAmong(context, units)) {
    const { id, status } = line;
    const now = statusAfter(shop, line, placed.quantity, type, quantity);
    const wanted = now ?? shop.shippingEvents[type]?.lineStatus;
    if (!wanted || wanted === status) continue;
    // A part of a line leaves its status alone, but must not lead where the pipeline never gets to; what
    // the last open units leave behind may have come further than its status says.
    const strict = now !== undefined && !free && now === shop.shippingEvents[type]?.lineStatus;
    if (strict ? permits(pipeline, status, wanted) : reachable(pipeline, status).has(wanted))
      continue;
    const detail = `Line ${id} is ${status} and cannot become ${wanted}, which ${type} needs.`;
    faults.push({ pointer: `/lines/${position}/id`, detail });
  }
  return faults;
}

/** Units whose stock the order gave back may leave as well: the shelf is asked for them then. */
function stockFaults(shop: Shop, context: OrderContext, units: readonly CountedUnits[]): Fault[] {
  const faults: Fault[] = [];
  for (const { line, agreed: placed, quantity, position } of unitsAmong(context, units)) {
    if (!placed.trackStock) continue;
    if (quantity <= line.allocated + unheld(shop, line, placed.quantity)) continue;
    const detail = `Line ${line.id}: ${quantity} to consume, ${line.allocated} allocated to it.`;
    faults.push({ pointer: `/lines/${position}/quantity`, detail });
  }
  return faults;
}

interface Resolved extends ResolvedUnits {
  readonly shop: Shop;
  readonly type: string;
  readonly lines: readonly Units[] | undefined;
  readonly free: boolean;
}

const resolved = new WeakMap<OrderContext, Resolved>();

/** Without lines named, what the digital provider was asked for is left to it. */
function lessProviders(
  shop: Shop,
  context: OrderContext,
  type: string,
  reach: (index: number) => Reach,
): (index: number) => Reach {
  const { means, fulfilledBy } = shop.shippingEvents[type] ?? {};
  if (means !== 'dispatched' || fulfilledBy || context.digital.length === 0) return reach;
  return (index) => {
    const { units, why } = reach(index);
    return { units: units - unitsWithProvider(context, context.lines[index]?.id ?? ''), why };
  };
}

/**
 * The units a shipping event asks for, with every fault among them; `free` of the shop's rules between
 * events. Asked again, it is not worked out again.
 */
export function unitsOf(
  shop: Shop,
  context: OrderContext,
  type: string,
  lines: readonly Units[] | undefined,
  free = false,
): ResolvedUnits {
  const known = resolved.get(context);
  const isSame = known?.shop === shop && known.type === type && known.free === free;
  if (isSame && known.lines === lines) return known;
  const reach = reachOf(shop, context, type, free);
  const left = lines ? reach : lessProviders(shop, context, type, reach);
  const found = resolveUnits(context, lines, left);
  resolved.set(context, { ...found, shop, type, lines, free });
  return found;
}

/** Whether it may be recorded as it is once the order, or its lines, have gone on. */
function mayBeRecordedLater(
  shop: Shop,
  context: OrderContext,
  status: string,
  { event: type, lines = [] }: Asked,
): boolean {
  const ahead = reachable(shop.orders.statuses, status);
  const comes = shop.shippingEvents[type]?.during.some((other) => ahead.has(other)) ?? false;
  return comes && mayPassLater(shop, context, type, lines);
}

type Asked = Pick<EventOf<'record-shipping-event'>, 'event' | 'lines' | 'override'>;

/** Why the shipping event may not be recorded now; all or nothing, naming every offending line. */
export function objectToShippingEvent(
  shop: Shop,
  context: OrderContext,
  status: string,
  { event: type, lines, override }: Asked,
): Objection | undefined {
  const free = override !== undefined;
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
  const figures = () => {
    const later = mayBeRecordedLater(shop, context, status, { event: type, lines });
    return { order: number, status, event: type, during, ...(later && { later }) };
  };
  if (!free && !during.includes(status)) {
    return {
      code: 'invalid-shipping-event',
      detail: `Order ${number} is ${status}; ${type} is recorded while it is ${listed(during)}.`,
      figures: figures(),
      allowed: types.filter((other) => shop.shippingEvents[other]?.during.includes(status)),
    };
  }
  const { units, faults } = unitsOf(shop, context, type, lines, free);
  const consumes = shop.shippingEvents[type]?.stock === 'consume';
  const errors = faults.length > 0 ? faults : statusFaults(shop, context, type, units, free);
  const shortages = consumes && errors.length === 0 ? stockFaults(shop, context, units) : [];
  if (errors.length + shortages.length === 0) return undefined;
  const all = [...errors, ...shortages];
  return {
    code: shortages.length > 0 ? 'invalid-stock-adjustment' : 'invalid-shipping-event',
    detail: `Order ${number}: ${all.map(({ detail }) => detail).join(' ')}`,
    figures: figures(),
    errors: all,
  };
}

/** What becomes of the stock of a line's units that pass a type. */
function stockMoves(
  shop: Shop,
  type: string,
  line: LineState,
  ordered: number,
  units: number,
): Moves {
  const { stock, means } = shop.shippingEvents[type] ?? {};
  if (stock === 'consume') return leaving(line, units);
  if (stock !== 'release') return [];
  return givenBack(line, units, means === 'cancelled' ? unheld(shop, line, ordered) : 0);
}

export interface ShippingDetails {
  readonly reference?: string;
  /** Where the units leave; where they are held, unless said. */
  readonly location?: string;
  readonly tracking?: Tracking;
  readonly override?: Override;
}

/** Where a line goes, said one fact a move; `free`, in several moves, each of its pipeline. */
function moveLine(
  shop: Shop,
  { id, status: present }: LineState,
  wanted: string | undefined,
  free: boolean,
  facts: Fact[],
): string {
  const pipeline = shop.lines.statuses;
  if (wanted === undefined) return present;
  const moves = free ? movesTo(pipeline, present, wanted) : [wanted];
  if (!free && !permits(pipeline, present, wanted)) return present;
  let from = present;
  for (const to of moves) {
    facts.push({ type: 'line-status', line: id, from, to });
    from = to;
  }
  return from;
}

/** Records that units passed a type: quantities, stock, line statuses and the shipment itself. */
export function recordUnits(
  draft: Draft,
  type: string,
  units: readonly CountedUnits[],
  details: ShippingDetails = {},
): string {
  const id = `${draft.context.shipments.length + 1}`;
  const { reference, tracking, location, override } = details;
  const { shop, event } = draft;
  const shipment = {
    ...{ id, event: type, at: event.at, lines: units, reference, tracking },
    ...(override && { override }),
  };
  const changed = new Map<number, LineState>();
  const statuses: Fact[] = [];
  const moved: { id: string; sku: string; moves: Moves }[] = [];
  for (const { index, line, agreed: placed, quantity } of unitsAmong(draft.context, units)) {
    const stock = placed.trackStock ? stockMoves(shop, type, line, placed.quantity, quantity) : [];
    moved.push({ id: line.id, sku: placed.sku, moves: stock });
    const wanted = statusAfter(shop, line, placed.quantity, type, quantity);
    const free = override !== undefined || wanted !== shop.shippingEvents[type]?.lineStatus;
    const status = moveLine(shop, line, wanted, free, statuses);
    changed.set(index, {
      ...withStock(line, stock),
      status,
      passed: { ...line.passed, [type]: passed(line, type) + quantity },
    });
  }
  change(draft, { shipments: [...draft.context.shipments, shipment] });
  changeLines(draft, changed);
  trimRequests(draft);
  draft.facts.push({ type: 'shipping-event', id, event: type, lines: units, reference, tracking });
  const { stock: rule } = shop;
  draft.facts.push(...factsOfStock(moved, { location, rule: rule?.allocation, ifShort: 'refuse' }));
  draft.facts.push(...statuses);
  if (override) {
    const { reason, rules } = override;
    draft.facts.push({ type: 'override', reason, rules, shippingEvent: id });
  }
  followUnits(draft, type, units, reference);
  return id;
}
