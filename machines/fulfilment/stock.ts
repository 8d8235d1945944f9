import { changeLines, type Draft } from '../deciding/draft';
import type { CountedUnits } from '../events';
import { eachLine, type LineState } from '../state';

type Move = 'allocate' | 'consume' | 'release';

const counters: Record<Move, (line: LineState, units: number) => LineState> = {
  allocate: (line, units) => ({ ...line, allocated: line.allocated + units }),
  consume: (line, units) => ({
    ...line,
    allocated: line.allocated - units,
    consumed: line.consumed + units,
  }),
  release: (line, units) => ({ ...line, allocated: line.allocated - units }),
};

/** Moves stock of the tracked lines among these units; the database has the last word on what is there. */
export function moveStock(draft: Draft, move: Move, units: readonly CountedUnits[]): void {
  const wanted = new Map(units.map(({ id, quantity }) => [id, quantity]));
  const changed = new Map<number, LineState>();
  const moved: (CountedUnits & { sku: string })[] = [];
  eachLine(draft.context).forEach(({ agreed: line, state }, index) => {
    const asked = line.trackStock ? (wanted.get(line.id) ?? 0) : 0;
    const quantity = move === 'release' ? Math.min(asked, state.allocated) : asked;
    if (quantity === 0) return;
    changed.set(index, counters[move](state, quantity));
    moved.push({ id: line.id, quantity, sku: line.sku });
  });
  if (moved.length === 0) return;
  changeLines(draft, changed);
  draft.facts.push({ type: 'stock', move, lines: moved });
}

/** Everything the order still holds; with nothing held nothing happens. */
export function moveHeldStock(draft: Draft, move: 'consume' | 'release'): void {
  const held = draft.context.lines.map(({ id, allocated }) => ({ id, quantity: allocated }));
  moveStock(draft, move, held);
}
