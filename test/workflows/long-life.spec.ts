import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

describe('a long life', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 1000);
  });
  afterAll(() => orders.stop());

  it('continues as a new run when the history is long, and loses no message around it', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    const first = (await orders.handle(number).describe()).runId;
    const texts = Array.from({ length: 60 }, (_, index) => `Note ${index}.`);
    // Two senders and a stream of signals, so that messages are under way when the run changes.
    const send = async (mine: string[]) => {
      for (const text of mine) {
        const noted = await orders.send(number, { type: 'add-note', text });
        expect(noted.outcome).toBe('done');
      }
    };
    const signal = async (mine: string[]) => {
      for (const text of mine) await orders.signal(number, { type: 'add-note', text });
    };
    await Promise.all([
      send(texts.slice(0, 25)),
      send(texts.slice(25, 50)),
      signal(texts.slice(50)),
    ]);
    const taken = await orders.send(number, { type: 'take-payment' });
    expect(taken.outcome).toBe('done');

    expect((await orders.handle(number).describe()).runId).not.toBe(first);
    const notes = (await orders.stored(number))?.state.context.notes ?? [];
    expect(notes.map(({ text }) => text).sort()).toEqual([...texts].sort());
    expect(await orders.movements(number)).toEqual(['authorisation 4100', 'capture 4100']);
  });

  it('remembers across runs what it answered', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    const command = { type: 'take-payment', amount: 100 } as const;
    await orders.send(number, command, 'pay-100');
    for (let count = 0; count < 30; count += 1) {
      await orders.send(number, { type: 'add-note', text: `${count}` });
    }
    expect(await orders.send(number, command, 'pay-100')).toMatchObject({ repeated: true });
    expect(await orders.movements(number)).toEqual(['authorisation 4100', 'capture 100']);
  });

  it('takes up what is stored when somebody else wrote before it', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'add-note', text: 'Before.' });
    const handle = orders.handle(number);
    const { events = [] } = await handle.fetchHistory();
    const placed = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes)[1];
    const { runId } = await handle.describe();
    await orders.send(number, { type: 'take-payment' });
    // An engineer resets the workflow to a moment before the note and the payment.
    await orders.client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: handle.workflowId, runId },
      reason: 'test',
      workflowTaskFinishEventId: placed?.eventId,
      requestId: number,
    });
    await orders.send(number, { type: 'record-shipping-event', event: 'Shipped' });
    const stored = await orders.stored(number);
    expect(stored?.state.value.status).toBe('Complete');
    expect(stored?.state.context.notes).toHaveLength(1);
    expect(await orders.movements(number)).toEqual(['authorisation 4100', 'capture 4100']);
    expect(await orders.shelf('MUG-1')).toMatchObject({ inStock: 997 });
  });
});
