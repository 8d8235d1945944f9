import type { Answer } from './events';
import { written } from './money';
import type { MovementKind } from './table';

/** A movement of money to be made at a gateway, under a key it keeps for good. */
export interface MoveMoney {
  readonly type: 'move-money';
  readonly key: string;
  readonly kind: MovementKind;
  readonly order: string;
  readonly payment: string;
  readonly gateway: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
  /** The card, when authorising. */
  readonly token?: string;
  /** The gateway's reference of the authorisation, for everything after it. */
  readonly reference?: string;
  /** The reference of the authorisation whose card is authorised again. */
  readonly renews?: string;
  /** A capture that lets go of what it leaves. */
  readonly final?: boolean;
  /** The event that tells the order that it took place. */
  readonly answer: (typeof answers)[MovementKind];
}

/** A movement whose fate is unknown: the gateway is asked by key, and only what never arrived is sent. */
export type SettleMoney = Omit<MoveMoney, 'type'> & { readonly type: 'settle-money' };

/** What an accepted event obliges the world to do; each is performed by the activity of that name. */
export type Effect = MoveMoney | SettleMoney;

/** The answer that says a movement of each kind took place. */
export const answers = {
  authorise: 'payment.authorised',
  capture: 'payment.captured',
  refund: 'payment.refunded',
  void: 'payment.voided',
} as const satisfies Record<MovementKind, Answer['type']>;

/** A kind of movement as a noun: “the authorisation of 36.00 GBP”. */
export function nounOf(kind: MovementKind): string {
  return kind === 'authorise' ? 'authorisation' : kind;
}

/** An effect in a few words, for whoever watches it being performed. */
export function saysEffect({ type, kind, amount, currency, payment }: Effect): string {
  const asking = type === 'settle-money' ? 'ask about ' : '';
  return `${asking}${kind} ${written(amount, currency)} on ${payment}`;
}
