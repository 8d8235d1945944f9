import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';

/** Every timeout and retry of an order's workflow, in one place. */
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
} as const satisfies { database: LocalActivityOptions; outside: ActivityOptions };
