import type { Placement, PlacedLine } from '../events';
import type { OrderContext } from './context';
import type { LineState } from './parts';

export type { Call, DigitalRequest, Override } from '../calls/state';
export type * from './parts';
export * from './context';

/** The agreement of a placed order; asking it of an unplaced one is a mistake of the caller. */
export function agreed(context: OrderContext): Placement {
  if (!context.placement) throw new Error('This order has not been placed.');
  return context.placement;
}

/** Each line's agreement beside its state, in the order's own order. */
export function eachLine(context: OrderContext): { agreed: PlacedLine; state: LineState }[] {
  const placed = agreed(context).lines;
  return context.lines.map((state, index) => ({ agreed: placed[index] as PlacedLine, state }));
}

const indexes = new WeakMap<Placement, ReadonlyMap<string, number>>();

/** Where each line is among the order's lines, by id; worked out once per agreement. */
export function lineIndexes(context: OrderContext): ReadonlyMap<string, number> {
  const placement = agreed(context);
  const known = indexes.get(placement);
  if (known) return known;
  const found = new Map(placement.lines.map(({ id }, index) => [id, index]));
  indexes.set(placement, found);
  return found;
}

export function passed(line: LineState, type: string): number {
  return line.passed[type] ?? 0;
}
