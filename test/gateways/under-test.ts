import type { CallbackHeaders, CardGateway, GatewayMovement } from '../../activities/gateways/port';

/** Tokens by how their cards behave. Those of a card that the gateway has not are left out, with their tests. */
export interface Cards {
  /** Everything works: captured once at least, in part or whole, and refunded in parts. */
  readonly good: string;
  /** As good, in a currency without digits and in one of three, where a card has one currency only. */
  readonly yen?: string;
  readonly dinar?: string;
  readonly declined?: string;
  /** Captured in many parts; once, in part or whole; once and whole. */
  readonly many?: string;
  readonly once?: string;
  readonly whole?: string;
  /** The money moves and the answer is lost, once per key; it may be asked for. */
  readonly timesOutAfterMoving?: string;
  /** The request is lost, once per key. */
  readonly timesOutBeforeMoving?: string;
  /** The money moves, and neither an answer nor a look-up ever tells. */
  readonly fallsSilent?: string;
  readonly renewable?: string;
  /** Says that it is not renewable, and is not. */
  readonly notRenewable?: string;
  /** Says that it is renewable, and is declined when it comes to it. */
  readonly renewalDeclined?: string;
}

/** A movement that really took place, by the gateway's books. */
export type Booked = Pick<GatewayMovement, 'kind' | 'key' | 'amount' | 'currency'> & {
  readonly order: string;
};

/** A callback as it arrived. */
export interface Told {
  readonly raw: Buffer;
  readonly headers: CallbackHeaders;
}

export interface GatewayUnderTest {
  readonly gateway: CardGateway;
  /** What really moved, oldest first: not as the adapter tells it. */
  ledger(): Promise<readonly Booked[]>;
  stop(): Promise<void>;
}

/** A gateway of one's own for each test, and what can be done with it; what it cannot is not tested. */
export interface GatewayKind<Running extends GatewayUnderTest> {
  readonly cards: Cards;
  start(): Promise<Running>;
  /** An adapter of this kind that reaches nobody. */
  readonly nobody?: () => Promise<CardGateway>;
  /** Moves the gateway's clock on. */
  readonly later?: (running: Running, ms: number) => void | Promise<void>;
  /** Everything that the gateway told so far, repetitions too. */
  readonly told?: (running: Running) => readonly Told[] | Promise<readonly Told[]>;
}
