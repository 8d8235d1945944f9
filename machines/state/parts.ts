import type { Override } from '../calls/state';
import type { CountedUnits, Tracking } from '../events';
import type { Capabilities } from '../payment/capabilities';
import type { MovementKind } from '../table';

export interface LineState {
  readonly id: string;
  readonly status: string;
  /** Units of this order's own that the stock record holds for it. */
  readonly allocated: number;
  /** Units that wait for goods to come in. */
  readonly backordered: number;
  readonly consumed: number;
  /** Units among the consumed that came back to the shelf. */
  readonly restocked: number;
  /** Units that passed each shipping and payment event type. */
  readonly passed: Readonly<Record<string, number>>;
}

export interface PaymentState {
  readonly id: string;
  readonly gateway: string;
  readonly method?: string;
  readonly token?: string;
  /** The gateway's reference of the authorisation. */
  readonly reference?: string;
  /** Minor units asked for at placing. */
  readonly requested: number;
  readonly authorised: number;
  readonly captured: number;
  readonly refunded: number;
  readonly voided: number;
  readonly expiresAt?: string;
  readonly authorisedAt?: string;
  /** When its authorisation was voided or ran out. */
  readonly givenUpAt?: string;
  /** What its gateway lets be done with it; as `plainCapabilities` have it when absent. */
  readonly can?: Capabilities;
  /** The payment whose card it holds again. */
  readonly renews?: string;
  /** The end (its `expiresAt`) before which it was made again, or people were warned. */
  readonly renewedFor?: string;
  /** References of money that came in for it outside. */
  readonly receipts?: readonly string[];
}

/** What became of one part of a command that moves money of several payments. */
export interface PartOutcome {
  readonly payment: string;
  /** Minor units. */
  readonly amount: number;
  readonly outcome: 'moved' | 'failed';
  readonly why?: string;
}

/** Money that was asked to move and whose answer is not in yet; the first of the queue is in flight. */
export interface Movement {
  readonly key: string;
  readonly kind: MovementKind;
  readonly payment: string;
  readonly amount: number;
  /** The event that asked for it. */
  readonly cause: string;
  /** The command whose outcome is this movement's; without it the shop owes the movement whatever is answered. */
  readonly command?: string;
  readonly lines?: readonly CountedUnits[];
  readonly charges?: readonly string[];
  readonly shippingEvent?: string;
  readonly reason?: string;
  /** The decision that granted it, where it is a return's money. */
  readonly grant?: string;
  /** A capture that lets go of what it leaves. */
  readonly final?: boolean;
  /** What its command's other parts came to so far. */
  readonly parts?: readonly PartOutcome[];
  /** Those of one chain are sent only as long as each went through. */
  readonly chain?: string;
  /** How often the gateway was asked about it, and when to ask next. */
  readonly asked: number;
  readonly askAt?: string;
}

export interface Shipment {
  readonly id: string;
  readonly event: string;
  readonly at: string;
  readonly lines: readonly CountedUnits[];
  readonly reference?: string;
  readonly tracking?: Tracking;
  readonly override?: Override;
}

export interface Note {
  readonly id: string;
  readonly author: string;
  readonly at: string;
  readonly text: string;
  readonly system: boolean;
  /** When its author last changed it. */
  readonly editedAt?: string;
}

/** A message written for the customer, the newest of its kind and cause. */
export interface Told {
  readonly kind: string;
  /** The shipping event that it speaks of. */
  readonly shippingEvent?: string;
  readonly at: string;
}

export interface Hold {
  readonly reason: string;
  readonly owner: string;
  readonly since: string;
  readonly until?: string;
}

/** A task for people: something about the order that they should look at. */
export interface Attention {
  /** Its name among the order's tasks, for good: `t1`, `t2`, … */
  readonly id: string;
  /** A `TaskReason`, or one of an earlier release. */
  readonly reason: string;
  readonly text: string;
  readonly since: string;
  /** The event that raised it. */
  readonly cause?: string;
}

/** What the order holds of the shelves, and waits for, as a whole. */
export interface Reservation {
  /** When it last took stock; empty for an order that did so before this was remembered. */
  readonly since: string;
  /** The event whose units wait in the queue. */
  readonly queuedBy: string;
  /** When its stock was given back because nobody paid; empty while it has its stock. */
  readonly lapsedAt: string;
}
