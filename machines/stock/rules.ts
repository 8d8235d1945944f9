/** Units of a line that the shelves have for sure, all locations together. */
export interface Wanted {
  readonly line: string;
  readonly sku: string;
  readonly quantity: number;
}

/** What a location has of a SKU that nobody else holds. */
export interface FreeShelf {
  readonly sku: string;
  readonly location: string;
  /** Lower comes first. */
  readonly priority: number;
  readonly free: number;
}

/** Units of a line that a location is to hold. */
export interface Share {
  readonly line: string;
  readonly location: string;
  readonly quantity: number;
}

/** Chooses where the units of one order are held: pure, asked once for all lines together. */
export type AllocationRule = (
  wanted: readonly Wanted[],
  shelves: readonly FreeShelf[],
) => readonly Share[];

export type AllocationRules = Readonly<Record<string, AllocationRule>>;

/** Beyond so many locations the fewest are approached, not proven: the shelves are locked meanwhile. */
const MOST_TRIED = 10;

/** The order in which locations are asked: by priority, then by code. */
export function inOrder<T extends Pick<FreeShelf, 'location' | 'priority'>>(
  shelves: readonly T[],
): T[] {
  return [...shelves].sort(
    (a, b) =>
      a.priority - b.priority || (a.location < b.location ? -1 : Number(a.location > b.location)),
  );
}

/** Serves line after line from shelf after shelf, as far as they reach. */
function serve(wanted: readonly Wanted[], shelves: readonly FreeShelf[]): Share[] {
  const left = new Map(shelves.map((shelf) => [shelf, shelf.free]));
  const shares: Share[] = [];
  for (const { line, sku, quantity } of wanted) {
    let missing = quantity;
    for (const shelf of shelves) {
      const free = left.get(shelf) ?? 0;
      const taken = shelf.sku === sku ? Math.min(missing, free) : 0;
      if (taken <= 0) continue;
      left.set(shelf, free - taken);
      missing -= taken;
      shares.push({ line, location: shelf.location, quantity: taken });
    }
  }
  return shares;
}

function unitsOf(shares: readonly Pick<Share, 'quantity'>[]): number {
  return shares.reduce((total, { quantity }) => total + quantity, 0);
}

/** Sets of so many of these, those with the first ones first. */
function* choices(of: readonly string[], count: number): Generator<readonly string[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (const [index, first] of of.entries()) {
    for (const rest of choices(of.slice(index + 1), count - 1)) yield [first, ...rest];
  }
}

function from(locations: readonly string[], shelves: readonly FreeShelf[]): FreeShelf[] {
  return shelves.filter(({ location }) => locations.includes(location));
}

/** Location after location, always the one that adds the most units. */
function manyAtATime(wanted: readonly Wanted[], shelves: readonly FreeShelf[], all: string[]) {
  const chosen: string[] = [];
  const units = (more: string) => unitsOf(serve(wanted, from([...chosen, more], shelves)));
  for (let served = 0; served < unitsOf(wanted) && chosen.length < all.length;) {
    const rest = all.filter((location) => !chosen.includes(location));
    const [best] = rest
      .map((location) => ({ location, reached: units(location) }))
      .sort((a, b) => b.reached - a.reached);
    if (!best || best.reached === served) break;
    chosen.push(best.location);
    served = best.reached;
  }
  return from(chosen, shelves);
}

/** As few locations as can be, so that few parcels are packed; among as few, those of priority. */
const fewestParcels: AllocationRule = (wanted, given) => {
  const shelves = inOrder(given.filter(({ free }) => free > 0));
  const locations = [...new Set(shelves.map(({ location }) => location))];
  if (locations.length > MOST_TRIED) {
    return serve(wanted, manyAtATime(wanted, shelves, locations));
  }
  for (let count = 0; count <= locations.length; count += 1) {
    for (const chosen of choices(locations, count)) {
      const shares = serve(wanted, from(chosen, shelves));
      if (unitsOf(shares) === unitsOf(wanted)) return shares;
    }
  }
  return serve(wanted, shelves);
};

/** Location after location by priority, however many parcels that makes. */
const byPriority: AllocationRule = (wanted, shelves) => serve(wanted, inOrder(shelves));

/** The rules that every shop may name. */
export const allocationRules = {
  'fewest-parcels': fewestParcels,
  priority: byPriority,
} as const satisfies AllocationRules;

/**
 * What a rule chose, made sound: no share is more than its shelf has or its line wants, and what a
 * rule left out is added by priority. A shop's own rule can therefore refuse nobody and promise nothing twice.
 */
export function sharesOf(
  rule: AllocationRule,
  wanted: readonly Wanted[],
  shelves: readonly FreeShelf[],
): Share[] {
  const left = shelves.map((shelf) => ({ ...shelf }));
  const missing = wanted.map((each) => ({ ...each }));
  const shares: Share[] = [];
  for (const { line, location, quantity } of rule(wanted, shelves)) {
    const need = missing.find((each) => each.line === line);
    const shelf = left.find((each) => each.sku === need?.sku && each.location === location);
    if (!need || !shelf || !Number.isInteger(quantity)) continue;
    const taken = Math.min(quantity, need.quantity, shelf.free);
    if (taken <= 0) continue;
    need.quantity -= taken;
    shelf.free -= taken;
    shares.push({ line, location, quantity: taken });
  }
  return [
    ...shares,
    ...byPriority(
      missing.filter(({ quantity }) => quantity > 0),
      left,
    ),
  ];
}
