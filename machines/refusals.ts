/** Why an event was not accepted; codes are the API's problem codes. */
export type RefusalCode =
  | 'validation'
  | 'not-found'
  | 'forbidden'
  | 'number-taken'
  | 'invalid-order'
  | 'invalid-order-status'
  | 'invalid-line-status'
  | 'invalid-shipping-event'
  | 'invalid-payment-event'
  | 'invalid-return'
  | 'invalid-hand-over'
  | 'insufficient-stock'
  | 'voucher-used'
  | 'invalid-stock-adjustment'
  | 'payment-declined'
  | 'payment-outcome-unknown'
  | 'gateway-unavailable'
  | 'precondition-failed'
  | 'cannot-renew'
  | 'on-hold'
  | 'command-waits'
  | 'undone'
  | 'not-on-hold'
  | 'no-such-task'
  | 'already-sent'
  | 'cannot-tell'
  | 'note-closed';

/** One offending place in the request: a JSON pointer and a sentence. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** An expected "no": the guard that said so, on what figures, and what would be accepted. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: string;
  readonly guard: string;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly allowed?: readonly string[];
  readonly errors?: readonly Fault[];
}

/** Names the guard beside what it found wrong; a guard with nothing to say lets the event pass. */
export type Objection = Omit<Refusal, 'guard' | 'figures'> & {
  readonly figures?: Readonly<Record<string, unknown>>;
};

export function refusal(guard: string, objection: Objection): Refusal {
  return { guard, ...objection, figures: objection.figures ?? {} };
}

/** `['a', 'b']` as "a, b", and none as "nothing". */
export function listed(words: readonly string[]): string {
  return words.length === 0 ? 'nothing' : words.join(', ');
}
