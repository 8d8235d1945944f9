/** A card gateway, as the activities see it. */
export interface CardGateway {
  /** Holds money on a card. */
  authorise(request: AuthoriseRequest, key: string): Promise<MoveOutcome>;
  /** Takes money that is held. */
  capture(request: CaptureRequest, key: string): Promise<MoveOutcome>;
  /** Gives back money that was taken. */
  refund(request: RefundRequest, key: string): Promise<MoveOutcome>;
  /** Lets go of what is held and not taken. */
  void(request: VoidRequest, key: string): Promise<MoveOutcome>;
  /** What became of the request sent under the key, however long ago. */
  ask(key: string): Promise<AskOutcome>;
}

/** Amounts are positive and in minor units. */
export interface AuthoriseRequest {
  order: string;
  amount: number;
  currency: string;
  token: string;
  payment?: string;
  /** Where the gateway tells of each movement on this authorisation, at least once. */
  callbackUrl?: string;
}

export interface CaptureRequest {
  order: string;
  /** Reference of the authorisation. */
  authorisation: string;
  amount: number;
  currency?: string;
  /** Lets go of what this capture leaves; false unless said. */
  final?: boolean;
}

export type RefundRequest = {
  order: string;
  amount: number;
  currency?: string;
} & ({ authorisation: string } | { capture: string });

export interface VoidRequest {
  order: string;
  /** Reference of the authorisation. */
  authorisation: string;
}

export interface Moved {
  outcome: 'moved';
  reference: string;
  amount: number;
  /** Authorisations: ISO 8601. */
  expiresAt?: string;
}

/** Refused for good under this key; nothing moved. */
export interface Declined {
  outcome: 'declined';
  code: string;
  message: string;
}

/** The gateway was not reached; nothing was sent. */
export interface Unreachable {
  outcome: 'unreachable';
  why: string;
}

/**
 * What became of a request to move money. `unknown`: it may have moved, ask by key before sending again.
 * `busy`: the first request under the key still runs.
 */
export type MoveOutcome =
  Moved | Declined | { outcome: 'unknown'; why: string } | Unreachable | { outcome: 'busy' };

/** `absent`: no request under the key was ever decided. `unreachable`: nobody answered the question. */
export type AskOutcome = Moved | Declined | { outcome: 'absent' } | Unreachable;
