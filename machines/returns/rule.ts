import type { Duration } from '../duration';

/** What the customer is told at a step of a return. */
type ReturnMessages<Message extends string> = readonly { readonly send: Message }[];

/** How goods come back. */
export interface ReturnsRule<Message extends string = string> {
  /** How long after it left a unit can be asked back; for ever when absent. */
  readonly within?: Duration;
  /** How long an authorised return is waited for before people are told; for ever when absent. */
  readonly expectWithin?: Duration;
  /** Whether good units go back to the shelf where the receipt does not say. */
  readonly restock?: boolean;
  /** Whether the shipping charge goes back with the last unit. */
  readonly refundShipping?: boolean;
  /** Whether a return may be exchanged before it has come. */
  readonly exchangeInAdvance?: boolean;
  readonly requested?: ReturnMessages<Message>;
  readonly authorised?: ReturnMessages<Message>;
  readonly declined?: ReturnMessages<Message>;
  readonly received?: ReturnMessages<Message>;
  readonly refunded?: ReturnMessages<Message>;
  readonly exchanged?: ReturnMessages<Message>;
}

/** The steps of a return that the customer can be told of. */
export const returnSteps = [
  ...(['requested', 'authorised', 'declined', 'received', 'refunded', 'exchanged'] as const),
] as const satisfies readonly (keyof ReturnsRule)[];
