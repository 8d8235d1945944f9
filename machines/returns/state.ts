import type { CountedUnits } from '../events/units';

/** `authorised` while units are awaited, `received` once none is, `refunded` once their money is back. */
export type ReturnStatus =
  'requested' | 'authorised' | 'declined' | 'received' | 'refunded' | 'closed';

/** Units of one line that come back, counted. */
export interface ReturnLine {
  readonly id: string;
  /** Units asked for. */
  readonly quantity: number;
  readonly good: number;
  readonly damaged: number;
  /** Good ones that went back to the shelf. */
  readonly restocked: number;
  /** Units that never came and are awaited no more. */
  readonly givenUp: number;
}

/** The decision to give money back for a return, and what became of it. */
export interface ReturnRefund {
  /** The command that granted it. */
  readonly id: string;
  readonly lines: readonly CountedUnits[];
  readonly charges: readonly string[];
  /** Minor units that went back of it. */
  readonly moved: number;
  /** Minor units of it that no gateway can give back: people do, and record it. */
  readonly byHand: number;
  readonly amount: number;
  /** Minor units of it that nobody had paid: the order owes so much less. */
  readonly credited?: number;
  /** Minor units that had gone back under decisions which failed before their end. */
  readonly before: number;
  readonly outcome: 'pending' | 'done' | 'failed';
}

/** The order that takes the place of what came back. */
export interface ReturnExchange {
  readonly number: string;
  /** Minor units of the returned goods that pay for it. */
  readonly transferred: number;
  readonly outcome: 'placing' | 'placed' | 'refused';
  readonly why?: string;
}

/** Goods on their way back, from the request to the money. */
export interface ReturnState {
  readonly id: string;
  readonly status: ReturnStatus;
  readonly reason: string;
  readonly requestedAt: string;
  readonly authorisedAt?: string;
  /** When people were told that it does not come. */
  readonly remindedAt?: string;
  readonly instructions?: string;
  readonly lines: readonly ReturnLine[];
  readonly refunds: readonly ReturnRefund[];
  readonly exchange?: ReturnExchange;
}
