import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  allocationRules,
  sharesOf,
  type AllocationRule,
  type FreeShelf,
  type Share,
  type Wanted,
} from '../../machines/stock';

const skus = ['S', 'T'];
const locations = ['a', 'b', 'c', 'd'];

const shelves: fc.Arbitrary<FreeShelf[]> = fc
  .uniqueArray(
    fc.record({
      sku: fc.constantFrom(...skus),
      location: fc.constantFrom(...locations),
      free: fc.nat(4),
    }),
    { selector: ({ sku, location }) => `${sku} ${location}`, maxLength: 8 },
  )
  .chain((found) =>
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }).map((priorities) =>
      found.map((shelf) => ({
        ...shelf,
        priority: priorities[locations.indexOf(shelf.location)] as number,
      })),
    ),
  );

/** Lines that the shelves have enough for, all locations together. */
const situation = fc
  .record({
    shelves,
    lines: fc.array(
      fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 5 }) }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map((given) => {
    const left = new Map(skus.map((sku) => [sku, freeOf(given.shelves, sku)]));
    const wanted = given.lines.flatMap(({ sku, quantity }, index): Wanted[] => {
      const most = Math.min(quantity, left.get(sku) ?? 0);
      left.set(sku, (left.get(sku) ?? 0) - most);
      return most === 0 ? [] : [{ line: `L${index}`, sku, quantity: most }];
    });
    return { shelves: given.shelves, wanted };
  });

function freeOf(all: readonly FreeShelf[], sku: string, at: readonly string[] = locations): number {
  return all
    .filter((shelf) => shelf.sku === sku && at.includes(shelf.location))
    .reduce((sum, { free }) => sum + free, 0);
}

/** What is wrong with shares: more than a shelf has, or another number of units than a line wants. */
function faultsIn(shares: readonly Share[], wanted: readonly Wanted[], all: readonly FreeShelf[]) {
  const skuOf = new Map(wanted.map(({ line, sku }) => [line, sku]));
  const units = (of: (share: Share) => boolean) =>
    shares.filter(of).reduce((sum, { quantity }) => sum + quantity, 0);
  return [
    ...all
      .filter(({ sku, location, free }) => {
        return units((s) => skuOf.get(s.line) === sku && s.location === location) > free;
      })
      .map(({ sku, location }) => `${sku} at ${location} is promised twice`),
    ...wanted
      .filter(({ line, quantity }) => units((share) => share.line === line) !== quantity)
      .map(({ line }) => `${line} does not get what it wants`),
  ];
}

function parcels(shares: readonly Share[]): number {
  return new Set(shares.map(({ location }) => location)).size;
}

/** The fewest locations that have everything, by trying all sets of them. */
function fewest(wanted: readonly Wanted[], all: readonly FreeShelf[]): number {
  const sizes = Array.from({ length: 2 ** locations.length }, (_, set) =>
    locations.filter((__, bit) => set & (1 << bit)),
  )
    .filter((at) =>
      skus.every((sku) => {
        const needed = wanted.filter((each) => each.sku === sku);
        return needed.reduce((sum, { quantity }) => sum + quantity, 0) <= freeOf(all, sku, at);
      }),
    )
    .map((at) => at.length);
  return Math.min(...sizes);
}

describe('a rule that allocates stock', () => {
  it.each(Object.keys(allocationRules) as (keyof typeof allocationRules)[])(
    '%s gives each line what it wants and promises nothing twice, and the same again',
    (name) => {
      fc.assert(
        fc.property(situation, ({ wanted, shelves: all }) => {
          const shares = sharesOf(allocationRules[name], wanted, all);
          expect(faultsIn(shares, wanted, all)).toEqual([]);
          expect(sharesOf(allocationRules[name], wanted, [...all].reverse())).toEqual(shares);
        }),
      );
    },
  );

  it('fewest-parcels takes no more locations than there must be, compared with every choice', () => {
    fc.assert(
      fc.property(situation, ({ wanted, shelves: all }) => {
        const shares = sharesOf(allocationRules['fewest-parcels'], wanted, all);
        expect(parcels(shares)).toBe(wanted.length === 0 ? 0 : fewest(wanted, all));
      }),
      { numRuns: 500 },
    );
  });

  const at = (location: string, priority: number, free: number, sku = 'S') => {
    return { sku, location, priority, free };
  };
  const three = [{ line: 'A', sku: 'S', quantity: 3 }];

  it('fewest-parcels prefers one parcel from afar to two from nearby, priority does not', () => {
    const all = [at('near', 1, 2), at('next', 2, 2), at('far', 3, 3)];
    expect(allocationRules['fewest-parcels'](three, all)).toEqual([
      { line: 'A', location: 'far', quantity: 3 },
    ]);
    expect(allocationRules.priority(three, all)).toEqual([
      { line: 'A', location: 'near', quantity: 2 },
      { line: 'A', location: 'next', quantity: 1 },
    ]);
  });

  it('fewest-parcels asks the locations of priority first, where as few have it', () => {
    const all = [at('b', 2, 3), at('c', 1, 3), at('a', 2, 3)];
    expect(allocationRules['fewest-parcels'](three, all)).toMatchObject([{ location: 'c' }]);
  });

  it('among many locations still finds a way, without trying every set', () => {
    const many = Array.from({ length: 40 }, (_, n) => at(`l${n}`, n, 1));
    const wanted = [{ line: 'A', sku: 'S', quantity: 40 }];
    const shares = sharesOf(allocationRules['fewest-parcels'], wanted, many);
    expect(faultsIn(shares, wanted, many)).toEqual([]);
  });

  it('of the shop’s own may be wrong: nobody is promised too much, and nobody is refused', () => {
    const greedy: AllocationRule = (wanted) =>
      wanted.flatMap(({ line }) => [
        { line, location: 'a', quantity: 99 },
        { line, location: 'moon', quantity: 1 },
        { line: 'none', location: 'b', quantity: 0.5 },
      ]);
    fc.assert(
      fc.property(situation, ({ wanted, shelves: all }) => {
        expect(faultsIn(sharesOf(greedy, wanted, all), wanted, all)).toEqual([]);
      }),
    );
  });
});
