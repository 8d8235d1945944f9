import type { Duration } from '../duration';

/** How long a partner may take with one step, each counted from the step's beginning. */
export interface Patience {
  /** When it is reminded; never when absent. */
  readonly remind?: Duration;
  /** When people are asked to look. */
  readonly escalate: Duration;
  /** When it is waited for no longer; for ever when absent. */
  readonly giveUp?: Duration;
}

/** How fulfilment partners are worked with; a shop without it hands nothing over. */
export interface PartnersRule<Line extends string = string> {
  /** From the hand-over to the partner's answer. The registry may say otherwise for one partner. */
  readonly accept: Patience;
  /** From the answer, or from the hand-over to a partner that gives none, to the last of its units. */
  readonly ship: Patience;
  /** What follows a partner's no; people decide when absent. Where nobody else can take over, they do too. */
  readonly whenDeclined?: 'people' | 'reroute' | 'cancel';
  /** What follows when a partner has not answered for as long as it may; the order is held when absent. */
  readonly whenSilent?: 'hold' | 'reroute';
  /** Who may send what a partner does not, in this order, by the partner's code. */
  readonly routes?: { readonly [partner: string]: readonly string[] };
  readonly lines?: {
    /** Where a line goes when its partner accepts it, if its own pipeline permits. */
    readonly accepted?: Line;
  };
  /** For how long a message that the order cannot take yet is kept to be tried again. */
  readonly park: Duration;
}
