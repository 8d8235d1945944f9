import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { loadOrder } from '../../db/orders';
import type { OutboxRow } from '../../db/outbox/waiting';
import {
  deliveryStart,
  fulfilmentStart,
  newsSignal,
  orderStart,
  reportSignal,
} from '../../workflows/messages';
import { orderOf, type Reporter } from '../delivery';

/** How long Temporal may take for one answer. */
const WITHIN_MS = 5_000;

/** The topic of rows that nobody delivers: they are news for a workflow. */
export const NEWS = 'fulfilment';

/**
 * Starts a row's delivery, once however often it is asked to; `retries` is its retry table. News of a
 * hand-over is told to the workflow that watches over it.
 */
export function createStarter(client: Client, taskQueue: string, retries: readonly number[]) {
  const deliver = (row: OutboxRow) =>
    client.workflow.start('delivery', deliveryStart(row, retries, taskQueue));
  const tell = (row: OutboxRow) => {
    const input = { order: orderOf(row), partner: row.kind };
    const start = fulfilmentStart(input, taskQueue);
    return client.workflow.signalWithStart('fulfilment', { ...start, signal: newsSignal });
  };
  return async (row: OutboxRow): Promise<void> => {
    const start = async () => void (await (row.topic === NEWS ? tell(row) : deliver(row)));
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
