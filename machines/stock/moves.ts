/** The most that a stock record may have. */
export const MOST_STOCK = 1_000_000_000_000;

/** Why a counter of a stock record changes. */
export type StockCause =
  | 'stocktake'
  | 'receipt'
  | 'write-off'
  | 'removal'
  | 'allocate'
  | 'consume'
  | 'release'
  | 'expire'
  | 'restock'
  | 'reconcile';

/**
 * What an order does with units of a SKU.
 *
 * - `allocate`: holds them; `consume`: they leave; `release`, `expire`: the hold is given back.
 * - `backorder`: waits for them; `forgo`: waits for them no more.
 * - `restock`: they came back and may be sold again.
 */
export interface StockMove {
  readonly cause: 'allocate' | 'consume' | 'release' | 'expire' | 'backorder' | 'forgo' | 'restock';
  readonly line: string;
  readonly sku: string;
  readonly quantity: number;
  readonly event: string;
  /** Where they leave or come back; otherwise where they are held, by priority. */
  readonly location?: string;
  /** The rule that chooses where they are held. */
  readonly rule?: string;
  /**
   * What an allocation does when not everything is there: `refuse` it; or `leave` what neither is there
   * nor may wait. Absent: the rest waits where its record allows back-orders, else it is refused.
   */
  readonly ifShort?: 'refuse' | 'leave';
}

/** A stock record, locked. */
export interface Shelf {
  readonly sku: string;
  readonly location: string;
  readonly priority: number;
  readonly inStock: number;
  readonly allocated: number;
  readonly backorders: boolean;
  readonly threshold: number | null;
}

/** What a location holds, and has sent, for one line of the order. */
export interface Held {
  readonly line: string;
  readonly sku: string;
  readonly location: string;
  readonly allocated: number;
  readonly consumed: number;
}

/** Units that a line waits for, of this order or another. */
export interface Waiting {
  /** Absent until it is stored. */
  readonly id?: number;
  readonly order: string;
  readonly line: string;
  readonly sku: string;
  readonly waiting: number;
  /** The event that queued them. */
  readonly event: string;
  /** ISO 8601, UTC: the oldest is served first. */
  readonly placedAt: string;
}
