/** A card of the sandbox, and what a life may expect of it. */
export interface Card {
  readonly token: string;
  /** How often it comes up, compared with the others. */
  readonly weight: number;
  /** Nothing is ever held on it. */
  readonly declines?: true;
  /** All that is owed is captured at once; what one capture leaves could not be captured by another. */
  readonly inOneGo?: true;
  /** What is not all of it is refused. */
  readonly wholeOnly?: true;
}

/**
 * Every character of `docs/sandbox-gateway.md` that an order can live with to its end; `tok_unknown` cannot,
 * because only people can say what became of its money.
 */
export const cards: readonly Card[] = [
  { token: 'tok_ok', weight: 6 },
  { token: 'tok_timeout_after_charge', weight: 3 },
  { token: 'tok_timeout_before_charge', weight: 3 },
  { token: 'tok_fails_twice', weight: 3 },
  { token: 'tok_slow', weight: 3 },
  { token: 'tok_sends_callbacks_twice', weight: 2 },
  { token: 'tok_expires_259200', weight: 1 },
  { token: 'tok_tells_late_5', weight: 2 },
  { token: 'tok_not_renewable', weight: 1 },
  { token: 'tok_renewal_declined', weight: 1 },
  { token: 'tok_captures_once', weight: 2, inOneGo: true },
  { token: 'tok_no_partial', weight: 2, inOneGo: true, wholeOnly: true },
  { token: 'tok_declined', weight: 1, declines: true },
  { token: 'tok_insufficient', weight: 1, declines: true },
  { token: 'tok_of_no_card', weight: 1, declines: true },
];
