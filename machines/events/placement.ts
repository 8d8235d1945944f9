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

export interface Discount extends Price {
  /** `basket` lowers the lines, `shipping` the shipping charge, `deferred` nothing now. */
  readonly kind: 'basket' | 'shipping' | 'deferred';
  readonly name: string;
  readonly code?: string;
  readonly voucher?: string;
}

/** A charge beside the lines, taken once and chosen by its code. */
export interface Charge extends Price {
  readonly code: string;
  readonly name: string;
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
  readonly payments: readonly PlacedPayment[];
  readonly status: string;
  /** Tells the same request again from another order that uses its number. */
  readonly fingerprint?: string;
}
