import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

describe('a charge that everybody else has forgotten', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 100);
  });
  afterAll(() => orders.stop());

  /** What the retention of a namespace does to a workflow that ended long ago. */
  async function forgetHistory(number: string): Promise<void> {
    const handle = orders.handle(number);
    await handle.terminate('It ended long ago.');
    const { client } = orders;
    await client.workflowService.deleteWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId: handle.workflowId },
    });
  }

  it('is not made again: idempotent only while the namespace keeps history (temporalio/reference-app-orders-go PR 49)', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement, 'place');
    const paid = await orders.send(number, { type: 'take-payment' }, 'pay');
    expect(paid).toMatchObject({ outcome: 'done' });
    const before = await orders.movements(number);
    await forgetHistory(number);

    const again = await orders.send(number, { type: 'take-payment' }, 'pay');
    expect(again).toMatchObject({ outcome: 'done', seq: paid.seq });
    expect(await orders.place(placement, 'place')).toMatchObject({ outcome: 'done' });
    expect(await orders.movements(number)).toEqual(before);
    expect(before).toEqual(['authorisation 4100', 'capture 4100']);
  });
});
