import type { ReconcileCommand } from '../reconciling/command';
import type { HandOverCommand } from './partners';
import type { ReturnCommand } from './returns';
import type { Shop } from '../table';
import type { Tracking, Units } from './units';

/** What staff, partners and storefronts may ask of a placed order. */
export type Command =
  | StatusCommand
  | FulfilmentCommand
  | HandOverCommand
  | MoneyCommand
  | ReturnCommand
  | NotesCommand
  | TaskCommand
  | TableCommand
  | ReconcileCommand;

/** Where the order and its lines stand. */
export type StatusCommand =
  | { readonly type: 'set-status'; readonly status: string; readonly note?: string }
  | { readonly type: 'set-line-status'; readonly lines: readonly Units[]; readonly status: string }
  | { readonly type: 'hold'; readonly reason: string; readonly until?: string }
  | { readonly type: 'release-hold' };

/** What leaves, comes back, or never goes. */
export type FulfilmentCommand =
  | {
      readonly type: 'record-shipping-event';
      readonly event: string;
      readonly lines?: readonly Units[];
      readonly reference?: string;
      readonly tracking?: Tracking;
      /** Where the units leave. */
      readonly location?: string;
      readonly notify?: boolean;
      /** Goes over the shop's rules between events, never over quantities, stock or a hold. */
      readonly override?: { readonly reason: string };
    }
  | { readonly type: 'send-downloads'; readonly lines?: readonly Units[] }
  | { readonly type: 'cancel'; readonly lines?: readonly Units[]; readonly reason: string };

/** How much of an amount is put to one payment, in minor units. */
export interface Share {
  readonly payment: string;
  readonly amount: number;
}

/** Money taken and given back. */
export type MoneyCommand =
  | {
      readonly type: 'take-payment';
      readonly amount?: number;
      readonly lines?: readonly Units[];
      readonly charges?: readonly string[];
      readonly payment?: string;
      readonly shares?: readonly Share[];
      /** The authorisations that are captured are let go of with it, whatever they still hold. */
      readonly final?: boolean;
      readonly shippingEvent?: string;
    }
  | {
      readonly type: 'refund';
      readonly amount?: number;
      readonly lines?: readonly Units[];
      readonly charges?: readonly string[];
      readonly reason: string;
      readonly payment?: string;
      readonly shares?: readonly Share[];
      /** The return whose received units it is for. */
      readonly return?: string;
      /** Minor units of a return's price that the shop keeps, for damage say. */
      readonly keep?: number;
    }
  | { readonly type: 'void'; readonly payment?: string }
  | {
      readonly type: 'record-payment-event';
      readonly event: string;
      readonly amount: number;
      readonly lines?: readonly Units[];
      readonly reference?: string;
      readonly shippingEvent?: string;
      /** More than the order owes came in, and that is meant. */
      readonly overpaid?: boolean;
    }
  | {
      readonly type: 'confirm-payment';
      readonly payment: string;
      readonly amount?: number;
      readonly reference?: string;
    }
  | {
      readonly type: 'settle-movement';
      readonly outcome: string;
      readonly movement?: string;
      readonly reference?: string;
      readonly note: string;
    }
  | { readonly type: 'undo'; readonly command: string };

/** What people write down. */
export type NotesCommand =
  | { readonly type: 'add-note'; readonly text: string }
  | { readonly type: 'edit-note'; readonly note: string; readonly text: string }
  | {
      readonly type: 'send-message';
      readonly kind: string;
      readonly again?: boolean;
      readonly shippingEvent?: string;
    }
  | { readonly type: 'record-print'; readonly document: string; readonly shippingEvent?: string };

/** Tasks for people. */
export interface TaskCommand {
  readonly type: 'resolve-task';
  readonly task: string;
  readonly note?: string;
}
/** Old words beside the new ones that stand for them. */
export type NewWords = Readonly<Record<string, string>>;

/** Which table the order follows. */
export type TableCommand = {
  readonly type: 'renew';
  /** The table to move to; over HTTP the shop's present one when absent. */
  readonly shop?: Shop;
  readonly statuses?: NewWords;
  readonly lineStatuses?: NewWords;
  readonly shippingEvents?: NewWords;
  readonly paymentEvents?: NewWords;
};
