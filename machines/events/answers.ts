import type { Capabilities } from '../payment/capabilities';

/** What the world says of a movement of money, by the movement's lasting key. */
export type Answer =
  | {
      readonly type:
        'payment.authorised' | 'payment.captured' | 'payment.refunded' | 'payment.voided';
      readonly key: string;
      readonly reference: string;
      readonly amount: number;
      readonly expiresAt?: string;
      /** Of an authorisation: what may be done with it. */
      readonly can?: Capabilities;
    }
  | {
      readonly type: 'payment.declined';
      readonly key: string;
      readonly code: string;
      readonly message: string;
    }
  /** Nothing was sent: the gateway could not be reached at all. */
  | { readonly type: 'payment.unreachable'; readonly key: string; readonly why: string }
  /** Something may have moved: ask by key before sending anything again. */
  | { readonly type: 'payment.unknown'; readonly key: string; readonly why: string };
