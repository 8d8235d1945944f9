import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, anOrder, startSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe('an order over HTTP', () => {
  it('is placed, paid and shipped, each command answered when it is done', async () => {
    await system.put('/v1/stock/MUG-1', { inStock: 10 });
    const order = anOrder();
    const placed = await system.post('/v1/orders', order);
    expect(placed.status).toBe(201);
    expect(placed.headers.get('location')).toBe(`/v1/orders/${order.number}`);
    expect(placed.headers.get('etag')).toBe(`"${placed.body.version}"`);
    expect(placed.body).toMatchObject({
      ...{ number: order.number, status: 'Pending', placedAt: order.placedAt },
      ...{ availableStatuses: ['Being processed', 'Cancelled'], hold: null },
      workflowId: `order-${order.number}`,
      payment: { status: 'authorised', authorised: 4100, captured: 0, balance: 4100 },
      lines: [
        { id: 'A', status: 'Pending', quantities: { allocated: 3, consumed: 0, shipped: 0 } },
      ],
    });
    expect(JSON.stringify(placed.body)).not.toContain('tok_ok');

    const paid = await system.command(order.number, { type: 'take-payment' });
    expect(paid.status).toBe(200);
    expect(paid.body.command).toMatchObject({ type: 'take-payment', outcome: 'done', seq: 4 });
    expect(paid.body.order).toMatchObject({
      ...{ status: 'Being processed', payment: { status: 'paid', captured: 4100, balance: 0 } },
    });

    const shipped = await system.command(order.number, {
      ...{ type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'A', quantity: 1 }] },
      tracking: { carrier: 'DHL', number: 'X1' },
    });
    expect(shipped.body.order).toMatchObject({
      ...{ status: 'Being processed', shipping: { summary: '1 of 3 Shipped' } },
      lines: [{ quantities: { shipped: 1, consumed: 1, allocated: 2 }, remaining: { shipped: 2 } }],
    });
    const rest = await system.command(order.number, {
      ...{ type: 'record-shipping-event', event: 'Shipped' },
    });
    expect(rest.body.order).toMatchObject({ status: 'Complete', availableStatuses: [] });
    expect((await system.get('/v1/stock/MUG-1')).body).toMatchObject({
      ...{ inStock: 7, allocated: 0, net: 7 },
    });
    expect(await system.gateway.ledger()).toMatchObject([
      { kind: 'authorisation', amount: 4100 },
      { kind: 'capture', amount: 4100 },
    ]);
  });

  it('needs neither number nor ids: the shop gives them, in its own order', async () => {
    await system.put('/v1/stock/MUG-1', { inStock: 100 });
    const {
      number: _,
      placedAt: __,
      ...order
    } = anOrder({
      lines: [aLine({ id: undefined, trackStock: false }), aLine({ id: undefined })],
    });
    const first = await system.post('/v1/orders', order);
    const second = await system.post('/v1/orders', order);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      number: expect.stringMatching(/^\d+$/),
      lines: [{ id: '1' }, { id: '2' }],
      currency: 'GBP',
    });
    expect(Date.now() - Date.parse(first.body.placedAt)).toBeLessThan(60_000);
    expect(second.body.number).toBe(String(Number(first.body.number) + 1));
  });

  it('is the same order when the same request comes again, and another one may not have its number', async () => {
    await system.put('/v1/stock/MUG-1', { inStock: 100 });
    const order = anOrder();
    const [one, two] = await Promise.all([
      system.post('/v1/orders', order),
      system.post('/v1/orders', order),
    ]);
    expect([one.status, two.status].sort()).toEqual([200, 201]);
    expect((await system.post('/v1/orders', order)).status).toBe(200);
    const other = await system.post(
      '/v1/orders',
      anOrder({ number: order.number, currency: 'EUR' }),
    );
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ code: 'number-taken', errors: [{ pointer: '/number' }] });
    expect((await system.get(`/v1/orders/${order.number}/events`)).body.events).toHaveLength(2);
  });

  it('is refused as a whole when its card is, and may be placed again with another', async () => {
    await system.put('/v1/stock/CUP-1', { inStock: 3 });
    const order = anOrder({ token: 'tok_declined', lines: [aLine({ sku: 'CUP-1' })] });
    const declined = await system.post('/v1/orders', order);
    expect(declined.status).toBe(402);
    expect(declined.body).toMatchObject({
      code: 'payment-declined',
      figures: { declineCode: 'card_declined' },
      command: { type: 'place', outcome: 'refused' },
    });
    expect((await system.get(`/v1/orders/${order.number}`)).status).toBe(404);
    expect((await system.get('/v1/stock/CUP-1')).body).toMatchObject({ allocated: 0 });
    const payments = [{ gateway: 'sandbox', method: 'card', token: 'tok_ok' }];
    expect((await system.post('/v1/orders', { ...order, payments })).status).toBe(201);
  });

  it('is refused for want of stock, with the most that could be had', async () => {
    await system.put('/v1/stock/RARE', { inStock: 2 });
    const refused = await system.post('/v1/orders', anOrder({ lines: [aLine({ sku: 'RARE' })] }));
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'insufficient-stock',
      errors: [{ pointer: '/lines/0/quantity' }],
    });
  });

  it('can be seen as it was', async () => {
    const { number, lines } = await system.placed();
    await system.command(number, { type: 'take-payment' });
    const then = await system.get(`/v1/orders/${number}?at=2`);
    expect(then.body).toMatchObject({ seq: 2, status: 'Pending', payment: { captured: 0 }, lines });
    const now = await system.get(`/v1/orders/${number}?at=4`);
    expect(now.body).toEqual((await system.get(`/v1/orders/${number}`)).body);
    expect((await system.get(`/v1/orders/${number}?at=9`)).status).toBe(404);
    expect((await system.get(`/v1/orders/${number}?at=0`)).body.code).toBe('validation');
  });

  it('says what may be done with it, and what may not, because…', async () => {
    const { number } = await system.placed();
    const { body } = await system.get(`/v1/orders/${number}/actions`);
    const of = (type: string, value?: string) =>
      body.actions.find(
        (action: { type: string; command: Record<string, unknown> }) =>
          action.type === type && (!value || Object.values(action.command).includes(value)),
      );
    expect(of('take-payment')).toMatchObject({ allowed: true });
    expect(of('set-status', 'Complete')).toMatchObject({
      ...{ allowed: false, refusal: { code: 'invalid-order-status' } },
    });
    expect(of('record-shipping-event', 'Shipped')).toMatchObject({
      ...{ allowed: false, refusal: { code: 'invalid-shipping-event' } },
    });
  });
});
