import { changeLines, type Draft } from '../deciding/draft';
import type { CountedUnits } from '../events';
import type { StockMove } from '../facts';
import type { LineState } from '../state';
import { unitsAmong } from './units';

/** Units of a stock record, counted. */
export type StockUnits = CountedUnits & { readonly sku: string };

/** How many of the units move: a release gives back what is still held, a restock what had left. */
export function movable(line: LineState, move: StockMove, units: number): number {
  if (move === 'restock') return Math.min(units, line.consumed - line.restocked);
  return move === 'release' ? Math.min(units, line.allocated) : units;
}

/** A line after its stock has moved. */
export function withStock(line: LineState, move: StockMove, units: number): LineState {
  const { allocated, consumed, restocked } = line;
  if (move === 'allocate') return { ...line, allocated: allocated + units };
  if (move === 'release') return { ...line, allocated: allocated - units };
  if (move === 'restock') return { ...line, restocked: restocked + units };
  return { ...line, allocated: allocated - units, consumed: consumed + units };
}

/** Moves stock of the tracked lines among these units; the database has the last word on what is there. */
export function moveStock(draft: Draft, move: StockMove, units: readonly CountedUnits[]): void {
  const changed = new Map<number, LineState>();
  const moved: StockUnits[] = [];
  for (const { index, line, agreed, quantity } of unitsAmong(draft.context, units)) {
    const moving = agreed.trackStock ? movable(line, move, quantity) : 0;
    if (moving === 0) continue;
    changed.set(index, withStock(line, move, moving));
    moved.push({ id: line.id, quantity: moving, sku: agreed.sku });
  }
  if (moved.length === 0) return;
  changeLines(draft, changed);
  draft.facts.push({ type: 'stock', move, lines: moved });
}

/** Everything the order still holds; with nothing held nothing happens. */
export function moveHeldStock(draft: Draft, move: 'consume' | 'release'): void {
  const held = draft.context.lines.map(({ id, allocated }) => ({ id, quantity: allocated }));
  moveStock(draft, move, held);
}
