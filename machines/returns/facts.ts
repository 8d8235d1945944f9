import type { CountedUnits, Placement } from '../events';
import type { ReturnLine } from './state';

export type ReturnFact =
  | {
      readonly type: 'return-requested';
      readonly return: string;
      readonly lines: readonly CountedUnits[];
      readonly reason: string;
    }
  | {
      readonly type: 'return-authorised';
      readonly return: string;
      readonly instructions?: string;
      /** When people are told that it has not come. */
      readonly expectedBy?: string;
    }
  | { readonly type: 'return-declined'; readonly return: string; readonly reason: string }
  | {
      readonly type: 'return-received';
      readonly return: string;
      readonly shippingEvent: string;
      readonly lines: readonly Pick<ReturnLine, 'id' | 'good' | 'damaged' | 'restocked'>[];
    }
  | {
      readonly type: 'return-given-up';
      readonly return: string;
      readonly lines: readonly CountedUnits[];
    }
  | { readonly type: 'return-refunded'; readonly return: string; readonly amount: number }
  | { readonly type: 'return-closed'; readonly return: string; readonly reason: string }
  /** Somebody granted money; that it moves, or does not, is another fact. */
  | {
      readonly type: 'refund-decided';
      /** The command that granted it. */
      readonly id: string;
      readonly by: string;
      readonly amount: number;
      /** Minor units granted beside it that nobody had paid. */
      readonly credited?: number;
      readonly reason: string;
      readonly return?: string;
      readonly lines?: readonly CountedUnits[];
      readonly charges?: readonly string[];
      /** Minor units: what the units and charges cost, and what the shop keeps of it. */
      readonly worth?: number;
      readonly kept?: number;
    }
  /** Goods that nobody had paid came back: the order owes less. */
  | { readonly type: 'bill-lowered'; readonly return: string; readonly amount: number }
  | {
      readonly type: 'exchange-decided';
      readonly return: string;
      readonly number: string;
      /** Minor units of the returned goods that pay for the new order. */
      readonly transferred: number;
      /** The payment event that the new order records of it. */
      readonly settled: string;
      readonly placement: Placement;
    }
  | {
      readonly type: 'exchange-placed';
      readonly return: string;
      readonly number: string;
      readonly transferred: number;
    }
  | {
      readonly type: 'exchange-refused';
      readonly return: string;
      readonly number: string;
      readonly why: string;
    };
