import {
  Books,
  settle,
  type AllocationRules,
  allocationRules,
  type Entry,
  type Held,
  type Served,
  type Settled,
  type Shelf,
  type StockMove,
  type Waiting,
} from '../../machines/stock';

/** Stock records kept in memory, moved by the same code that moves those of the database. */
export class Warehouse {
  shelves: Shelf[] = [];
  queue: Waiting[] = [];
  readonly ledger: Entry[] = [];
  private readonly held = new Map<string, Held[]>();
  private ids = 0;

  constructor(private readonly rules: AllocationRules = allocationRules) {}

  shelf(sku: string, location = 'main'): Shelf {
    const found = this.shelves.find((each) => each.sku === sku && each.location === location);
    return found ?? this.addShelf({ sku, location });
  }

  addShelf(changes: Partial<Shelf> & Pick<Shelf, 'sku'>): Shelf {
    const { sku, location = 'main' } = changes;
    const none = { priority: 1, inStock: 0, allocated: 0, backorders: false, threshold: null };
    const shelf = { ...none, location, ...changes };
    const others = this.shelves.filter((each) => each.sku !== sku || each.location !== location);
    this.shelves = [...others, shelf];
    return shelf;
  }

  /** Counts a shelf; gives those who were served. */
  stocktake(sku: string, inStock: number, location = 'main'): readonly Served[] {
    const before = this.shelf(sku, location);
    const books = this.books('');
    books.enter(sku, location, { cause: 'stocktake', inStock: inStock - before.inStock });
    books.serve();
    return this.close(books);
  }

  /** An order's moves, all or none, with those who were served. */
  move(
    order: string,
    moves: readonly StockMove[],
    placedAt: string,
  ): { readonly settled: Settled; readonly served: readonly Served[] } {
    const books = this.books(order);
    const settled = settle(books, moves, { rules: this.rules, placedAt });
    return { settled, served: settled.outcome === 'settled' ? this.close(books) : [] };
  }

  heldBy(order: string): readonly Held[] {
    return this.held.get(order) ?? [];
  }

  waitingFor(order: string): readonly Waiting[] {
    return this.queue.filter((each) => each.order === order && each.waiting > 0);
  }

  /** What is wrong with the books, in sentences. */
  faults(): string[] {
    return this.shelves.flatMap(({ sku, location, inStock, allocated }) => {
      const here = this.ledger.filter((each) => each.sku === sku && each.location === location);
      const sum = (of: (entry: Entry) => number) => here.reduce((all, each) => all + of(each), 0);
      const held = [...this.held.values()]
        .flat()
        .filter((each) => each.sku === sku && each.location === location)
        .reduce((all, each) => all + each.allocated, 0);
      const waits = this.queue.some((each) => each.sku === sku && each.waiting > 0);
      return [
        sum((each) => each.inStockDelta) === inStock || 'the ledger has another in stock',
        sum((each) => each.allocatedDelta) === allocated || 'the ledger has another allocated',
        held === allocated || `orders hold ${held} of ${allocated}`,
        !waits || inStock <= allocated || 'somebody waits for what is free',
      ].flatMap((fault) => (fault === true ? [] : [`${sku} at ${location}: ${fault}`]));
    });
  }

  private books(order: string): Books {
    return new Books(order, {
      shelves: this.shelves,
      held: this.heldBy(order),
      queue: this.queue.filter(({ waiting }) => waiting > 0),
    });
  }

  private close(books: Books): readonly Served[] {
    for (const shelf of books.changedShelves()) this.addShelf(shelf);
    for (const { order, gone, ...hold } of books.changedHolds()) {
      const rows = this.held.get(order) ?? [];
      const isSame = (row: Held) => row.line === hold.line && row.location === hold.location;
      const { allocated = 0, consumed = 0 } = rows.find(isSame) ?? {};
      const row = {
        ...hold,
        allocated: allocated + hold.allocated,
        consumed: consumed + hold.consumed,
      };
      this.held.set(order, [...rows.filter((each) => !isSame(each)), ...(gone ? [] : [row])]);
    }
    const changed = new Map(books.changedQueue().map((each) => [each.id, each]));
    this.queue = this.queue.map((each) => changed.get(each.id) ?? each);
    for (const { quantity: _, ...joined } of books.joined()) {
      this.queue.push({ ...joined, id: (this.ids += 1) });
    }
    this.ledger.push(...books.entries);
    return books.served;
  }
}
