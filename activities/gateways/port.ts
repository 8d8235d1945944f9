import type { Capabilities } from '../../machines/payment/capabilities';
import type { MovementKind } from '../../machines/table';

/**
 * A gateway, as the activities see it: whatever moves money under a key of ours. `docs/gateways.md` shows
 * how one is written; `test/gateways/suite.ts` is what each has to pass.
 */
export interface CardGateway {
  /** Holds money on a card. */
  authorise(request: AuthoriseRequest, key: string): Promise<MoveOutcome>;
  /** Takes money that is held. */
  capture(request: CaptureRequest, key: string): Promise<MoveOutcome>;
  /** Gives back money that was taken. */
  refund(request: RefundRequest, key: string): Promise<MoveOutcome>;
  /** Lets go of what is held and not taken. */
  void(request: VoidRequest, key: string): Promise<MoveOutcome>;
  /** What became of a movement, however long ago it was sent: by its key, else by our reference. Sends nothing. */
  ask(question: Question): Promise<AskOutcome>;
  /** Everything that the gateway moved for an order, oldest first, by its own records. */
  movements(order: string): Promise<Listed>;
  /** Reads what the gateway tells of its own accord; absent where it never does. Verifies the raw bytes first. */
  readCallback?(raw: Buffer, headers: CallbackHeaders): Promise<CallbackOutcome>;
}

/** Amounts are positive and in minor units. */
export type AuthoriseRequest = {
  readonly order: string;
  readonly amount: number;
  readonly currency: string;
  readonly payment?: string;
  /** Where the gateway tells of each movement on this authorisation, at least once. */
  readonly callbackUrl?: string;
} & (
  | { readonly token: string }
  /** The reference of an earlier authorisation, whose card is held again without its holder. */
  | { readonly renews: string }
);

export interface CaptureRequest {
  readonly order: string;
  /** Reference of the authorisation. */
  readonly authorisation: string;
  readonly amount: number;
  readonly currency?: string;
  /** Lets go of what this capture leaves; false unless said. */
  readonly final?: boolean;
}

export type RefundRequest = {
  readonly order: string;
  readonly amount: number;
  readonly currency?: string;
} & ({ readonly authorisation: string } | { readonly capture: string });

export interface VoidRequest {
  readonly order: string;
  /** Reference of the authorisation. */
  readonly authorisation: string;
}

/** A movement that somebody asks about. */
export interface Question {
  readonly key: string;
  readonly kind: MovementKind;
  readonly order: string;
  readonly payment: string;
  readonly amount: number;
  readonly currency: string;
  /** Reference of the authorisation it is on; of a renewal, the one that it renews. */
  readonly authorisation?: string;
  /** When it was first sent, ISO 8601. */
  readonly since: string;
}

export interface Moved {
  readonly outcome: 'moved';
  readonly reference: string;
  readonly amount: number;
  /** Authorisations: ISO 8601. */
  readonly expiresAt?: string;
  /** Authorisations: what may be done with it; everything but renewing it where nothing is said. */
  readonly can?: Capabilities;
}

/** Refused for good under this key; nothing moved. */
export interface Declined {
  readonly outcome: 'declined';
  readonly code: string;
  readonly message: string;
}

/** The gateway was not reached; nothing was sent. */
export interface Unreachable {
  readonly outcome: 'unreachable';
  readonly why: string;
}

/**
 * What became of a request to move money. `unknown`: it may have moved, ask by key before sending again.
 * `busy`: the first request under the key still runs.
 */
export type MoveOutcome =
  | Moved
  | Declined
  | { readonly outcome: 'unknown'; readonly why: string }
  | Unreachable
  | { readonly outcome: 'busy' };

/**
 * `absent`: no request under the key was ever decided, for certain. `unreachable`: nobody answered the
 * question, or the answer is not certain yet.
 */
export type AskOutcome = Moved | Declined | { readonly outcome: 'absent' } | Unreachable;

/** A movement that took place, as the gateway's own records have it. */
export interface GatewayMovement {
  readonly kind: MovementKind;
  /** Ours, where the gateway has it. */
  readonly key?: string;
  /** Its own reference, and that of the authorisation it is on. */
  readonly reference: string;
  readonly authorisation: string;
  readonly amount: number;
  readonly currency: string;
  /** ISO 8601. */
  readonly at: string;
}

export type Listed =
  { readonly outcome: 'listed'; readonly movements: readonly GatewayMovement[] } | Unreachable;

export type CallbackHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a gateway tells of its own accord; the same telling comes under the same id. */
export interface GatewayNews {
  readonly id: string;
  readonly kind: MovementKind;
  readonly outcome: 'moved' | 'declined';
  /** Ours, where the gateway has them; a movement that was made elsewhere has none. */
  readonly key?: string;
  readonly order?: string;
  readonly reference: string;
  readonly authorisation: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly at: string;
  /** Of an authorisation that moved. */
  readonly expiresAt?: string;
  readonly can?: Capabilities;
  /** Why it was declined. */
  readonly code?: string;
  readonly message?: string;
}

/**
 * `news` is empty for a telling that means nothing to us. `forged`: its signature is not the gateway's.
 * `unreachable`: to understand it the gateway had to be asked, and did not answer; it is to tell again.
 */
export type CallbackOutcome =
  | { readonly outcome: 'read'; readonly news: readonly GatewayNews[] }
  | { readonly outcome: 'forged'; readonly why: string }
  | Unreachable;
