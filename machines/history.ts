import { countUnits, everythingDispatched } from './fulfilment/units';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { balanceOf, paymentStatus, type Balance, type PaymentStatus } from './payment/balance';
import { partnerOf } from './partners/lines';
import type { Refusal } from './refusals';
import { openReturns } from './returns/counts';
import type { Shelved } from './stock';
import { agreed, eachLine, passed, reservedStatuses, type OrderState } from './state';
import type { Shop } from './table';

/** One line of an order's history: an event that was accepted, or the attempt that was refused. */
export interface HistoryEvent {
  readonly event: OrderEvent;
  readonly outcome: 'accepted' | 'refused';
  readonly facts: readonly Fact[];
  readonly refusal?: Refusal;
}

/** What lists and filters need of an order, worked out once when it changes. */
export interface Summary {
  readonly status: string;
  readonly paymentStatus: PaymentStatus;
  readonly shippingSummary: string;
  readonly onHold: boolean;
  readonly needsAttention: boolean;
  /** Returns that people still have something to do about. */
  readonly openReturns: number;
  readonly balance: Balance;
  /** Units of each line that are not cancelled. */
  readonly kept: readonly number[];
  /** The partner of each line, where one was handed over; else they are as the order was placed. */
  readonly partners?: readonly (string | undefined)[];
}

/** Everything one command changes, to be written in one transaction or not at all. */
export interface Commit {
  readonly number: string;
  /** The last `seq` of the history this was decided on; 0 for an order that is not there yet. */
  readonly after: number;
  /** The order's version once this is written; refused attempts leave it as it was. */
  readonly version: number;
  readonly events: readonly HistoryEvent[];
  readonly state: OrderState;
  readonly summary: Summary;
  /** With the first commit of an order, and when it moves to another table. */
  readonly shop?: Shop;
  /** It happened elsewhere: nothing of it leaves the house. */
  readonly imported?: true;
}

/** An order as the database keeps it. */
export interface StoredOrder {
  readonly number: string;
  readonly seq: number;
  readonly version: number;
  readonly state: OrderState;
  readonly shop: Shop;
}

/**
 * What became of a commit. `stale`: somebody else wrote after `after`, and this is what is there now
 * (null: no such order), with those of the commit's events that the history has already. `refused`: the stock was not there, and nothing was written.
 * `short`: neither was all of the stock, but nobody is refused: the event is to be decided again on what is there.
 */
export type Committed =
  | {
      readonly outcome: 'committed';
      readonly seq: number;
      /** When an earlier attempt had written the commit: the state that it wrote, which is what counts. */
      readonly state?: OrderState;
    }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'short'; readonly shelves: readonly Shelved[] }
  | {
      readonly outcome: 'stale';
      readonly stored: StoredOrder | null;
      /** Ids of the commit's events that the history has already. */
      readonly recorded: readonly string[];
    };

/** Whether the digital provider has units of these lines in hand. */
function isUnderWay({ digital, lines }: OrderState['context']): boolean {
  return lines.some(({ id }) =>
    digital.some(
      (request) => request.failed === undefined && request.lines.some((each) => each.id === id),
    ),
  );
}

/** Where the order's parcels are, in words: none, in progress, the last complete type, or counts. */
export function shippingSummary(shop: Shop, { context }: OrderState): string {
  const lines = eachLine(context);
  const units = (count: (index: number) => number) =>
    lines.reduce((total, _, index) => total + count(index), 0);
  const cancelled = lines.map(({ state }) => countUnits(shop, state).cancelled);
  const kept = units((index) => (lines[index]?.agreed.quantity ?? 0) - (cancelled[index] ?? 0));
  const types = Object.keys(shop.shippingEvents).filter(
    (type) => shop.shippingEvents[type]?.means !== 'cancelled',
  );
  const counts = types
    .map((type) => ({
      type,
      count: units((index) => (lines[index] ? passed(lines[index].state, type) : 0)),
    }))
    .filter(({ count }) => count > 0);
  if (kept === 0) return 'cancelled';
  if (counts.length === 0) return isUnderWay(context) ? 'in progress' : 'none';
  const complete = counts.filter(({ count }) => count === kept).at(-1);
  const partial = counts.filter(({ count }) => count !== kept);
  if (complete && partial.length === 0) return complete.type;
  if (!complete && everythingDispatched(shop, context)) {
    return counts.map(({ type }) => type).join(', ');
  }
  const parts = partial.map(({ type, count }) => `${count} of ${kept} ${type}`);
  return [...(complete ? [complete.type] : []), ...parts].join(', ');
}

export function summaryOf(shop: Shop, state: OrderState): Summary {
  const { value, context } = state;
  const placed = !reservedStatuses.includes(value.status);
  agreed(context);
  return {
    status: value.status,
    paymentStatus: paymentStatus(shop, context),
    shippingSummary: placed ? shippingSummary(shop, state) : 'none',
    onHold: context.hold !== null,
    needsAttention: context.attention.length > 0,
    openReturns: openReturns(context),
    balance: balanceOf(shop, context),
    kept: eachLine(context).map(
      ({ agreed: line, state: each }) => line.quantity - countUnits(shop, each).cancelled,
    ),
    ...(context.handOvers.length > 0 && {
      partners: context.lines.map(({ id }) => partnerOf(context, id)),
    }),
  };
}
