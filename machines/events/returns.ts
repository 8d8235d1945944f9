import type { Charge, PlacedLine } from './placement';
import type { ReceivedUnits, Units } from './units';

/** A line of the order that a return is exchanged for, at the agreed price. */
export type ExchangeLine = Omit<PlacedLine, 'id' | 'kind' | 'trackStock' | 'priceBreakdown'> &
  Partial<Pick<PlacedLine, 'id' | 'kind' | 'trackStock'>>;

/** Goods that come back, from the request on. */
export type ReturnCommand =
  | {
      readonly type: 'request-return';
      readonly lines?: readonly Units[];
      readonly reason: string;
      /** The shop's time for returns does not count. */
      readonly late?: boolean;
    }
  | {
      readonly type: 'authorise-return';
      readonly return: string;
      readonly instructions?: string;
      readonly notify?: boolean;
    }
  | {
      readonly type: 'decline-return';
      readonly return: string;
      readonly reason: string;
      readonly notify?: boolean;
    }
  | {
      readonly type: 'receive-return';
      readonly return: string;
      readonly lines?: readonly ReceivedUnits[];
      /** Nothing more is awaited: what did not come is given up. */
      readonly complete?: boolean;
      readonly reference?: string;
      readonly notify?: boolean;
    }
  | { readonly type: 'close-return'; readonly return: string; readonly reason: string }
  | {
      readonly type: 'exchange';
      readonly return: string;
      readonly lines: readonly ExchangeLine[];
      readonly shipping?: Charge;
      /** The new order's number; the shop goes on from this one's when absent. */
      readonly number?: string;
      /** Minor units of the returned goods' price that the shop keeps. */
      readonly keep?: number;
      readonly reason?: string;
    };
