import type { Knex } from 'knex';
import type { Books, Shelf } from '../../machines/stock';
import type { Part } from '../commits/statement';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';
import { insert, part } from './parts';

/** Net stock of a record fell to its threshold; closed once goods came in. */
export interface StockAlert {
  readonly id: number;
  readonly sku: string;
  readonly location: string;
  readonly threshold: number;
  /** Net stock when it opened. */
  readonly net: number;
  readonly openedAt: string;
  readonly closedAt: string | null;
}

const alert = { sku: 'text', location: 'text', threshold: 'bigint', net: 'bigint' };
const place = { sku: 'text', location: 'text' };

type Mark = Pick<Shelf, 'inStock' | 'allocated' | 'threshold'>;

function isLow({ inStock, allocated, threshold }: Mark): boolean {
  return threshold !== null && inStock - allocated <= threshold;
}

/**
 * A low-stock alert opens when net stock falls to the threshold, once: units given back by an order
 * leave it open, goods that come in close it. `counted` records are looked at whatever has changed.
 */
export function alertParts(books: Books, counted: readonly Shelf[] = []): Part[] {
  const at = ({ sku, location }: Shelf) =>
    books.entries.filter((each) => each.sku === sku && each.location === location);
  const wasLow = (shelf: Shelf) => {
    const [first] = at(shelf);
    if (!first) return false;
    const inStock = first.inStock - first.inStockDelta;
    return isLow({ ...shelf, inStock, allocated: first.allocated - first.allocatedDelta });
  };
  const isCounted = ({ sku, location }: Shelf) =>
    counted.some((each) => each.sku === sku && each.location === location);
  const { shelves } = books;
  const opened = shelves.filter(
    (shelf) => isLow(shelf) && (isCounted(shelf) || (at(shelf).length > 0 && !wasLow(shelf))),
  );
  const closed = shelves.filter(
    (shelf) =>
      !isLow(shelf) && (isCounted(shelf) || at(shelf).some(({ inStockDelta }) => inStockDelta > 0)),
  );
  const rows = opened.map(({ sku, location, threshold, inStock, allocated }) => {
    return { sku, location, threshold, net: inStock - allocated };
  });
  const once = 'on conflict (sku, location) where closed_at is null do nothing';
  return [
    ...insert('stock_alerts', rows, alert, once),
    ...part('closed', closed, place, (given) => {
      return `update stock_alerts as a set closed_at = now() from ${given}
        where a.sku = n.sku and a.location = n.location and a.closed_at is null`;
    }),
  ];
}

/** One page of the alerts, newest first; open ones only, closed ones only, or all. */
export async function listAlerts(
  knex: Knex,
  { open, sku }: { readonly open?: boolean; readonly sku?: string } = {},
  page: Page = {},
): Promise<Paged<StockAlert>> {
  const limit = limitOf(page);
  const query = knex('stock_alerts')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .select<StockAlert[]>({
      ...{ id: 'id', sku: 'sku', location: 'location', threshold: 'threshold', net: 'net' },
      ...{ openedAt: 'opened_at', closedAt: 'closed_at' },
    });
  if (open !== undefined) query.whereRaw(`closed_at is ${open ? '' : 'not '}null`);
  if (sku !== undefined) query.where({ sku });
  if (page.after !== undefined) query.where('id', '<', Number(positionIn(page.after, 1)[0]) || 0);
  return paged((await query) as StockAlert[], limit, ({ id }) => [String(id)]);
}

/** How many records are low and not yet restocked. */
export async function openAlerts(knex: Knex): Promise<number> {
  const rows = (await knex('stock_alerts').whereNull('closed_at').count()) as { count: unknown }[];
  return Number(rows[0]?.count ?? 0);
}
