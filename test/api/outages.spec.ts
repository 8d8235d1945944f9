import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrder, startSystem, withKey, type Reply, type System } from '../support/system';
import { startProxy, type Proxy } from './proxy';

let system: System;
let postgres: Proxy;
let temporal: Proxy;
beforeAll(async () => {
  postgres = await startProxy(new URL(process.env.TEST_POSTGRES_URL as string).host);
  temporal = await startProxy(process.env.TEST_TEMPORAL_ADDRESS as string);
  system = await startSystem({
    patienceMs: 1500,
    apiReaches: { postgres: postgres.address, temporal: temporal.address },
  });
});
afterAll(async () => {
  await system.stop();
  await postgres.stop();
  await temporal.stop();
});

const note = { type: 'add-note', text: 'Hello' };

describe('while nobody works on orders', () => {
  it('a command is not promised, and takes effect once when it is sent again', async () => {
    const { number } = await system.placed();
    await system.stopWorker();
    const waited = await system.command(number, note, withKey('w1'));
    expect(waited).toMatchObject({ status: 503, body: { code: 'temporal-unavailable' } });
    expect(waited.headers.get('retry-after')).toBe('2');
    expect(waited.body.detail).toContain('same Idempotency-Key');
    const order = anOrder();
    const { number: _, ...numberless } = order;
    expect((await system.post('/v1/orders', numberless, withKey('w2'))).status).toBe(503);
    await system.startWorker();
    const done = await system.command(number, note, withKey('w1'));
    expect(done).toMatchObject({ status: 200, body: { command: { id: 'w1', outcome: 'done' } } });
    expect(done.body.order.notes).toHaveLength(1);
    const placed = await system.post('/v1/orders', numberless, withKey('w2'));
    expect([200, 201]).toContain(placed.status);
    const { body } = await system.get('/v1/orders');
    expect(body.orders).toHaveLength(2);
  });
});

describe('while money takes its time', () => {
  const gatewayIs = (fault: object) =>
    fetch(`${system.gateway.url}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
  afterEach(() => gatewayIs({ mode: 'ok' }));
  const twoCards = [2000, 2100].map((amount) => {
    return { gateway: 'sandbox', method: 'card', token: 'tok_ok', amount };
  });

  it('a command is answered 202 with where to ask, and is done when the gateway has answered', async () => {
    const { number } = await system.placed({ payments: twoCards });
    await gatewayIs({ mode: 'slow', ms: 900 });
    const pending = await system.command(number, { type: 'take-payment' }, withKey('m1'));
    expect(pending.status).toBe(202);
    expect(pending.headers.get('retry-after')).toBe('1');
    expect(pending.body).toMatchObject({
      command: { id: 'm1', type: 'take-payment', outcome: 'pending', seq: 0 },
      order: { number },
    });
    const where = pending.headers.get('location') as string;
    expect(where).toBe(`/v1/orders/${number}/commands/m1`);
    expect((await system.get(where)).body.command).toMatchObject({ outcome: 'pending' });
    const done = await until(
      () => system.get(where),
      ({ body }) => body.command.outcome === 'done',
    );
    expect(done.body.command).toMatchObject({ type: 'take-payment' });
    expect((await system.get(`/v1/orders/${number}`)).body.payment.captured).toBe(4100);
  });

  it('an order is placed whose card has not been heard of, and hears of it later', async () => {
    const order = anOrder();
    await gatewayIs({ mode: 'down' });
    const placed = await system.post('/v1/orders', order, withKey('m2'));
    expect(placed.status).toBe(202);
    expect(placed.headers.get('location')).toBe(`/v1/orders/${order.number}/commands/m2`);
    expect(placed.body).toMatchObject({
      ...{ number: order.number, command: { type: 'place', outcome: 'pending' } },
    });
    await gatewayIs({ mode: 'ok' });
    const known = await until(
      () => system.get(`/v1/orders/${order.number}`),
      ({ body }) => body.payment?.status === 'authorised',
    );
    expect(known.body).toMatchObject({ status: 'Pending', payment: { authorised: 4100 } });
    const moved = (await system.gateway.ledger()).filter((entry) => entry.order === order.number);
    expect(moved).toHaveLength(1);
  });
});

describe('without Temporal', () => {
  it('orders are read, and commands are put off', async () => {
    const { number } = await system.placed();
    temporal.cut();
    expect((await system.get(`/v1/orders/${number}`)).status).toBe(200);
    expect((await system.get('/readyz')).body).toEqual({
      ready: false,
      postgres: true,
      temporal: false,
    });
    const refused = await system.command(number, note, withKey('t1'));
    expect(refused).toMatchObject({ status: 503, body: { code: 'temporal-unavailable' } });
    expect(refused.body.detail).toMatch(
      /^Nobody has answered in time: no worker runs, or Temporal cannot be reached any more\. It may still happen/,
    );
    const later = await system.command(number, note, withKey('t1'));
    expect(later.body.detail).toBe(
      'Temporal cannot be reached; nothing was done. Try again with the same Idempotency-Key.',
    );
    expect(JSON.stringify(refused.body)).not.toMatch(/grpc|127\.0\.0\.1|at .*:\d+/i);
    temporal.mend();
    const done = await eventually(() => system.command(number, note, withKey('t1')));
    expect(done.body.command).toMatchObject({ id: 't1', outcome: 'done' });
    expect((await system.get('/readyz')).status).toBe(200);
  });
});

describe('without PostgreSQL', () => {
  it('says so, lives on, and works again when it is back', async () => {
    const { number } = await system.placed();
    postgres.cut();
    const away = await system.get(`/v1/orders/${number}`);
    expect(away).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
    expect(away.headers.get('retry-after')).toBe('2');
    expect((await system.command(number, note, withKey('p1'))).status).toBe(503);
    expect((await system.get('/readyz')).body).toMatchObject({ ready: false, postgres: false });
    expect((await system.get('/healthz')).status).toBe(200);
    postgres.mend();
    const done = await eventually(() => system.command(number, note, withKey('p1')));
    expect(done.body.order.notes).toHaveLength(1);
  });
});

/** Asks until the answer is right, and gives the last one. */
async function until(ask: () => Promise<Reply>, isRight: (reply: Reply) => boolean) {
  for (let tries = 1; ; tries += 1) {
    const reply = await ask();
    if (isRight(reply) || tries === 40) return reply;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Sends again as a caller would who was told to. */
const eventually = (ask: () => Promise<Reply>) => until(ask, ({ status }) => status < 300);
