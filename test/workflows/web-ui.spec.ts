import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderState } from '../../machines/state';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

describe('an engineer who opens an order in the Temporal Web UI', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 100);
  });
  afterAll(() => orders.stop());

  it('finds it by search attributes that follow its state', async () => {
    const placement = aPlacement({ lines: [{ ...aPlacement().lines[0]!, partner: 'acme' }] });
    const { number } = placement;
    await orders.place(placement);
    const handle = orders.handle(number);
    expect((await handle.describe()).searchAttributes).toMatchObject({
      ConveyorStatus: ['Pending'],
      ConveyorPayment: ['authorised'],
      ConveyorHold: ['free'],
      ConveyorPartner: ['acme'],
      ConveyorPlacedAt: [new Date(placement.placedAt)],
    });
    await orders.send(number, { type: 'take-payment' });
    expect((await handle.describe()).searchAttributes).toMatchObject({
      ConveyorStatus: ['Being processed'],
      ConveyorPayment: ['paid'],
    });
  });

  it('reads its state, money, deadlines and what is allowed', async () => {
    const placement = aPlacement();
    await orders.place(placement);
    const handle = orders.handle(placement.number);
    const state = await handle.query<OrderState>('state');
    expect(state.value.status).toBe('Pending');
    const metadata = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toContain(`Order ${placement.number}: Pending`);
    expect(metadata.currentDetails).toContain('41.00 GBP authorised');
    expect(metadata.currentDetails).toMatch(/\*\*Due\*\* renewal:p1 .*authorisation:p1/);
    expect(metadata.currentDetails).toContain('| A | Mug | 3 | 3 | 0 | Pending |');
    const actions = await handle.query<{ type: string; allowed: boolean }[]>('actions');
    expect(actions.find(({ type }) => type === 'take-payment')?.allowed).toBe(true);
  });

  it('sees a sentence on each activity and timer, in a short history', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'take-payment' });
    await orders.send(number, { type: 'record-shipping-event', event: 'Shipped' });
    await orders.handle(number).result();
    const { events = [] } = await orders.handle(number).fetchHistory();
    const said = (events ?? []).flatMap(({ userMetadata }) => {
      const data = userMetadata?.summary?.data;
      return data ? [JSON.parse(Buffer.from(data).toString()) as string] : [];
    });
    expect(said).toEqual(
      expect.arrayContaining([
        'authorise 41.00 GBP on p1',
        'capture 41.00 GBP on p1',
        expect.stringMatching(/^renewal:p1 at /),
      ]),
    );
    expect(events?.length).toBeLessThanOrEqual(36);
  });

  it('cannot end an order in the middle by requesting its cancellation', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    const { runId } = await orders.handle(number).describe();
    await orders.handle(number).cancel();
    expect(await orders.send(number, { type: 'take-payment' })).toMatchObject({ outcome: 'done' });
    const { status, runId: still } = await orders.handle(number).describe();
    expect([status.name, still]).toEqual(['RUNNING', runId]);
    expect(await orders.movements(number)).toEqual(['authorisation 4100', 'capture 4100']);
  });
});
