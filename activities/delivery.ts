import type { OutboxRow } from '../db/outbox/waiting';
import type { Report } from '../machines/events';
import { retryTheWorld } from './failures';

export type { OutboxRow } from '../db/outbox/waiting';

/** What came of delivering a row for good, and what its order is to know of it. */
export interface Delivered {
  readonly outcome: 'done' | 'failed';
  /** Why it failed, or what was done, for whoever opens the delivery in the Temporal Web UI. */
  readonly says?: string;
  readonly report?: Report;
}

/** How the rows of one topic leave the house. */
export interface Deliverer {
  /** Delivers; throws when it is to be tried again. It may run twice for one row. */
  deliver(row: OutboxRow): Promise<Delivered>;
  /** Called when it has been tried for days, or failed beyond trying again. */
  giveUp(row: OutboxRow, why: string): Promise<Delivered>;
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
}

/** What a delivery has done to the world: each can run twice. */
export function createDelivery({ deliverers, report }: DeliveryDependencies) {
  const delivererOf = ({ topic }: OutboxRow): Deliverer => {
    const found = Object.hasOwn(deliverers, topic) ? deliverers[topic] : undefined;
    if (found) return found;
    // Left to be tried again: the next release of the worker may know the topic, as the one before did.
    throw new Error(`Nothing is set up that delivers ${topic}.`);
  };
  return {
    /** Delivers a row of the outbox by its topic. */
    deliver: (row: OutboxRow): Promise<Delivered> =>
      retryTheWorld(() => delivererOf(row).deliver(row)),

    /** Ends a row that could not be delivered. */
    giveUp: (row: OutboxRow, why: string): Promise<Delivered> =>
      retryTheWorld(() => delivererOf(row).giveUp(row, why)),

    /** Tells the row's order. */
    report: ({ id, order, payload }: OutboxRow, said: Report): Promise<void> =>
      retryTheWorld(() => {
        const cause = typeof payload.event === 'string' ? payload.event : undefined;
        return report(order, said, { id: `outbox ${id}`, cause });
      }),
  };
}
