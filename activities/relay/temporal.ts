import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { loadOrder } from '../../db/orders';
import type { OutboxRow } from '../../db/outbox/waiting';
import { deliveryStart, orderStart, reportSignal } from '../../workflows/messages';
import type { Reporter } from '../delivery';

/** How long Temporal may take for one answer. */
const WITHIN_MS = 5_000;

/** Starts a row's delivery, once however often it is asked to; `retries` is its retry table. */
export function createStarter(client: Client, taskQueue: string, retries: readonly number[]) {
  return async (row: OutboxRow): Promise<void> => {
    const start = () => client.workflow.start('delivery', deliveryStart(row, retries, taskQueue));
    try {
      await client.connection.withDeadline(Date.now() + WITHIN_MS, start);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  };
}

/** Tells an order what became of something that left it, waking it if it sleeps. */
export function createReporter(client: Client, taskQueue: string, knex: Knex): Reporter {
  return async (number, report, from) => {
    const order = await loadOrder(knex, number);
    // A placing that was withdrawn has nobody to tell.
    if (!order) return;
    const signal = () =>
      client.workflow.signalWithStart('order', {
        ...orderStart({ number, shop: order.shop }, taskQueue),
        signal: reportSignal,
        signalArgs: [report, from],
      });
    await client.connection.withDeadline(Date.now() + WITHIN_MS, signal);
  };
}
