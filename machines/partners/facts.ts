import type { CountedUnits } from '../events';
import type { Stage } from './state';

/** What became of an order's units with its fulfilment partners. */
export type PartnerFact =
  | {
      readonly type: 'handed-over';
      readonly handOver: string;
      readonly partner: string;
      readonly lines: readonly CountedUnits[];
      /** The hand-over that it takes the place of. */
      readonly instead?: string;
    }
  /** A partner is told something besides the order itself. */
  | {
      readonly type: 'partner-told';
      readonly handOver: string;
      readonly partner: string;
      readonly kind: 'cancellation' | 'reminder';
      /** Units that are not to be sent any more, or have not left. */
      readonly lines: readonly CountedUnits[];
      readonly reason?: string;
      readonly waitsFor?: 'answer' | 'parcels';
      readonly since?: string;
    }
  | {
      readonly type: 'hand-over-moved';
      readonly handOver: string;
      readonly partner: string;
      readonly stage: Exclude<Stage, 'asked'>;
      readonly lines: readonly CountedUnits[];
      readonly reason?: string;
    };
