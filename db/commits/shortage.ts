import type { Commit } from '../../machines/history';
import type { Refusal } from '../../machines/refusals';
import { MOST_ALLOCATED, type Found, type StockMove } from './stock-moves';

interface Short {
  readonly line: string;
  readonly sku: string;
  readonly asked: number;
  readonly available: number;
}

const reasons = {
  allocate: {
    code: 'insufficient-stock',
    says: 'is not enough net stock',
    available: ({ in_stock, allocated, backorders }: Found) =>
      (backorders ? MOST_ALLOCATED : in_stock) - allocated,
  },
  consume: {
    code: 'invalid-stock-adjustment',
    says: 'is not in stock and allocated',
    available: ({ in_stock, allocated }: Found) => Math.min(in_stock, allocated),
  },
  /** A product that the shop keeps no record of any more has no shelf to go back to. */
  restock: {
    code: 'invalid-stock-adjustment',
    says: 'is no stock record to put it back to',
    available: ({ in_stock }: Found) => MOST_ALLOCATED - in_stock,
  },
} as const;

/**
 * Why the stock cannot move, with the most that each line could have; undefined when it can. Lines of
 * one sku are served in order, so that the maxima it names can all be had together.
 */
export function shortage(
  commit: Commit,
  moves: readonly StockMove[],
  found: readonly Found[],
): Refusal | undefined {
  for (const cause of ['allocate', 'consume', 'restock'] as const) {
    const short = shortLines(
      moves.filter((move) => move.cause === cause),
      found,
      cause,
    );
    if (short.length > 0) return refusal(commit, cause, short);
  }
  return undefined;
}

function shortLines(
  moves: readonly StockMove[],
  found: readonly Found[],
  cause: keyof typeof reasons,
): Short[] {
  const { available } = reasons[cause];
  const left = new Map(found.map((record) => [record.sku, Math.max(0, available(record))]));
  return moves.flatMap(({ line, sku, quantity }) => {
    const most = left.get(sku) ?? 0;
    left.set(sku, most - Math.min(most, quantity));
    return quantity > most ? { line, sku, asked: quantity, available: most } : [];
  });
}

function refusal(commit: Commit, cause: keyof typeof reasons, short: readonly Short[]): Refusal {
  const { code, says } = reasons[cause];
  const sentences = short.map(
    ({ line, sku, asked, available }) =>
      `Line ${line}: ${asked} of ${sku} asked, at most ${available} possible.`,
  );
  return {
    code,
    guard: 'stock',
    detail: `Order ${commit.number}: there ${says}. ${sentences.join(' ')}`,
    figures: { order: commit.number, lines: short },
    errors: short.map(({ line }, index) => ({
      pointer: pointerTo(commit, cause, line),
      detail: sentences[index] ?? '',
    })),
  };
}

/** Where the request named the line; its root when it named none. */
function pointerTo({ events, state }: Commit, cause: keyof typeof reasons, line: string): string {
  const named = events.flatMap(
    ({ event }): readonly { readonly id?: string }[] => ('lines' in event && event.lines) || [],
  );
  const lines: readonly { readonly id?: string }[] =
    cause === 'allocate' ? (state.context.placement?.lines ?? []) : named;
  const position = lines.findIndex(({ id }) => id === line);
  const field = cause === 'restock' ? 'restock' : 'quantity';
  return position === -1 ? '' : `/lines/${position}/${field}`;
}
