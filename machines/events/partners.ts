import type { Step } from '../partners/due';
import type { Stage } from '../partners/state';
import type { Units } from './units';

/** What is asked of fulfilment partners, and what they answer. */
export type HandOverCommand =
  | {
      readonly type: 'hand-over';
      /** The partner that each line was placed for, unless said. */
      readonly partner?: string;
      readonly lines?: readonly Units[];
    }
  | {
      readonly type: 'accept-hand-over';
      readonly handOver?: string;
      /** The partner's own. */
      readonly reference?: string;
      readonly lines?: readonly Units[];
    }
  | {
      readonly type: 'decline-hand-over';
      readonly handOver?: string;
      readonly lines?: readonly Units[];
      readonly reason: string;
    };

/** What follows when a partner takes its time, or cannot be told anything. */
export type PartnerReport =
  | { readonly type: Step; readonly handOver: string; readonly stage: Stage }
  | {
      readonly type: 'partner.unreachable';
      readonly partner: string;
      /** The id of what it could not be told, and its kind. */
      readonly letter: string;
      readonly kind: string;
      readonly why: string;
    };
