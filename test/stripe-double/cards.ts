/** How a payment method of the double behaves; everything works where nothing is said. */
export interface Card {
  readonly declines?: {
    readonly code: string;
    readonly decline_code?: string;
    readonly message: string;
  };
  readonly multicapture?: boolean;
  /** Kept for this customer. */
  readonly customer?: string;
  /** Declined when its holder is not there. */
  readonly wantsHolder?: boolean;
  /** Asks its holder to confirm. */
  readonly wantsAction?: boolean;
  /**
   * What becomes of a request that moves money, once per key: its answer is lost, it is lost itself, it fails
   * on Stripe's side and that is its answer for good, or it moves and nobody is told anything any more.
   */
  readonly fault?: 'answer-lost' | 'request-lost' | 'fails' | 'silent';
}

const message = 'Your card was declined.';

export const cards: Readonly<Record<string, Card>> = {
  pm_good: { multicapture: true },
  pm_once: {},
  pm_declined: { declines: { code: 'card_declined', decline_code: 'generic_decline', message } },
  pm_insufficient: {
    declines: {
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    },
  },
  pm_quoted: { declines: { code: 'card_declined', message: 'The card pm_quoted was declined.' } },
  pm_confirms: { wantsAction: true },
  pm_kept: { multicapture: true, customer: 'cus_ada' },
  pm_kept_once: { customer: 'cus_ada' },
  pm_kept_but_wants_holder: { multicapture: true, customer: 'cus_ada', wantsHolder: true },
  pm_answer_lost: { multicapture: true, fault: 'answer-lost' },
  pm_request_lost: { multicapture: true, fault: 'request-lost' },
  pm_fails: { multicapture: true, fault: 'fails' },
  pm_silent: { multicapture: true, fault: 'silent' },
};
