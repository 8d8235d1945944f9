import type { OutboxRow } from '../db/outbox/waiting';
import type { Report } from '../machines/events';
import { retryTheWorld } from './failures';

export type { OutboxRow } from '../db/outbox/waiting';

/** What came of delivering a row for good, and what its order is to know of it. */
export interface Ended {
  readonly outcome: 'done' | 'failed';
  /** Why it failed, or what was done, for whoever opens the delivery in the Temporal Web UI. */
  readonly says?: string;
  readonly report?: Report;
}

/** Not now: it is tried again after the next wait of the retry table, and given up after the last. */
export interface Later {
  readonly outcome: 'later';
  /** Why not now. */
  readonly says: string;
  /** How long it is to be left alone at least, as whoever it goes to asked. */
  readonly notBeforeMs?: number;
  /** How much longer it is tried, where it has an end of its own, which then counts instead of the table's. */
  readonly untilMs?: number;
}

export type Delivered = Ended | Later;

/** Which try of a row this is. */
export interface Trial {
  readonly attempt: number;
  /** How long it would wait for the next one; absent when this is the last. */
  readonly nextMs?: number;
}

/** How the rows of one topic leave the house. It may run twice for one row. */
export interface Deliverer {
  /** Delivers. What it throws is our own trouble, and tried again soon; the other side's is `later`. */
  deliver(row: OutboxRow, trial?: Trial): Promise<Delivered>;
  /** Called when it has been tried for days, or failed beyond trying again. */
  giveUp(row: OutboxRow, why: string): Promise<Ended>;
}

/** The order that a row is about; throws for a row about none. */
export function orderOf({ id, order }: OutboxRow): string {
  if (order !== null) return order;
  throw new TypeError(`Row ${id} of the outbox is about no order.`);
}

/** Where a report comes from: its lasting id, and the event that led to it. */
export interface ReportStamp {
  readonly id: string;
  readonly cause?: string;
}

/** Tells an order what became of something; telling it again under the same id is harmless. */
export type Reporter = (number: string, report: Report, from: ReportStamp) => Promise<void>;

export interface DeliveryDependencies {
  /** By topic. */
  readonly deliverers: Readonly<Record<string, Deliverer>>;
  readonly report: Reporter;
  /** Says that this process is alive, while it delivers. */
  readonly heartbeat: () => void;
}

const HEARTBEAT_MS = 3_000;

/** What a delivery has done to the world: each can run twice. */
export function createDelivery({ deliverers, report, heartbeat }: DeliveryDependencies) {
  const delivererOf = ({ topic }: OutboxRow): Deliverer => {
    const found = Object.hasOwn(deliverers, topic) ? deliverers[topic] : undefined;
    if (found) return found;
    // Left to be tried again: the next release of the worker may know the topic, as the one before did.
    throw new Error(`Nothing is set up that delivers ${topic}.`);
  };
  return {
    /** Delivers a row of the outbox by its topic. */
    deliver: (row: OutboxRow, trial?: Trial): Promise<Delivered> =>
      retryTheWorld(async () => {
        const beating = setInterval(heartbeat, HEARTBEAT_MS);
        try {
          const delivered = await delivererOf(row).deliver(row, trial);
          if (delivered.outcome !== 'later' || trial) return delivered;
          // Started by a release that had no table: it is tried again as it was then.
          throw new Error(delivered.says);
        } finally {
          clearInterval(beating);
        }
      }),

    /** Ends a row that could not be delivered. */
    giveUp: (row: OutboxRow, why: string): Promise<Ended> =>
      retryTheWorld(() => delivererOf(row).giveUp(row, why)),

    /** Tells the row's order. */
    report: (row: OutboxRow, said: Report): Promise<void> =>
      retryTheWorld(() => {
        const { id, payload } = row;
        const cause = typeof payload.event === 'string' ? payload.event : undefined;
        return report(orderOf(row), said, { id: `outbox ${id}`, cause });
      }),
  };
}
