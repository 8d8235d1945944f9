import type { CountedUnits, PlacedLine, Units } from '../events';
import { listed, type Fault } from '../refusals';
import { agreed, lineIndexes, passed, type LineState, type OrderContext } from '../state';
import type { Shop, ShippingEventRule } from '../table';

/** What a shipping event type means for a unit. */
export type Meaning = NonNullable<ShippingEventRule<string, string, string, string>['means']>;

type Meanings = Readonly<Record<Meaning, readonly string[]>>;

const meanings = new WeakMap<Shop, Meanings>();

/** The shop's shipping event types by what they mean for a unit, worked out once per table. */
function meaningsOf(shop: Shop): Meanings {
  const known = meanings.get(shop);
  if (known) return known;
  const types = Object.keys(shop.shippingEvents);
  const meaning = (wanted: Meaning) =>
    types.filter((type) => shop.shippingEvents[type]?.means === wanted);
  const found = {
    dispatched: meaning('dispatched'),
    cancelled: meaning('cancelled'),
    returned: meaning('returned'),
  };
  meanings.set(shop, found);
  return found;
}

/** The shop's shipping event types that mean this for a unit. */
export function typesMeaning(shop: Shop, meaning: Meaning): readonly string[] {
  return meaningsOf(shop)[meaning];
}

export type UnitCounts = Readonly<Record<Meaning, number>>;

function countPassed(line: LineState, types: readonly string[]): number {
  let count = 0;
  for (const type of types) count += passed(line, type);
  return count;
}

export function countUnits(shop: Shop, line: LineState): UnitCounts {
  const { dispatched, cancelled, returned } = meaningsOf(shop);
  return {
    dispatched: countPassed(line, dispatched),
    cancelled: countPassed(line, cancelled),
    returned: countPassed(line, returned),
  };
}

/** How many units of the line at an index are cancelled; what prices need to know of fulfilment. */
export function cancelledUnits(shop: Shop, context: OrderContext): (index: number) => number {
  const { cancelled } = meaningsOf(shop);
  return (index) => countPassed(context.lines[index] as LineState, cancelled);
}

/** True when every unit is cancelled or dispatched, and at least one was dispatched. */
export function everythingDispatched(shop: Shop, context: OrderContext): boolean {
  const types = meaningsOf(shop);
  const placed = agreed(context).lines;
  let dispatchedSome = false;
  for (const [index, line] of context.lines.entries()) {
    const dispatched = countPassed(line, types.dispatched);
    const gone = dispatched + countPassed(line, types.cancelled);
    if (gone < (placed[index]?.quantity ?? 0)) return false;
    dispatchedSome ||= dispatched > 0;
  }
  return dispatchedSome;
}

export function everythingCancelled(shop: Shop, context: OrderContext): boolean {
  const { cancelled } = meaningsOf(shop);
  const placed = agreed(context).lines;
  return context.lines.every(
    (line, index) => countPassed(line, cancelled) === placed[index]?.quantity,
  );
}

/** `2 wait for goods to come in`. */
export function waitFor(units: number): string {
  return `${units} ${units === 1 ? 'waits' : 'wait'} for goods to come in`;
}

export interface ResolvedUnits {
  readonly units: readonly CountedUnits[];
  readonly faults: readonly Fault[];
}

/** How many more units of a line the event can reach, and the sentence for asking more. */
export interface Reach {
  readonly units: number;
  /** Asked of the same line. */
  readonly why: (index: number) => string;
}

/**
 * Counts the units a command asks for: every offending line gets its own fault, and no quantity
 * means all that `reach` allows.
 */
export function resolveUnits(
  context: OrderContext,
  asked: readonly Units[] | undefined,
  reach: (index: number) => Reach,
): ResolvedUnits {
  if (!asked) {
    const units: CountedUnits[] = [];
    for (const [index, { id }] of context.lines.entries()) {
      const quantity = reach(index).units;
      if (quantity > 0) units.push({ id, quantity });
    }
    if (units.length > 0) return { units, faults: [] };
    const waiting = context.lines.flatMap(({ id, backordered }) =>
      backordered > 0 ? ` Line ${id}: ${waitFor(backordered)}.` : [],
    );
    const detail = `No unit is left for it.${waiting.join('')}`;
    return { units, faults: [{ pointer: '/lines', detail }] };
  }
  if (asked.length === 0) {
    return { units: [], faults: [{ pointer: '/lines', detail: 'Name at least one line.' }] };
  }
  const indexes = lineIndexes(context);
  const units: CountedUnits[] = [];
  const faults: Fault[] = [];
  const seen = new Set<string>();
  asked.forEach(({ id, quantity }, position) => {
    const index = indexes.get(id);
    const at = (field: string) => `/lines/${position}/${field}`;
    if (index === undefined) {
      const detail = `${id} is not a line of order ${agreed(context).number}.`;
      return faults.push({ pointer: at('id'), detail });
    }
    if (seen.has(id)) {
      return faults.push({ pointer: at('id'), detail: `Line ${id} is named twice.` });
    }
    seen.add(id);
    const { units: most, why } = reach(index);
    if (quantity !== undefined && !(Number.isInteger(quantity) && quantity > 0)) {
      const detail = `Line ${id}: a quantity is a whole number from 1, not ${quantity}.`;
      return faults.push({ pointer: at('quantity'), detail });
    }
    if (most < (quantity ?? 1)) {
      const wanted = quantity ?? 'any';
      const detail = `Line ${id}: ${wanted} asked, at most ${Math.max(0, most)} possible: ${why(index)}.`;
      return faults.push({ pointer: at('quantity'), detail });
    }
    return units.push({ id, quantity: quantity ?? most });
  });
  return { units, faults };
}

/** Counted units beside the lines that they are of. */
export function unitsAmong(context: OrderContext, units: readonly CountedUnits[]) {
  const indexes = lineIndexes(context);
  const placed = agreed(context).lines;
  return units.map(({ id, quantity }, position) => {
    const index = indexes.get(id) as number;
    const line = context.lines[index] as LineState;
    return { index, position, quantity, line, agreed: placed[index] as PlacedLine };
  });
}

/** Counted units in words, such as "2 of line A". */
export function saysUnits(units: readonly CountedUnits[]): string {
  return listed(units.map(({ id, quantity }) => `${quantity} of line ${id}`));
}
