import type { Capabilities } from '../payment/capabilities';
import type { LineKind } from '../table';

/** An amount of money before and after tax, in minor units. */
export interface Price {
  readonly exclTax: number;
  readonly inclTax: number;
}

export interface PlacedLine {
  readonly id: string;
  readonly sku: string;
  readonly upc?: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: Price;
  /** Units at different prices, in order; their quantities add up to the line's. */
  readonly priceBreakdown: readonly (Price & { readonly quantity: number })[];
  readonly partner?: string;
  readonly partnerSku?: string;
  readonly partnerReference?: string;
  readonly notes?: string;
  readonly kind: LineKind;
  readonly trackStock: boolean;
  /** What all its units come to before discounts; checked against the breakdown. */
  readonly total?: Price;
  /** The name of the tax in it, one of the placement's `taxes`. */
  readonly tax?: string;
}

export interface Address {
  readonly name?: string;
  readonly lines?: readonly string[];
  readonly city?: string;
  readonly region?: string;
  readonly postcode?: string;
  readonly country?: string;
  readonly phone?: string;
}

/** A line that a discount lowers, and by how much of it; without amounts it is spread by price. */
export interface LoweredLine extends Partial<Price> {
  readonly id: string;
}

export interface Discount extends Price {
  /** `basket` lowers the lines, `shipping` the shipping charge, `deferred` nothing now. */
  readonly kind: 'basket' | 'shipping' | 'deferred';
  readonly name: string;
  readonly code?: string;
  readonly voucher?: string;
  /** The voucher is good for one order, also when the shop knows nothing of it. */
  readonly singleUse?: boolean;
  /** The lines that a basket discount lowers; all of them when absent. */
  readonly lines?: readonly LoweredLine[];
  readonly tax?: string;
}

/** A charge beside the lines, taken once and chosen by its code. */
export interface Charge extends Price {
  readonly code: string;
  readonly name: string;
  readonly tax?: string;
}

/** A tax of the order by its name, and how much of the total it is. */
export interface Tax {
  readonly name: string;
  /** Per cent, as shown to people; nothing is worked out from it. */
  readonly rate?: number;
  readonly amount: number;
}

/** Sums as the storefront worked them out, each checked against what it is made of. */
export interface StatedTotals {
  readonly lines?: Price;
  readonly discounts?: Price;
  readonly shipping?: Price;
  readonly surcharges?: Price;
  readonly tax?: number;
}

export interface PlacedPayment {
  readonly gateway: string;
  readonly method?: string;
  readonly token?: string;
  /** What to authorise, in minor units; the order's total when absent. */
  readonly amount?: number;
  /** An authorisation made elsewhere: the gateway's reference for it, and how much. */
  readonly reference?: string;
  readonly authorised?: number;
  readonly expiresAt?: string;
  /** What may be done with it, where it was made elsewhere. */
  readonly can?: Capabilities;
}

/** What the storefront and the customer agreed; it never changes. */
export interface Placement {
  readonly number: string;
  readonly currency: string;
  readonly placedAt: string;
  readonly source?: string;
  readonly customer: { readonly email?: string; readonly name?: string; readonly guest?: boolean };
  readonly shippingAddress?: Address;
  readonly billingAddress?: Address;
  readonly lines: readonly PlacedLine[];
  readonly shipping?: Charge;
  readonly discounts: readonly Discount[];
  readonly surcharges: readonly Charge[];
  readonly total: Price;
  readonly totals?: StatedTotals;
  readonly taxes?: readonly Tax[];
  readonly payments: readonly PlacedPayment[];
  readonly status: string;
  /** The order, and its return, that this one takes the place of. */
  readonly exchangeOf?: { readonly order: string; readonly return: string };
  /** Tells the same request again from another order that uses its number. */
  readonly fingerprint?: string;
}
