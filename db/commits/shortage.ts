import type { Commit } from '../../machines/history';
import type { Refusal } from '../../machines/refusals';
import type { Settled, Short } from '../../machines/stock';

type Refused = Extract<Settled, { outcome: 'refused' }>;

const reasons = {
  allocate: { code: 'insufficient-stock', says: 'is not enough net stock', field: 'quantity' },
  consume: {
    code: 'invalid-stock-adjustment',
    says: 'is not in stock and allocated',
    field: 'quantity',
  },
  /** A product that the shop keeps no record of any more has no shelf to go back to. */
  restock: {
    code: 'invalid-stock-adjustment',
    says: 'is no stock record to put it back to',
    field: 'restock',
  },
} as const satisfies Record<Refused['cause'], object>;

function sentence({ line, sku, asked, available, allocated, inStock }: Short): string {
  const why = allocated === undefined ? '' : `: ${allocated} allocated to it, ${inStock} in stock`;
  return `Line ${line}: ${asked} of ${sku} asked, at most ${available} possible${why}.`;
}

/** Why the stock cannot move, with the most that each line could have. */
export function shortage(commit: Commit, { cause, lines }: Refused): Refusal {
  const { code, says } = reasons[cause];
  return {
    code,
    guard: 'stock',
    detail: `Order ${commit.number}: there ${says}. ${lines.map(sentence).join(' ')}`,
    figures: { order: commit.number, lines },
    errors: lines.map((short) => ({
      pointer: pointerTo(commit, cause, short.line),
      detail: sentence(short),
    })),
  };
}

/** Where the request named the line; its root when it named none. */
function pointerTo({ events, state }: Commit, cause: Refused['cause'], line: string): string {
  const isPlacing = events.some(({ event }) => event.type === 'place');
  const named = events.flatMap(
    ({ event }): readonly { readonly id?: string }[] => ('lines' in event && event.lines) || [],
  );
  const lines: readonly { readonly id?: string }[] = isPlacing
    ? (state.context.placement?.lines ?? [])
    : named;
  const position = lines.findIndex(({ id }) => id === line);
  return position === -1 ? '' : `/lines/${position}/${reasons[cause].field}`;
}
