import { freeOn, type Books } from './books';
import { MOST_STOCK, type StockMove } from './moves';
import { allocationRules, sharesOf, type AllocationRules } from './rules';

/** A line that the shelves cannot give what was asked. */
export interface Short {
  readonly line: string;
  readonly sku: string;
  readonly asked: number;
  /** The most it could have; lines of one SKU are served in order, so that all can have theirs together. */
  readonly available: number;
  /** Where units were to leave: those the line holds there, and those that are there. */
  readonly allocated?: number;
  readonly inStock?: number;
}

/** What the shelves have for a line that wanted more, and how much of the rest may wait. */
export interface Shelved {
  readonly id: string;
  readonly allocated: number;
  readonly backordered: number;
}

/**
 * What became of an order's moves. `short`: not everything is there, but nobody is refused: the order
 * is to decide again, on this. `refused`: these lines cannot have it. In both cases the books count for nothing.
 */
export type Settled =
  | { readonly outcome: 'settled' }
  | { readonly outcome: 'short'; readonly shelves: readonly Shelved[] }
  | {
      readonly outcome: 'refused';
      readonly cause: 'allocate' | 'consume' | 'restock';
      readonly lines: readonly Short[];
    };

const settled: Settled = { outcome: 'settled' };

/** Enters an order's moves in the books, in order, all or none; what became free goes to those who wait. */
export function settle(
  books: Books,
  moves: readonly StockMove[],
  { rules, placedAt }: { readonly rules: AllocationRules; readonly placedAt: string },
): Settled {
  const short: Short[] = [];
  const homeless: Short[] = [];
  for (let index = 0; index < moves.length; index += 1) {
    const move = moves[index] as StockMove;
    if (move.cause === 'allocate') {
      const together = run(moves, index);
      const unsettled = allocate(books, together, rules);
      if (unsettled.outcome !== 'settled') return unsettled;
      index += together.length - 1;
    } else if (move.cause === 'consume') short.push(...consume(books, move));
    else if (move.cause === 'backorder') {
      const { line, sku, quantity, event } = move;
      books.enqueue({ order: books.order, line, sku, waiting: quantity, event, placedAt });
    } else if (move.cause === 'forgo') forgo(books, move);
    else if (move.cause === 'restock') homeless.push(...restock(books, move));
    else release(books, move, move.quantity);
  }
  if (short.length > 0) return { outcome: 'refused', cause: 'consume', lines: short };
  if (homeless.length > 0) return { outcome: 'refused', cause: 'restock', lines: homeless };
  books.serve(moves.at(-1)?.event);
  return settled;
}

/** The allocations that follow one another: the rule sees the lines of an order together. */
function run(moves: readonly StockMove[], from: number): StockMove[] {
  const end = moves.findIndex(({ cause }, index) => index > from && cause !== 'allocate');
  return moves.slice(from, end === -1 ? undefined : end);
}

function allocate(books: Books, moves: readonly StockMove[], rules: AllocationRules): Settled {
  const left = new Map<string, number>();
  const lines = moves.map((move) => {
    const there = left.get(move.sku) ?? books.freeOf(move.sku);
    const given = Math.min(there, move.quantity);
    left.set(move.sku, there - given);
    const mayWait = books.shelvesOf(move.sku).some(({ backorders }) => backorders);
    return { move, given, mayWait };
  });
  const missing = lines.filter(({ move, given }) => given < move.quantity);
  if (missing.length > 0) {
    const refused = missing.filter(
      ({ move: { ifShort }, mayWait }) => ifShort === 'refuse' || (ifShort !== 'leave' && !mayWait),
    );
    if (refused.length === 0) {
      const shelves = lines.map(({ move: { line, quantity }, given, mayWait }) => {
        return { id: line, allocated: given, backordered: mayWait ? quantity - given : 0 };
      });
      return { outcome: 'short', shelves };
    }
    const short = refused.map(({ move: { line, sku, quantity }, given }) => {
      return { line, sku, asked: quantity, available: given };
    });
    return { outcome: 'refused', cause: 'allocate', lines: short };
  }
  const skus = new Set(moves.map(({ sku }) => sku));
  const free = books.shelves
    .filter(({ sku }) => skus.has(sku))
    .map(({ sku, location, priority, ...shelf }) => {
      return { sku, location, priority, free: freeOn(shelf) };
    });
  const rule = rules[moves[0]?.rule ?? ''] ?? allocationRules['fewest-parcels'];
  for (const { line, location, quantity } of sharesOf(rule, moves, free)) {
    const { sku, event } = moves.find((move) => move.line === line) as StockMove;
    const { order } = books;
    const held = { order, line, sku, location, allocated: quantity, consumed: 0 };
    books.hold(held, { cause: 'allocate', event });
  }
  return settled;
}

/** Takes units from what the line holds; what it does not hold, or is not there, stays and is said. */
function consume(books: Books, move: StockMove): Short[] {
  const { line, sku, quantity, event } = move;
  let missing = quantity;
  let allocated = 0;
  let inStock = 0;
  for (const place of books.heldFor(line)) {
    const { location } = place;
    if (place.allocated === 0 || (move.location ?? location) !== location) continue;
    const there = books.shelvesOf(sku).find((shelf) => shelf.location === location)?.inStock ?? 0;
    const leaving = Math.min(missing, place.allocated, there);
    allocated += place.allocated;
    inStock += there;
    if (leaving === 0) continue;
    missing -= leaving;
    const gone = {
      order: books.order,
      line,
      sku,
      location,
      allocated: -leaving,
      consumed: leaving,
    };
    books.hold(gone, { cause: 'consume', event });
  }
  if (missing === 0) return [];
  return [{ line, sku, asked: quantity, available: quantity - missing, allocated, inStock }];
}

/** Gives units back where they are held, the last place by priority first. */
function release(books: Books, move: StockMove, quantity: number): void {
  const { line, sku, event } = move;
  let missing = quantity;
  for (const { location, allocated } of books.heldFor(line).reverse()) {
    const given = Math.min(missing, allocated);
    if (given === 0) continue;
    missing -= given;
    const back = { order: books.order, line, sku, location, allocated: -given, consumed: 0 };
    books.hold(back, { cause: move.cause === 'expire' ? 'expire' : 'release', event });
  }
  if (missing === 0) return;
  throw new RangeError(
    `Order ${books.order} releases ${missing} of ${sku} that no record holds for it.`,
  );
}

/** Waits no more; units that were served meanwhile, of which the order has not heard yet, are given back. */
function forgo(books: Books, move: StockMove): void {
  let missing = move.quantity;
  for (const waiting of books.queue) {
    if (waiting.order !== books.order || waiting.line !== move.line) continue;
    const given = Math.min(missing, waiting.waiting);
    waiting.waiting -= given;
    missing -= given;
  }
  release(books, move, missing);
}

/** Puts units back where the line's left from, or by priority; a SKU without any record has no shelf for them. */
function restock(books: Books, { line, sku, quantity, event, location }: StockMove): Short[] {
  const left = books.heldFor(line).find(({ consumed }) => consumed > 0)?.location;
  const shelves = books.shelvesOf(sku);
  const places = [location, left, shelves[0]?.location];
  const shelf = places
    .map((place) => shelves.find((each) => each.location === place))
    .find((each) => each !== undefined);
  const room = shelf ? MOST_STOCK - shelf.inStock : 0;
  if (!shelf || room < quantity) return [{ line, sku, asked: quantity, available: room }];
  const change = { cause: 'restock', inStock: quantity, order: books.order, event } as const;
  books.enter(sku, shelf.location, change);
  return [];
}
