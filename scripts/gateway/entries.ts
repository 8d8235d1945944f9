/** What a card gateway can do with money. */
export type Kind = 'authorisation' | 'capture' | 'refund' | 'void';

interface Sent {
  kind: Kind;
  /** The Idempotency-Key the request came under. */
  key: string;
  /** Hash of the request; tells a repeated request from another one under the same key. */
  fingerprint: string;
  order: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** A request that failed or hung before anything was decided; it only counts. */
export interface Attempt extends Sent {
  entry: 'attempt';
}

interface Decided extends Sent {
  /** Minor units; for a void what was still held, 0 if it was declined. */
  amount: number;
  currency: string;
  /** The authorisation it belongs to; a movement of kind authorisation names itself. */
  authorisation?: string | undefined;
  /** The capture a refund names. */
  capture?: string | undefined;
  /** Captures: what is left of the authorisation is released. */
  final?: boolean | undefined;
  /** The card; authorisations only, and of a renewal that of what it renews. */
  token?: string | undefined;
  /** The authorisation that this one renews. */
  renews?: string | undefined;
}

/** Money that was really moved or held. */
export interface Movement extends Decided {
  entry: 'moved';
  reference: string;
  authorisation: string;
  /** Authorisations: the end of their life, ISO 8601. */
  expiresAt?: string | undefined;
  payment?: string | undefined;
  callbackUrl?: string | undefined;
}

/** A request that was refused for good under its key. */
export interface Decline extends Decided {
  entry: 'declined';
  code: DeclineCode;
  message: string;
}

export type Outcome = Movement | Decline;

/** One line of the journal. */
export type Entry = Attempt | Outcome;

export type DeclineCode =
  | 'card_declined'
  | 'insufficient_funds'
  | 'invalid_token'
  | 'not_renewable'
  | 'authorisation_expired'
  | 'authorisation_voided'
  | 'already_captured'
  | 'capture_exceeds_authorisation'
  | 'partial_capture_not_supported'
  | 'refund_exceeds_capture'
  | 'nothing_to_void'
  | 'currency_mismatch';
