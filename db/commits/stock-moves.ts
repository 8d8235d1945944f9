import type { Knex } from 'knex';
import type { Commit } from '../../machines/history';
import {
  Books,
  settle,
  type AllocationRules,
  type Settled,
  type Shelf,
  type StockMove,
} from '../../machines/stock';
import { lockShelves, readHeld, readQueue } from '../stock/shelves';
import { writeBooks } from '../stock/writing';
import { factsOf, storedTime } from './rows';

/** What the commit's facts take from and give back to the shelves, in order. */
export function movesOf(commit: Commit): StockMove[] {
  return factsOf(commit, 'stock').flatMap(({ fact, event }) => {
    const { move: cause, lines, location, rule, ifShort } = fact;
    // What arrived was allocated when it did: the order has only now heard of it.
    if (cause === 'arrive') return [];
    return lines.map(({ id: line, sku, quantity }) => {
      return { cause, line, sku, quantity, event: event.id, location, rule, ifShort };
    });
  });
}

/**
 * Moves stock on locked records, all or nothing, and serves whoever waits for what becomes free. When it is not
 * settled nothing is written.
 */
export async function moveStock(
  trx: Knex,
  commit: Commit,
  moves: readonly StockMove[],
  rules: AllocationRules,
): Promise<Settled> {
  const shelves = await lockShelves(
    trx,
    moves.map(({ sku }) => sku),
  );
  const order = commit.number;
  const onlyAllocates = moves.every(({ cause }) => cause === 'allocate');
  const held = onlyAllocates ? [] : await readHeld(trx, order);
  const units = unitsFreed(shelves, moves);
  const queue = units.size === 0 ? [] : await readQueue(trx, units, order);
  const books = new Books(order, { shelves, held, queue });
  const { placedAt = new Date(0).toISOString() } = commit.state.context.placement ?? {};
  const settled = settle(books, moves, { rules, placedAt });
  if (settled.outcome !== 'settled') return settled;
  const events = new Map(commit.events.map(({ event }) => [event.id, event]));
  await writeBooks(trx, books, {
    cause: `${order} ${moves.at(-1)?.event ?? ''}`,
    mover(id = '') {
      const event = events.get(id);
      return { actor: event?.actor.name ?? '', at: storedTime(event?.at ?? placedAt) };
    },
  });
  return settled;
}

/** How many units of each SKU may become free by these moves, at most; none where only more is held. */
function unitsFreed(shelves: readonly Shelf[], moves: readonly StockMove[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { cause, sku, quantity } of moves) {
    if (cause === 'allocate' || cause === 'consume') continue;
    const free = shelves.reduce((sum, shelf) => {
      return shelf.sku === sku ? sum + Math.max(0, shelf.inStock - shelf.allocated) : sum;
    }, 0);
    units.set(sku, (units.get(sku) ?? free) + quantity);
  }
  return units;
}
