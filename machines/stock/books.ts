import type { Held, Shelf, StockCause, Waiting } from './moves';
import { inOrder } from './rules';

/** A change of a stock record's counters, and what they are after it. */
export interface Entry {
  readonly sku: string;
  readonly location: string;
  readonly cause: StockCause;
  readonly inStockDelta: number;
  readonly allocatedDelta: number;
  readonly inStock: number;
  readonly allocated: number;
  /** The order whose units they are. */
  readonly order?: string;
  readonly event?: string;
}

/** How what a location holds and has sent for a line has changed. */
export interface Hold {
  readonly order: string;
  readonly line: string;
  readonly sku: string;
  readonly location: string;
  readonly allocated: number;
  readonly consumed: number;
}

/** Waiting units that were there at last. */
export interface Served {
  readonly order: string;
  readonly line: string;
  /** The event that had queued them. */
  readonly queuedBy: string;
  readonly quantity: number;
}

/** What is known, under lock, of the records that something is about to move. */
export interface Known {
  readonly shelves: readonly Shelf[];
  readonly held?: readonly Held[];
  readonly queue?: readonly Waiting[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface Change {
  readonly cause: StockCause;
  readonly inStock?: number;
  readonly allocated?: number;
  readonly order?: string;
  readonly event?: string;
}

/**
 * The stock records of some SKUs while they move: every change is entered in the ledger and in the
 * counters at once, and no counter ever goes below what it holds.
 */
export class Books {
  readonly shelves: readonly Mutable<Shelf>[];
  readonly queue: Mutable<Waiting>[];
  readonly entries: Entry[] = [];
  readonly served: Served[] = [];
  private readonly held: readonly Held[];
  /** How much each entry of the queue waited for when it was read, or when it joined. */
  private readonly asked = new Map<Waiting, number>();
  private readonly holds = new Map<string, Mutable<Hold>>();
  private readonly gained = new Set<string>();

  constructor(
    /** The order that moves them; empty for a stocktake. */
    readonly order: string,
    { shelves, held = [], queue = [] }: Known,
  ) {
    this.shelves = inOrder(shelves).map((shelf) => ({ ...shelf }));
    this.queue = queue.map((waiting) => ({ ...waiting }));
    this.queue.forEach((waiting) => this.asked.set(waiting, waiting.waiting));
    this.held = held;
  }

  /** The records of a SKU, by priority. */
  shelvesOf(sku: string): readonly Readonly<Shelf>[] {
    return this.shelves.filter((shelf) => shelf.sku === sku);
  }

  /** What nobody holds; never below nothing, even where a stocktake found less than is held. */
  freeOf(sku: string): number {
    return this.shelvesOf(sku).reduce((total, shelf) => total + freeOn(shelf), 0);
  }

  /** What the order's line holds and has sent, place by place, in the order of priority. */
  heldFor(line: string): Held[] {
    const places = new Map<string, Mutable<Held>>();
    for (const row of [...this.held, ...this.ownHolds()].filter((each) => each.line === line)) {
      const known = places.get(row.location);
      if (known) {
        known.allocated += row.allocated;
        known.consumed += row.consumed;
      } else places.set(row.location, { ...row });
    }
    const order = this.shelves.map(({ location }) => location);
    return [...places.values()].sort(
      (a, b) => order.indexOf(a.location) - order.indexOf(b.location),
    );
  }

  /** Units of an order's line are held somewhere, or no longer, or leave. */
  hold(hold: Hold, { cause, event }: Pick<Change, 'cause' | 'event'>): void {
    const key = [hold.order, hold.line, hold.location].join('\0');
    const known = this.holds.get(key) ?? { ...hold, allocated: 0, consumed: 0 };
    known.allocated += hold.allocated;
    known.consumed += hold.consumed;
    this.holds.set(key, known);
    const inStock = hold.consumed === 0 ? 0 : -hold.consumed;
    this.enter(hold.sku, hold.location, {
      ...{ cause, event, inStock },
      ...{ order: hold.order, allocated: hold.allocated },
    });
  }

  enter(sku: string, location: string, change: Change): void {
    const shelf = this.shelves.find((each) => each.sku === sku && each.location === location);
    if (!shelf) throw new RangeError(`There is no stock record ${sku} at ${location}.`);
    const { cause, inStock = 0, allocated = 0, order, event } = change;
    shelf.inStock += inStock;
    shelf.allocated += allocated;
    if (shelf.inStock < 0 || shelf.allocated < 0) {
      throw new RangeError(`${sku} at ${location} would go below nothing.`);
    }
    if (inStock > allocated) this.gained.add(sku);
    this.entries.push({
      ...{ sku, location, cause, order, event },
      ...{ inStockDelta: inStock, allocatedDelta: allocated },
      ...{ inStock: shelf.inStock, allocated: shelf.allocated },
    });
  }

  /** Units join those that wait. */
  enqueue(waiting: Waiting): void {
    const joined = { ...waiting };
    this.queue.push(joined);
    this.asked.set(joined, waiting.waiting);
    this.gained.add(waiting.sku);
  }

  /** Gives what has become free to whoever has waited longest. */
  serve(event?: string): void {
    for (const sku of [...this.gained].sort()) {
      for (const waiting of this.queue.filter((each) => each.sku === sku).sort(byAge)) {
        this.serveOne(waiting, event);
      }
    }
    this.gained.clear();
  }

  private serveOne(waiting: Mutable<Waiting>, event?: string): void {
    const { order, line, sku, event: queuedBy } = waiting;
    for (const shelf of this.shelvesOf(sku)) {
      const quantity = Math.min(waiting.waiting, freeOn(shelf));
      if (quantity <= 0) continue;
      waiting.waiting -= quantity;
      const { location } = shelf;
      this.hold(
        { order, line, sku, location, allocated: quantity, consumed: 0 },
        {
          cause: 'allocate',
          event,
        },
      );
      this.served.push({ order, line, queuedBy, quantity });
    }
  }

  /** Every line whose hold has changed, once for each place; `gone` when nothing of it is left there. */
  changedHolds(): (Hold & { readonly gone: boolean })[] {
    return [...this.holds.values()]
      .filter(({ allocated, consumed }) => allocated !== 0 || consumed !== 0)
      .map((hold) => ({ ...hold, gone: this.isGone(hold) }));
  }

  /** The records whose counters have changed. */
  changedShelves(): Shelf[] {
    return this.shelves.filter(({ sku, location }) =>
      this.entries.some((entry) => entry.sku === sku && entry.location === location),
    );
  }

  /** Who waits for less than before. */
  changedQueue(): Waiting[] {
    return this.queue.filter(
      (each) => each.id !== undefined && each.waiting !== this.asked.get(each),
    );
  }

  /** Who joined the queue, with how many units. */
  joined(): (Waiting & { readonly quantity: number })[] {
    return this.queue
      .filter(({ id }) => id === undefined)
      .map((each) => ({ ...each, quantity: this.asked.get(each) ?? 0 }));
  }

  private isGone({ order, line, location, allocated, consumed }: Hold): boolean {
    if (order !== this.order || (allocated >= 0 && consumed >= 0)) return false;
    const now = this.heldFor(line).find((place) => place.location === location);
    return now?.allocated === 0 && now.consumed === 0;
  }

  private ownHolds(): Held[] {
    return [...this.holds.values()].filter(({ order }) => order === this.order);
  }
}

export function freeOn({ inStock, allocated }: Pick<Shelf, 'inStock' | 'allocated'>): number {
  return Math.max(0, inStock - allocated);
}

function byAge(a: Waiting, b: Waiting): number {
  const age = Date.parse(a.placedAt) - Date.parse(b.placedAt);
  return age || (a.id ?? Infinity) - (b.id ?? Infinity) || 0;
}
