import type { Actor, CountedUnits, Download, Price } from '../events';
import type { Fact } from '../facts';

/** The version of everything in this file; a change that a receiver could notice is a new one. */
export const WEBHOOKS = 1;

type Of<T extends Fact['type'], Field extends keyof Extract<Fact, { type: T }>> = readonly Pick<
  Extract<Fact, { type: T }>,
  Field
>[];

interface Step {
  readonly from: string;
  readonly to: string;
}

/**
 * What each type of webhook says besides which order it is about; amounts are minor units of the currency.
 * No name, address or words of a customer's, no token, no link, no text for staff: who needs them asks the API.
 */
export interface WebhookData {
  'order.placed': {
    readonly placedAt: string;
    readonly source?: string;
    readonly currency: string;
    readonly total: Price;
    readonly lines: readonly (CountedUnits & { readonly sku: string })[];
  };
  'order.status-changed': Step;
  'order.line-status-changed': { readonly lines: readonly (Step & { readonly id: string })[] };
  'order.shipping-event': {
    readonly events: Of<'shipping-event', 'id' | 'event' | 'lines' | 'reference' | 'tracking'>;
  };
  'order.digital-delivered': {
    readonly downloads: readonly Pick<Download, 'line' | 'name'>[];
  };
  'order.payment-event': {
    readonly currency: string;
    readonly events: Of<
      'payment-event',
      'event' | 'kind' | 'payment' | 'gateway' | 'amount' | 'reference' | 'lines' | 'reason'
    >;
  };
  'order.payment-failed': {
    readonly currency: string;
    readonly movements: Of<'payment-failed', 'kind' | 'payment' | 'amount' | 'code'>;
  };
  'order.payment-outcome-unknown': {
    readonly currency: string;
    readonly movements: Of<'payment-outcome-unknown', 'kind' | 'payment' | 'amount'>;
  };
  'order.refund-decided': {
    readonly currency: string;
    readonly refunds: Of<'refund-decided', 'id' | 'amount' | 'reason' | 'return' | 'lines'>;
  };
  'order.return-requested': {
    readonly returns: Of<'return-requested', 'return' | 'lines' | 'reason'>;
  };
  'order.return-authorised': { readonly returns: Of<'return-authorised', 'return' | 'expectedBy'> };
  'order.return-declined': { readonly returns: Of<'return-declined', 'return' | 'reason'> };
  'order.return-received': {
    readonly returns: Of<'return-received', 'return' | 'shippingEvent' | 'lines'>;
  };
  'order.return-refunded': {
    readonly currency: string;
    readonly returns: Of<'return-refunded', 'return' | 'amount'>;
  };
  'order.return-closed': { readonly returns: Of<'return-closed', 'return' | 'reason'> };
  'order.exchanged': { readonly exchanges: Of<'exchange-placed', 'return' | 'number'> };
  'order.handed-over': {
    readonly handOvers: Of<'handed-over', 'handOver' | 'partner' | 'lines' | 'instead'>;
  };
  'order.hand-over-moved': {
    readonly handOvers: Of<'hand-over-moved', 'handOver' | 'partner' | 'stage' | 'lines'>;
  };
  'order.held': Pick<Extract<Fact, { type: 'held' }>, 'reason' | 'until'>;
  'order.hold-released': Readonly<Record<never, never>>;
  'order.task-raised': { readonly tasks: Of<'attention', 'id' | 'reason'> };
  'order.task-resolved': { readonly tasks: Of<'attention-resolved', 'id' | 'reason' | 'by'> };
}

export type WebhookType = keyof WebhookData;

/** One webhook but for its own id and its number among those that an endpoint gets about an order. */
export interface Told<T extends WebhookType = WebhookType> {
  readonly type: T;
  readonly version: typeof WEBHOOKS;
  /** When it happened: ISO 8601. */
  readonly at: string;
  /** Its place in the order's history, and the order's status after it. */
  readonly order: { readonly number: string; readonly seq: number; readonly status: string };
  readonly actor: Pick<Actor, 'role'>;
  /** The id of the event that it tells of, and of the one that led to it. */
  readonly event: string;
  readonly cause?: string;
  readonly data: WebhookData[T];
}

/** A webhook as it is sent. */
export type Webhook<T extends WebhookType = WebhookType> = Told<T> & {
  /** Lasting: the same at every attempt; also the header `webhook-id`. */
  readonly id: string;
  /** Counts what this endpoint was told of this order: 1, 2, … without a gap. */
  readonly sequence: number;
};

/** What is sent to try an endpoint; it is about no order. */
export const PING = 'ping';

export interface Ping {
  readonly id: string;
  readonly type: typeof PING;
  readonly version: typeof WEBHOOKS;
  readonly at: string;
  readonly data: { readonly endpoint: string };
}
