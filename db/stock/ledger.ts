import type { Knex } from 'knex';
import type { StockCause } from '../../machines/stock';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';

/** One change of a stock record's counters, and what they were after it. */
export interface StockChange {
  readonly id: number;
  readonly sku: string;
  readonly location: string;
  readonly inStockDelta: number;
  readonly allocatedDelta: number;
  readonly cause: StockCause;
  readonly orderNumber: string | null;
  readonly eventId: string | null;
  readonly actor: string;
  readonly note: string | null;
  readonly at: string;
  readonly inStock: number;
  readonly allocated: number;
}

/** One page of the ledger of a SKU, or of one location's record of it, newest first. */
export async function stockLedger(
  knex: Knex,
  sku: string,
  page: Page & { readonly location?: string } = {},
): Promise<Paged<StockChange>> {
  const limit = limitOf(page);
  const query = knex('stock_ledger')
    .where({ sku, ...(page.location !== undefined && { location: page.location }) })
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .select<StockChange[]>({
      ...{ id: 'id', sku: 'sku', location: 'location' },
      ...{ inStockDelta: 'in_stock_delta', allocatedDelta: 'allocated_delta', cause: 'cause' },
      ...{ orderNumber: 'order_number', eventId: 'event_id', actor: 'actor', note: 'note' },
      ...{ at: 'at', inStock: 'in_stock', allocated: 'allocated' },
    });
  if (page.after !== undefined) query.where('id', '<', idIn(page.after));
  return paged((await query) as StockChange[], limit, ({ id }) => [String(id)]);
}

function idIn(cursor: string): number {
  const id = Number(positionIn(cursor, 1)[0]);
  return Number.isSafeInteger(id) ? id : 0;
}
