import type { CountedUnits, Download, Tracking } from './events';
import type { PartnerFact } from './partners/facts';
import type { NamedVoucher } from './placing/vouchers';
import type { Refusal } from './refusals';
import type { ReconciledFact } from './reconciling/command';
import type { ReturnFact } from './returns/facts';
import type { Json, MovementKind, Shop } from './table';
import type { UndoableCommand } from './undoing/rule';

/** A table as people call it. */
export type TableName = Pick<Shop, 'name' | 'revision'>;

/**
 * What stock does for an order.
 *
 * - `allocate`: spoken for; `consume`: left the building; `restock`: back on the shelf after it returned.
 * - `release`: given back before it left; `expire`: the same, because nobody paid for so long.
 * - `backorder`: waited for; `forgo`: waited for no more; `arrive`: no longer waited for but spoken for.
 */
export type StockMove =
  'allocate' | 'consume' | 'release' | 'expire' | 'restock' | 'backorder' | 'forgo' | 'arrive';

/** What a call of one of the shop's own effects is about. */
export type CallCause =
  | { readonly type: 'order-status'; readonly from: string | null; readonly to: string }
  | {
      readonly type: 'shipping-event';
      readonly id: string;
      readonly event: string;
      readonly lines: readonly CountedUnits[];
    }
  | {
      readonly type: 'payment-event';
      readonly event: string;
      readonly payment: string;
      /** Minor units of the order's currency. */
      readonly amount: number;
      readonly lines?: readonly CountedUnits[];
    }
  | { readonly type: 'effect'; readonly name: string; readonly call: string };

/** What an accepted event made true, in order; the read model and the timeline are written from these. */
export type Fact =
  | ReturnFact
  | ReconciledFact
  | PartnerFact
  | { readonly type: 'order-placed' }
  | { readonly type: 'placing-withdrawn' }
  | { readonly type: 'order-status'; readonly from: string | null; readonly to: string }
  | {
      readonly type: 'line-status';
      readonly line: string;
      readonly from: string | null;
      readonly to: string;
    }
  | {
      readonly type: 'shipping-event';
      readonly id: string;
      readonly event: string;
      readonly lines: readonly CountedUnits[];
      readonly reference?: string;
      readonly tracking?: Tracking;
    }
  | {
      readonly type: 'payment-event';
      readonly event: string;
      readonly kind: MovementKind;
      readonly payment: string;
      readonly gateway: string;
      readonly amount: number;
      readonly key?: string;
      readonly reference?: string;
      readonly lines?: readonly CountedUnits[];
      readonly charges?: readonly string[];
      readonly shippingEvent?: string;
      readonly reason?: string;
    }
  /** People said what became of money whose fate the gateway could not tell. */
  | {
      readonly type: 'movement-settled';
      readonly key: string;
      readonly kind: MovementKind;
      readonly amount: number;
      readonly outcome: 'moved' | 'not-moved';
      readonly reference: string;
      readonly by: string;
      readonly note: string;
    }
  | {
      readonly type: 'command-waits';
      readonly command: string;
      readonly kind: UndoableCommand;
      readonly until: string;
    }
  | {
      readonly type: 'command-undone';
      readonly command: string;
      readonly kind: UndoableCommand;
      readonly by: string;
    }
  /** A card is held again, as a payment that takes the place of another. */
  | {
      readonly type: 'renewal-asked';
      readonly payment: string;
      readonly renews: string;
      readonly amount: number;
      readonly why: string;
    }
  | {
      readonly type: 'payment-failed';
      readonly kind: MovementKind;
      readonly payment: string;
      readonly amount: number;
      readonly code: string;
      readonly message: string;
    }
  | {
      readonly type: 'payment-outcome-unknown';
      readonly kind: MovementKind;
      readonly payment: string;
      readonly amount: number;
      readonly why: string;
    }
  | {
      readonly type: 'stock';
      readonly move: StockMove;
      readonly lines: readonly (CountedUnits & { readonly sku: string })[];
      /** Where the units leave. */
      readonly location?: string;
      /** The shop's rule for where units are held, when it is not the usual one. */
      readonly rule?: string;
      /** What becomes of what is not there; unless said, it waits where it may, and else is refused. */
      readonly ifShort?: 'refuse' | 'leave';
    }
  | {
      readonly type: 'voucher';
      readonly move: 'use' | 'give-back';
      readonly vouchers: readonly NamedVoucher[];
    }
  /** The shop's own code is called under a lasting key. */
  | {
      readonly type: 'effect-called';
      readonly call: string;
      readonly name: string;
      readonly with?: Json;
      readonly about: CallCause;
    }
  | {
      readonly type: 'effect-done';
      readonly call: string;
      readonly name: string;
      readonly answer?: Json;
    }
  | {
      readonly type: 'effect-failed';
      readonly call: string;
      readonly name: string;
      readonly why: string;
    }
  | {
      readonly type: 'digital-asked';
      readonly request: string;
      readonly event: string;
      readonly lines: readonly CountedUnits[];
      readonly renews?: boolean;
    }
  | {
      readonly type: 'digital-delivered';
      readonly request: string;
      readonly downloads: readonly Download[];
    }
  | { readonly type: 'digital-failed'; readonly request: string; readonly why: string }
  /** Rules between shipping events that were gone over, in sentences. */
  | {
      readonly type: 'override';
      readonly reason: string;
      readonly rules: readonly string[];
      readonly shippingEvent: string;
    }
  | {
      readonly type: 'message';
      readonly kind: string;
      readonly shippingEvent?: string;
      readonly return?: string;
      /** Somebody asked for it though it was written before. */
      readonly again?: boolean;
    }
  | { readonly type: 'message-withheld'; readonly kind: string; readonly why: string }
  | {
      readonly type: 'note-edited';
      readonly id: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly type: 'note'; readonly id: string; readonly system: boolean; readonly text: string }
  | { readonly type: 'printed'; readonly document: string; readonly shippingEvent?: string }
  | { readonly type: 'held'; readonly reason: string; readonly until?: string }
  | { readonly type: 'hold-released' }
  /** Earlier releases gave no id. */
  | {
      readonly type: 'attention';
      readonly id?: string;
      readonly reason: string;
      readonly text: string;
    }
  | {
      readonly type: 'attention-resolved';
      readonly id: string;
      readonly reason: string;
      /** What the task said. */
      readonly text: string;
      readonly by: 'people' | 'itself';
      readonly note?: string;
    }
  | {
      readonly type: 'table-renewed';
      readonly from: TableName;
      readonly to: TableName;
      /** Event types that the order had passed and that are called otherwise now. */
      readonly renamed?: Readonly<Record<string, string>>;
    }
  /** What became of a command whose money moved after it was accepted. */
  | {
      readonly type: 'command';
      readonly id: string;
      readonly outcome: 'done' | 'refused' | 'pending';
      readonly refusal?: Refusal;
    };
