import type { LineKind } from './table';

/** Who caused an event. `name` is a person, a key, a partner's code or the part of the system. */
export interface Actor {
  readonly role: 'admin' | 'clerk' | 'viewer' | 'storefront' | 'partner' | 'system';
  readonly name: string;
}

/** What every event carries: its lasting id, when (ISO 8601, UTC), who, and which event caused it. */
export interface Stamp {
  readonly id: string;
  readonly at: string;
  readonly actor: Actor;
  readonly cause?: string;
}

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

/** Units of a line; no quantity means all that the command can still reach. */
export interface Units {
  readonly id: string;
  readonly quantity?: number;
}

/** Units of a line, counted. */
export interface CountedUnits {
  readonly id: string;
  readonly quantity: number;
}

export interface Tracking {
  readonly carrier?: string;
  readonly number: string;
}

export type Place = { readonly type: 'place'; readonly placement: Placement };

/** What staff, partners and storefronts may ask of a placed order. */
export type Command =
  | { readonly type: 'set-status'; readonly status: string; readonly note?: string }
  | { readonly type: 'set-line-status'; readonly lines: readonly Units[]; readonly status: string }
  | {
      readonly type: 'record-shipping-event';
      readonly event: string;
      readonly lines?: readonly Units[];
      readonly reference?: string;
      readonly tracking?: Tracking;
      readonly notify?: boolean;
    }
  | {
      readonly type: 'take-payment';
      readonly amount?: number;
      readonly lines?: readonly Units[];
      readonly charges?: readonly string[];
      readonly payment?: string;
      readonly shippingEvent?: string;
    }
  | {
      readonly type: 'refund';
      readonly amount?: number;
      readonly lines?: readonly Units[];
      readonly charges?: readonly string[];
      readonly reason: string;
      readonly payment?: string;
    }
  | { readonly type: 'void'; readonly payment?: string }
  | {
      readonly type: 'record-payment-event';
      readonly event: string;
      readonly amount: number;
      readonly lines?: readonly Units[];
      readonly reference?: string;
      readonly shippingEvent?: string;
    }
  | { readonly type: 'cancel'; readonly lines?: readonly Units[]; readonly reason: string }
  | { readonly type: 'hold'; readonly reason: string; readonly until?: string }
  | { readonly type: 'release-hold' }
  | { readonly type: 'add-note'; readonly text: string };

/** What the world says of a movement of money, by the movement's lasting key. */
export type Answer =
  | {
      readonly type:
        'payment.authorised' | 'payment.captured' | 'payment.refunded' | 'payment.voided';
      readonly key: string;
      readonly reference: string;
      readonly amount: number;
      readonly expiresAt?: string;
    }
  | {
      readonly type: 'payment.declined';
      readonly key: string;
      readonly code: string;
      readonly message: string;
    }
  /** Nothing was sent: the gateway could not be reached at all. */
  | { readonly type: 'payment.unreachable'; readonly key: string; readonly why: string }
  /** Something may have moved: ask by key before sending anything again. */
  | { readonly type: 'payment.unknown'; readonly key: string; readonly why: string };

/** A moment the order was waiting for. */
export interface DeadlineReached {
  readonly type: 'deadline';
  readonly name: string;
}

/** A message that is no command at all, kept so that whoever sent it can be told. */
export interface Malformed {
  readonly type: 'malformed';
  readonly message: unknown;
  /** What is wrong with it, when that is not in the message itself. */
  readonly why?: string;
}

export type OrderEvent = (Place | Command | Answer | DeadlineReached | Malformed) & Stamp;
export type EventOf<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>;
