import type { Duration } from './duration';
import type { AuthorisationsRule } from './authorisations/rule';
import type { PartnersRule } from './partners/rule';
import type { NumberScheme, VoucherRule } from './placing/rule';
import type { ReturnsRule } from './returns/rule';
import type { StockRule } from './stock/rule';
import type { UndoRule } from './undoing/rule';

export { milliseconds, type Duration } from './duration';
export { returnSteps } from './returns/rule';

/** What JSON can say. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json };

/**
 * Something the shop owes whenever a status is entered or an event is recorded.
 *
 * - `cancel-units`: every unit neither dispatched nor cancelled is cancelled.
 * - `capture`: what the order owes and the cards allow is captured (for an event: its own units).
 * - `void`: authorisations that no longer cover anything owed are given up.
 * - `refund`: what was captured beyond what the order owes goes back.
 * - `release` / `consume`: the stock still held is given back / leaves the building.
 * - `hand-over`: what no partner was asked for yet, its lines' partners are asked to send.
 * - `send`: the customer is told, once for this cause.
 * - `call`: one of the shop's own effects is called, once for this cause; `with` goes along.
 */
export type Obligation<Message extends string = string, Effect extends string = string> =
  | 'cancel-units'
  | 'capture'
  | 'void'
  | 'refund'
  | 'release'
  | 'consume'
  | 'hand-over'
  | { readonly send: Message }
  | { readonly call: Effect; readonly with?: Json };

/** How a status looks wherever it is shown. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

export interface OrderStatusRule<
  Order extends string,
  Line extends string,
  Message extends string,
  Effect extends string = string,
> {
  /** The statuses that may follow; none ends the order. */
  readonly next: readonly Order[];
  /** The cascade: each line whose own pipeline permits it moves here too. */
  readonly lines?: Line;
  /** Where the order goes by itself when nothing is left to pay. */
  readonly whenPaid?: Order;
  /** Where it goes when every unit that is not cancelled has been dispatched. */
  readonly whenShipped?: Order;
  /** Where it goes when every partner that it was handed over to has accepted. */
  readonly whenAccepted?: Order;
  /** Where it goes when every unit has been cancelled; without it, cancelling is refused here. */
  readonly whenCancelled?: Order;
  /** Where it goes when nobody has authorised or paid anything for so long. */
  readonly whenUnpaid?: { readonly after: Duration; readonly to: Order };
  /** How long an order usually stays at most; beyond it people are asked to look, once. */
  readonly usually?: Duration;
  readonly enter?: readonly Obligation<Message, Effect>[];
  readonly tone?: Tone;
}

export interface LineStatusRule<Line extends string> {
  readonly next: readonly Line[];
  readonly tone?: Tone;
}

export interface ShippingEventRule<
  Order extends string,
  Line extends string,
  Shipping extends string,
  Message extends string,
  Effect extends string = string,
> {
  /** The order statuses in which it may be recorded. */
  readonly during: readonly Order[];
  /** Each unit must have passed these. */
  readonly after?: readonly Shipping[];
  /** No unit may have passed these. */
  readonly before?: readonly Shipping[];
  /** What it means for a unit: it has left, it never will, or it came back. */
  readonly means?: 'dispatched' | 'cancelled' | 'returned';
  /** Lines of these kinds only; all kinds when absent. */
  readonly kinds?: readonly LineKind[];
  /** Where a line goes once all of it that is not cancelled has passed. */
  readonly lineStatus?: Line;
  readonly stock?: 'consume' | 'release';
  /** The money that must be there for each unit: held on a card or paid, or paid. */
  readonly requires?: 'authorised' | 'paid';
  /** Asked of the digital provider as soon as its units may pass, and recorded when it has delivered. */
  readonly fulfilledBy?: 'provider';
  readonly obliges?: readonly Obligation<Message, Effect>[];
}

export interface PaymentEventRule<Message extends string = string, Effect extends string = string> {
  readonly means: MovementKind;
  /** Owed whenever such an event is recorded, by a gateway or by hand. */
  readonly obliges?: readonly Extract<Obligation<Message, Effect>, object>[];
}

/** A parcel service. */
export interface Carrier {
  /** As customers know it. */
  readonly name: string;
  /** Where a parcel is followed; `{number}` stands for its tracking number. */
  readonly track?: string;
}

/** What follows from the answer of one of the shop's own effects. */
export interface Aftermath<Order extends string, Message extends string, Effect extends string> {
  readonly obliges?: readonly Obligation<Message, Effect>[];
  /** Where the order goes, if it may go there from where it is by then; else people are asked to look. */
  readonly become?: Order;
}

/** One of the shop's own effects: code of the shop that is run by the worker, once for each call. */
export interface EffectRule<
  Order extends string = string,
  Message extends string = string,
  Effect extends string = string,
> {
  /** What it does, for people: "registers the warranty". */
  readonly says: string;
  readonly whenDone?: Aftermath<Order, Message, Effect>;
  /** People are asked to look, unless something else is given. */
  readonly whenFailed?: 'attention' | Aftermath<Order, Message, Effect>;
  /** For how long it is tried; a day when absent. */
  readonly within?: Duration;
}

/** Who may go over a rule between shipping events, with a reason. */
export interface Overrides {
  readonly roles: readonly ('admin' | 'clerk' | 'partner' | 'system')[];
}

export type LineKind = 'physical' | 'digital';
export type MovementKind = 'authorise' | 'capture' | 'refund' | 'void';

/** All that makes one shop different from another, as data. */
export interface Table<
  Order extends string = string,
  Line extends string = string,
  Shipping extends string = string,
  Payment extends string = string,
  Message extends string = string,
  Effect extends string = string,
> {
  readonly name: string;
  /** Raised by the shop whenever it edits the table; shown beside each order. */
  readonly revision: number;
  readonly orders: {
    readonly initial: NoInfer<Order>;
    readonly statuses: {
      readonly [status in Order]: OrderStatusRule<
        NoInfer<Order>,
        NoInfer<Line>,
        NoInfer<Message>,
        NoInfer<Effect>
      >;
    };
  };
  readonly lines: {
    readonly initial: NoInfer<Line>;
    readonly statuses: { readonly [status in Line]: LineStatusRule<NoInfer<Line>> };
  };
  readonly shippingEvents: {
    readonly [type in Shipping]: ShippingEventRule<
      NoInfer<Order>,
      NoInfer<Line>,
      NoInfer<Shipping>,
      NoInfer<Message>,
      NoInfer<Effect>
    >;
  };
  readonly paymentEvents: {
    readonly [type in Payment]: PaymentEventRule<NoInfer<Message>, NoInfer<Effect>>;
  };
  /** How goods come back; where a shipping event means returned they always may. */
  readonly returns?: ReturnsRule<NoInfer<Message>>;
  readonly messages: readonly Message[];
  /** The shop's own effects, by name; their code is in a module beside the table. */
  readonly effects?: {
    readonly [name in Effect]: EffectRule<NoInfer<Order>, NoInfer<Message>, NoInfer<Effect>>;
  };
  /** Parcel services by the code that tracking names. */
  readonly carriers?: { readonly [code: string]: Carrier };
  /** Who may override; an admin when absent. */
  readonly overrides?: Overrides;
  /** Gateways a payment may name, besides `offline`. */
  readonly gateways: readonly string[];
  /** Absent, an authorisation that ends unused holds its order, and nobody is warned before. */
  readonly authorisations?: AuthorisationsRule;
  /** Commands that wait before they are done, and can be undone while they do. */
  readonly undo?: UndoRule;
  readonly numbers: NumberScheme;
  /** Vouchers are kept to their limits; absent, their codes are remembered and nothing more. */
  readonly vouchers?: VoucherRule;
  /** Commands that a hold blocks. */
  readonly holdBlocks: readonly BlockableCommand[];
  readonly stock?: StockRule;
  /** Fulfilment partners who are asked to send their lines; without it nothing is handed over. */
  readonly partners?: PartnersRule<NoInfer<Line>>;
}

export type BlockableCommand =
  | 'set-status'
  | 'set-line-status'
  | 'record-shipping-event'
  | 'take-payment'
  | 'cancel'
  | 'refund'
  | 'request-return'
  | 'authorise-return'
  | 'receive-return'
  | 'exchange';

/** A table whose own words no longer matter to the compiler: what travels with an order. */
export type Shop = Table;

/** A shop whose own effects are known to the compiler by name, so that their code is held to them. */
export type ShopCalling<Effect extends string> = Shop & {
  readonly effects?: { readonly [name in Effect]: EffectRule };
};

/** Gives the table back as a `Shop`; a status, event, message or effect that it does not define does not compile. */
export function defineShop<
  const Order extends string,
  const Line extends string,
  const Shipping extends string,
  const Payment extends string,
  const Message extends string,
  const Effect extends string = never,
>(table: Table<Order, Line, Shipping, Payment, Message, Effect>): ShopCalling<Effect> {
  // Every literal union is a subset of string, but key positions are invariant for the compiler.
  return table as unknown as ShopCalling<Effect>;
}
