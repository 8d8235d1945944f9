import type { Json } from '../table';
import type { PartnerReport } from './partners';
import type { CountedUnits, Download } from './units';

/**
 * What became of something that left the order through the outbox. A report is told at least once
 * under the id of its outbox row, and takes effect once; none has a field `key`, which is an answer's.
 */
export type Report =
  | MessageReport
  | EffectReport
  | DigitalReport
  | ExchangeReport
  | StockReport
  | GatewayReport
  | PartnerReport;

export type MessageReport = {
  readonly type: 'message.failed';
  /** The message's id. */
  readonly message: string;
  readonly kind: string;
  readonly why: string;
};

/** What the shop's own code answered to a call, by the call's lasting key. */
export type EffectReport =
  | {
      readonly type: 'effect.done';
      readonly call: string;
      readonly name: string;
      readonly answer?: Json;
    }
  | {
      readonly type: 'effect.failed';
      readonly call: string;
      readonly name: string;
      readonly why: string;
    };

/** What the digital provider did about a request of the order's. */
export type DigitalReport =
  | {
      readonly type: 'digital.delivered';
      readonly request: string;
      readonly downloads: readonly Download[];
      readonly reference?: string;
    }
  | { readonly type: 'digital.failed'; readonly request: string; readonly why: string };

/** What became of the order that a return is exchanged for. */
export type ExchangeReport =
  | { readonly type: 'exchange.placed'; readonly return: string; readonly number: string }
  | {
      readonly type: 'exchange.refused';
      readonly return: string;
      readonly number: string;
      readonly why: string;
    };

/** Goods came in for units that waited; they are held for the order already. */
export type StockReport = {
  readonly type: 'stock.allocated';
  /** The event that had queued the units. */
  readonly queuedBy: string;
  readonly lines: readonly CountedUnits[];
};

/** A gateway has told something of its own accord. */
export type GatewayReport = {
  readonly type: 'gateway.told';
  /** The key of the movement that it spoke of; absent for one that was made elsewhere. */
  readonly movement?: string;
  /** What it said that our own records do not have, for people. */
  readonly differs?: string;
};
