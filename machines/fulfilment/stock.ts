import { change, changeLines, type Draft } from '../deciding/draft';
import type { CountedUnits } from '../events';
import type { Fact, StockMove } from '../facts';
import type { LineState, OrderContext } from '../state';
import type { Shop } from '../table';
import { countUnits, unitsAmong } from './units';

type StockFact = Extract<Fact, { type: 'stock' }>;
/** Units of a line by what becomes of their stock, in the order in which it happens. */
export type Moves = readonly (readonly [StockMove, number])[];

/** Units of the line that neither left nor were cancelled, and that it neither holds nor waits for. */
export function unheld(shop: Shop, line: LineState, ordered: number): number {
  const { dispatched, cancelled } = countUnits(shop, line);
  return Math.max(0, ordered - dispatched - cancelled - line.allocated - line.backordered);
}

/** Units that leave: what is not held for them yet is taken from the shelf with the same stroke. */
export function leaving(line: LineState, units: number): Moves {
  return [
    ['allocate', Math.max(0, units - line.allocated)],
    ['consume', units],
  ];
}

/** Units given back: first those that hold nothing, then those that still wait, then those held. */
export function givenBack(line: LineState, units: number, holdingNothing = 0): Moves {
  const holding = Math.max(0, units - holdingNothing);
  const forgone = Math.min(holding, line.backordered);
  return [
    ['forgo', forgone],
    ['release', Math.min(holding - forgone, line.allocated)],
  ];
}

/** A line after its stock has moved. */
export function withStock(line: LineState, moves: Moves): LineState {
  let { allocated, backordered, consumed, restocked } = line;
  for (const [move, units] of moves) {
    if (move === 'allocate' || move === 'arrive') allocated += units;
    if (move === 'consume' || move === 'release' || move === 'expire') allocated -= units;
    if (move === 'consume') consumed += units;
    if (move === 'backorder') backordered += units;
    if (move === 'forgo' || move === 'arrive') backordered -= units;
    if (move === 'restock') restocked += units;
  }
  return { ...line, allocated, backordered, consumed, restocked };
}

/** The facts of some lines' moves, one for each kind of move. */
export function factsOfStock(
  moved: readonly { readonly id: string; readonly sku: string; readonly moves: Moves }[],
  details: Pick<StockFact, 'location' | 'rule' | 'ifShort'> = {},
): StockFact[] {
  const facts = new Map<StockMove, (CountedUnits & { readonly sku: string })[]>();
  for (const { id, sku, moves } of moved) {
    for (const [move, quantity] of moves) {
      if (quantity > 0) facts.set(move, [...(facts.get(move) ?? []), { id, quantity, sku }]);
    }
  }
  const { location, rule, ifShort } = details;
  const about = (move: StockMove) => {
    if (move === 'allocate') return { ...(rule && { rule }), ...(ifShort && { ifShort }) };
    return location !== undefined && move === 'consume' ? { location } : {};
  };
  const inOrder = [...facts].sort(
    ([a], [b]) => Number(b === 'allocate') - Number(a === 'allocate'),
  );
  return inOrder.map(([move, lines]) => ({ type: 'stock', move, lines, ...about(move) }));
}

/** Moves stock of the tracked lines among these units; the database has the last word on what is there. */
function moveUnits(
  draft: Draft,
  units: readonly CountedUnits[],
  movesOf: (line: LineState, quantity: number) => Moves,
  details: Pick<StockFact, 'rule' | 'ifShort'> = {},
): void {
  const changed = new Map<number, LineState>();
  const moved: { id: string; sku: string; moves: Moves }[] = [];
  for (const { index, line, agreed, quantity } of unitsAmong(draft.context, units)) {
    const moves = agreed.trackStock ? movesOf(line, quantity) : [];
    if (moves.every(([, count]) => count === 0)) continue;
    changed.set(index, withStock(line, moves));
    moved.push({ id: line.id, sku: agreed.sku, moves });
  }
  if (moved.length === 0) return;
  changeLines(draft, changed);
  draft.facts.push(...factsOfStock(moved, details));
}

function all({ lines }: OrderContext): CountedUnits[] {
  return lines.map(({ id, allocated, backordered }) => {
    return { id, quantity: allocated + backordered };
  });
}

/** Everything the order still holds; with nothing held nothing happens. Given back, it waits for nothing either. */
export function moveHeldStock(draft: Draft, move: 'consume' | 'release' | 'expire'): void {
  moveUnits(draft, all(draft.context), (line) =>
    move === 'consume'
      ? [[move, line.allocated]]
      : [
          ['forgo', line.backordered],
          [move, line.allocated],
        ],
  );
}

/** How many of the units may go back to the shelf. */
export function movable({ consumed, restocked }: LineState, _: 'restock', units: number): number {
  return Math.min(units, consumed - restocked);
}

/** Units that came back go to the shelf, as far as they had left it. */
export function moveStock(draft: Draft, move: 'restock', units: readonly CountedUnits[]): void {
  moveUnits(draft, units, (line, quantity) => [[move, movable(line, move, quantity)]]);
}

/**
 * Takes stock for these units. Where the database found that not all is there, the rest waits as it says;
 * gives what neither is there nor waits.
 */
export function reserve(
  draft: Draft,
  units: readonly CountedUnits[],
  ifShort?: 'leave',
): CountedUnits[] {
  const { event, shop } = draft;
  const found = new Map(event.shelves?.map((shelved) => [shelved.id, shelved]));
  const missing: CountedUnits[] = [];
  moveUnits(
    draft,
    units,
    ({ id }, quantity) => {
      const there = found.get(id) ?? { allocated: quantity, backordered: 0 };
      const allocated = Math.min(quantity, there.allocated);
      const backordered = Math.min(quantity - allocated, there.backordered);
      const short = quantity - allocated - backordered;
      if (short > 0) missing.push({ id, quantity: short });
      return [
        ['allocate', allocated],
        ['backorder', backordered],
      ];
    },
    { rule: shop.stock?.allocation, ifShort },
  );
  const waits = draft.context.lines.some(({ backordered }) => backordered > 0);
  const reservation = { since: event.at, queuedBy: waits ? event.id : '', lapsedAt: '' };
  change(draft, { reservation });
  return missing;
}

/** Goods came in for units that wait; what was given up meanwhile, the database gave back. */
export function receive(draft: Draft, units: readonly CountedUnits[]): void {
  moveUnits(draft, units, (line, quantity) => [['arrive', Math.min(quantity, line.backordered)]]);
}
