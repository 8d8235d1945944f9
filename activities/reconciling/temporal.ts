import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import type { Knex } from 'knex';
import { loadOrder } from '../../db/orders';
import {
  orderStart,
  reconciliationStart,
  wakeSignal,
  workflowIdOf,
} from '../../workflows/messages';

/** How long Temporal may take for one answer. */
const WITHIN_MS = 5_000;
/** When the day's reconciliation begins, UTC. */
const DAILY = { hour: 3, minute: 17 };

/** Asks Temporal whether an order's workflow runs. */
export function createAwake(client: Client) {
  return async (number: string): Promise<boolean> => {
    const describe = () => client.workflow.getHandle(workflowIdOf(number)).describe();
    try {
      const { status } = await client.connection.withDeadline(Date.now() + WITHIN_MS, describe);
      return status.name === 'RUNNING';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  };
}

/** Wakes an order that sleeps; harmless where it runs. */
export function createWaker(client: Client, taskQueue: string, knex: Knex) {
  return async (number: string): Promise<void> => {
    const order = await loadOrder(knex, number);
    if (!order) return;
    const start = orderStart({ number, shop: order.shop }, taskQueue);
    await client.workflow.signalWithStart('order', { ...start, signal: wakeSignal });
  };
}

/** Has Temporal begin a reconciliation each day; once, however many workers ask for it. */
export async function keepSchedule(client: Client, taskQueue: string): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: `reconciliation-${taskQueue}`,
      spec: { calendars: [DAILY] },
      // One that takes longer than a day is not overtaken, and a day that nobody worked is not made up for.
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' },
      action: reconciliationStart(taskQueue),
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
