/**
 * Which orders; every part given must hold, and of a list any one value. Dates are ISO 8601, from
 * inclusive, to exclusive; amounts are minor units.
 */
export interface OrderFilter {
  readonly status?: readonly string[];
  readonly payment?: readonly string[];
  /** Words of a shipping summary: `none`, `cancelled`, a type that is complete, or `in progress`. */
  readonly shipping?: readonly string[];
  readonly hold?: boolean;
  readonly needsAttention?: boolean;
  /** Reasons of tasks that are open. */
  readonly attention?: readonly string[];
  /** Whether a return of it is still to be worked on. */
  readonly openReturns?: boolean;
  /** One and the same line has to have all that is asked of lines. */
  readonly partner?: readonly string[];
  readonly sku?: readonly string[];
  readonly upc?: readonly string[];
  /** Beginnings of words of a line's title. */
  readonly title?: string;
  /** A part of the customer's e-mail or name, whatever its case and accents. */
  readonly customer?: string;
  /** How the number begins. */
  readonly number?: string;
  readonly voucher?: readonly string[];
  readonly method?: readonly string[];
  readonly gateway?: readonly string[];
  readonly currency?: readonly string[];
  readonly source?: readonly string[];
  readonly placedFrom?: string;
  readonly placedTo?: string;
  readonly updatedFrom?: string;
  readonly updatedTo?: string;
  readonly totalFrom?: number;
  readonly totalTo?: number;
  /**
   * Words that must all be found in the order: its number, customer, SKUs, UPCs, titles, vouchers,
   * gateway references and tracking numbers.
   */
  readonly q?: string;
  /** Whatever else is asked, only orders with a line of this partner's, searched only in what it may see. */
  readonly onlyPartner?: string;
}

export type OrderSort = 'newest' | 'oldest' | 'updated' | 'largest';

/** How a list is sorted unless it is said. */
export function usualSort({ updatedFrom, updatedTo }: OrderFilter): OrderSort {
  return updatedFrom !== undefined || updatedTo !== undefined ? 'updated' : 'newest';
}
