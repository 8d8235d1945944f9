import {
  WithStartWorkflowOperation,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { orderStart, placeUpdate } from '../../workflows/messages';
import type { OrderPlacer } from './deliverer';

/** How long the placing of one order may take. */
const WITHIN_MS = 20_000;

/** Places an order under a table; placed again, the same order gets the first answer. */
export function createPlacer(client: Client, taskQueue: string): OrderPlacer {
  return async (shop, placement, sender) => {
    const { number } = placement;
    const place = () =>
      client.workflow.executeUpdateWithStart(placeUpdate, {
        args: [placement, sender],
        startWorkflowOperation: new WithStartWorkflowOperation(
          'order',
          orderStart({ number, shop }, taskQueue),
        ),
      });
    try {
      return await client.connection.withDeadline(Date.now() + WITHIN_MS, place);
    } catch (error) {
      if (!(error instanceof WorkflowUpdateFailedError)) throw error;
      return { outcome: 'refused', refusal: { detail: error.cause?.message ?? error.message } };
    }
  };
}
