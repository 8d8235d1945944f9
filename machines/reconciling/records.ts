import type { HistoryEvent } from '../history';
import type { OrderState } from '../state';
import type { MovementKind, Shop } from '../table';

/** A row of a table, by column. */
export type Row = Readonly<Record<string, unknown>>;

/** Money that moved on a payment, as the ledger has it. */
export interface BookedMovement {
  readonly kind: MovementKind;
  readonly payment: string;
  readonly gateway: string;
  readonly amount: number;
  readonly key: string | null;
  readonly reference: string | null;
  readonly at: string;
}

/** A call of a gateway, as it was kept before and after it was made. */
export interface KeptCall {
  readonly key: string;
  readonly kind: MovementKind;
  readonly payment: string;
  readonly gateway: string;
  readonly amount: number;
  readonly status: 'sent' | 'moved' | 'declined' | 'unreachable';
  readonly moved: number | null;
  readonly reference: string | null;
  readonly createdAt: string;
  readonly settledAt: string | null;
}

/** Everything that is kept of one order, read at one moment. */
export interface OrderRecords {
  readonly number: string;
  readonly seq: number;
  readonly shop: Shop;
  readonly state: OrderState;
  readonly row: Row;
  readonly lines: readonly (Row & { readonly line_id: string })[];
  /** Open ones. */
  readonly tasks: readonly (Row & { readonly task: string })[];
  readonly booked: readonly BookedMovement[];
  /** What the ledger says that the order owes, and what of it was allowed. */
  readonly billed: { readonly owed: number; readonly allowed: number };
  readonly calls: readonly KeptCall[];
  readonly held: readonly {
    readonly line: string;
    readonly allocated: number;
    readonly consumed: number;
  }[];
  /** What the history owes to the outside and the outbox does not have. */
  readonly unsent: readonly {
    readonly topic: string;
    readonly kind: string;
    readonly cause: string;
  }[];
  /** The table that it was placed under, and its history. */
  readonly first: Shop;
  readonly history: readonly (HistoryEvent & { readonly seq: number })[];
}

/** A movement by a gateway's own records. */
export interface GatewayRecord {
  readonly kind: MovementKind;
  readonly key?: string;
  readonly reference: string;
  readonly authorisation: string;
  readonly amount: number;
  readonly at: string;
}

/** What each gateway that the order was sent to has of it; those that did not answer are not among them. */
export type GatewayRecords = Readonly<Record<string, readonly GatewayRecord[]>>;
