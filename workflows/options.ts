import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';

/** Every timeout and retry of the workflows, in one place. */
export const options = {
  /** Reads and writes of our own database: quick, and tried until it is there. */
  database: {
    startToCloseTimeout: '10 seconds',
    localRetryThreshold: '1 minute',
    retry: { initialInterval: '100 ms', backoffCoefficient: 2, maximumInterval: '5 seconds' },
  },
  /** Calls to the outside. A worker that dies is noticed by its heartbeat; the next one asks by key. */
  outside: {
    startToCloseTimeout: '40 seconds',
    heartbeatTimeout: '8 seconds',
    scheduleToCloseTimeout: '3 minutes',
    retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '10 seconds' },
  },
  /**
   * One try of what leaves the house. What the other side does not take is no failure: it waits by the retry
   * table. A worker that dies is noticed by its heartbeat; our own trouble is given up after five days.
   */
  delivery: {
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '10 seconds',
    scheduleToCloseTimeout: '5 days',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  },
  /** One part of a batch. A worker that dies is noticed by its heartbeat; the next one goes on. */
  batch: {
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: '8 seconds',
    retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 seconds' },
  },
  /** Comparing many orders. A worker that dies is noticed by its heartbeat; the next one begins the part again. */
  reconciling: {
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: '30 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  },
  /** Picking up a part of a partner's feed: what fails is left for the next time, which is soon. */
  feed: {
    startToCloseTimeout: '10 minutes',
    heartbeatTimeout: '1 minute',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumAttempts: 3 },
  },
  /** Ending a delivery: our own database and Temporal, tried until they are there. */
  reporting: {
    startToCloseTimeout: '20 seconds',
    retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '1 minute' },
  },
} as const satisfies { database: LocalActivityOptions } & Record<
  'outside' | 'delivery' | 'batch' | 'reconciling' | 'feed' | 'reporting',
  ActivityOptions
>;
