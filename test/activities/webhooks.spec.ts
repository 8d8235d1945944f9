import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createPoster } from '../../activities/sending/post';
import { eventually } from '../support/eventually';
import { isSigned, type Arrival } from '../support/receiver';
import { startWebhooks, type Webhooks } from '../support/webhooks';

const isDelivered = (all: readonly { status: string }[]) =>
  all.length > 0 && all.every(({ status }) => status === 'delivered');
const sequences = (arrivals: readonly Arrival[]) => arrivals.map(({ body }) => body.sequence);

describe('webhooks', () => {
  let hooks: Webhooks;
  beforeAll(async () => {
    hooks = await startWebhooks();
  });
  afterAll(() => hooks.stop());
  afterEach(() => hooks.clear());

  it('arrive signed, in the order of what happened, each under its own id', async () => {
    const { id, secret } = await hooks.endpoint();
    const { number } = await hooks.system.placed();
    await hooks.pay(number);
    const arrived = await hooks.receiver.arrived(number, 'order.line-status-changed');
    expect(arrived.map(({ body }) => `${body.sequence} ${body.type}`)).toEqual([
      '1 order.placed',
      '2 order.payment-event',
      '3 order.payment-event',
      '4 order.status-changed',
      '5 order.line-status-changed',
    ]);
    expect(arrived.every((each) => isSigned(secret, each))).toBe(true);
    expect(arrived.map(({ headers }) => headers['webhook-id'])).toEqual(
      arrived.map(({ body }) => body.id),
    );
    expect(arrived[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Conveyor',
    });
    const log = await hooks.log(id, isDelivered);
    expect(log).toHaveLength(5);
  });

  it('are tried again until the receiver is back, byte for byte the same, and the log shows each attempt', async () => {
    const { id } = await hooks.endpoint(['order.placed']);
    let times = 0;
    hooks.receiver.answer(() => {
      times += 1;
      return times < 3 ? { status: 503, body: 'Closed for a moment' } : { status: 200, body: 'ok' };
    });
    const { number } = await hooks.system.placed();
    const [delivery] = await hooks.log(id, isDelivered);
    const arrived = hooks.receiver.about(number);
    expect(new Set(arrived.map(({ raw }) => raw)).size).toBe(1);
    const { body } = await hooks.system.get(
      `/v1/webhooks/${id}/deliveries/${(delivery as unknown as { id: string }).id}`,
    );
    expect(body).toMatchObject({ status: 'delivered', attempts: 3, order: number, sequence: 1 });
    expect(body.body).toBe(arrived[0]?.raw);
    expect(
      body.log.map(({ status, excerpt }: { status: number; excerpt: string }) => [status, excerpt]),
    ).toEqual([
      [503, 'Closed for a moment'],
      [503, 'Closed for a moment'],
      [200, 'ok'],
    ]);
  });

  it('wait as long as Retry-After asks', async () => {
    const { id } = await hooks.endpoint(['order.placed']);
    const at: number[] = [];
    hooks.receiver.answer(() => {
      at.push(Date.now());
      return at.length === 1 ? { status: 429, headers: { 'retry-after': '2' } } : { status: 204 };
    });
    await hooks.system.placed();
    await hooks.log(id, isDelivered);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  it('stop at 410, what waits too; resumed, the endpoint is told what happens from then on', async () => {
    const { id } = await hooks.endpoint(['order.placed', 'order.held']);
    hooks.receiver.answer(({ body }) => ({ status: body.type === 'order.held' ? 410 : 503 }));
    const first = await hooks.system.placed();
    await hooks.receiver.arrived(first.number, 'order.placed');
    await hooks.system.command(first.number, { type: 'hold', reason: 'Ask first' });
    const log = await hooks.log(
      id,
      (all) => all.length === 2 && all.every(({ status }) => status === 'stopped'),
    );
    expect(log).toHaveLength(2);
    const endpoint = await hooks.system.get(`/v1/webhooks/${id}`);
    expect(endpoint.body).toMatchObject({
      status: 'stopped',
      why: 'It answered 410: it wants to be told no more.',
    });
    const unheard = await hooks.system.placed();
    hooks.receiver.isWell();
    expect((await hooks.system.post(`/v1/webhooks/${id}/resume`)).body.status).toBe('active');
    const heard = await hooks.system.placed();
    await hooks.receiver.arrived(heard.number, 'order.placed');
    expect(hooks.receiver.about(unheard.number)).toEqual([]);
    expect(hooks.receiver.about(first.number)).toHaveLength(
      (log as { attempts: number }[]).reduce((sum, { attempts }) => sum + attempts, 0),
    );
  });

  it('are signed with both secrets while one follows the other', async () => {
    const { id, secret: former } = await hooks.endpoint(['order.placed']);
    const rotated = await hooks.system.post(`/v1/webhooks/${id}/secret`, { overlapHours: 1 });
    const { secret: newest } = rotated.body;
    const during = await hooks.system.placed();
    const [both] = await hooks.receiver.arrived(during.number, 'order.placed');
    expect([isSigned(former, both as Arrival), isSigned(newest, both as Arrival)]).toEqual([
      true,
      true,
    ]);
    const last = await hooks.system.post(`/v1/webhooks/${id}/secret`, { overlapHours: 0 });
    const after = await hooks.system.placed();
    const [one] = await hooks.receiver.arrived(after.number, 'order.placed');
    const secrets = [former, newest, last.body.secret];
    expect(secrets.map((secret) => isSigned(secret, one as Arrival))).toEqual([false, false, true]);
  });

  it('arrive in order for each of 20 orders at once, as long as they are taken', async () => {
    const { id } = await hooks.endpoint();
    hooks.receiver.answer(() => ({ status: 204, afterMs: 30 }));
    const orders = await Promise.all(Array.from({ length: 20 }, () => hooks.system.placed()));
    const numbers = orders.map(({ number }) => number as string);
    await Promise.all(numbers.map((number) => hooks.pay(number)));
    for (const number of numbers) {
      const all = await hooks.receiver.arrived(number, 'order.line-status-changed');
      expect({ number, sequences: sequences(all) }).toEqual({ number, sequences: [1, 2, 3, 4, 5] });
    }
    await hooks.log(id, isDelivered);
  });

  it('all arrive though the worker ends in the middle, and none is said to be another', async () => {
    const { id } = await hooks.endpoint();
    hooks.receiver.answer(() => ({ status: 204, afterMs: 300 }));
    const orders = await Promise.all(Array.from({ length: 5 }, () => hooks.system.placed()));
    await hooks.system.stopWorker();
    await hooks.system.startWorker();
    for (const { number } of orders) await hooks.pay(number);
    for (const { number } of orders) {
      await hooks.receiver.arrived(number, 'order.line-status-changed');
    }
    await hooks.log(id, (all) => isDelivered(all) && all.length === 25);
    for (const { number } of orders) {
      const once = new Map(hooks.receiver.about(number).map(({ body }) => [body.id, body]));
      const numbers = [...once.values()].map(({ sequence }) => sequence).toSorted((x, y) => x - y);
      expect(numbers).toEqual([1, 2, 3, 4, 5]);
    }
  });

  it('do not reach an address that is not public, whatever its name is, unless it is allowed', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    hooks.postWith(createPoster({ allowed: [], timeoutMs: 2_000, resolve }));
    const url = `https://erp.example.com:${hooks.receiver.port}/hooks`;
    const { id } = await hooks.endpoint(['order.placed'], url);
    const { number } = await hooks.system.placed();
    const [{ id: delivery }] = (await hooks.log(
      id,
      ([first]) => first !== undefined && first.attempts > 0,
    )) as unknown as [{ id: string }];
    const read = () => hooks.system.get(`/v1/webhooks/${id}/deliveries/${delivery}`);
    const { body } = await eventually(read, (reply) => reply.body.log[0]?.why !== null);
    expect(body.log[0]).toMatchObject({
      status: null,
      why: 'erp.example.com leads to 127.0.0.1, an address that is not public (loopback): ALLOWED_ADDRESSES has to name it.',
    });
    expect(hooks.receiver.about(number)).toEqual([]);
  });
});

describe('an endpoint that takes nothing', () => {
  let hooks: Webhooks;
  beforeAll(async () => {
    hooks = await startWebhooks({ patienceMs: 1_000 });
  });
  afterAll(() => hooks.stop());

  it('is paused, people are asked to look, and nothing is lost when it is resumed', async () => {
    const { id } = await hooks.endpoint(['order.placed', 'order.held']);
    hooks.receiver.answer(() => ({ status: 500, body: 'Out of order' }));
    const { number } = await hooks.system.placed();
    const paused = await eventually(
      () => hooks.system.get(`/v1/webhooks/${id}`),
      ({ body }) => body.status === 'paused',
    );
    expect(paused.body.why).toContain('Nothing could be delivered for 1 seconds');
    const tasks = async (state: string) =>
      (await hooks.system.get(`/v1/tasks?reason=webhook-paused&state=${state}`)).body.tasks;
    expect(await tasks('open')).toMatchObject([
      { reason: 'webhook-paused', text: expect.stringContaining(hooks.receiver.url) },
    ]);

    await hooks.system.command(number, { type: 'hold', reason: 'Ask first' });
    hooks.receiver.isWell();
    const before = hooks.receiver.arrivals.length;
    const pinged = await hooks.system.post(`/v1/webhooks/${id}/test`);
    const ping = await eventually(
      async () => hooks.receiver.arrivals.slice(before),
      (all) => all.length > 0,
    );
    // A ping gets through while it is paused, and nothing else does.
    expect(ping.map(({ body }) => [body.type, body.id])).toEqual([['ping', pinged.body.delivery]]);

    await hooks.system.post(`/v1/webhooks/${id}/resume`);
    await hooks.receiver.arrived(number, 'order.held');
    await hooks.log(id, isDelivered);
    expect(await tasks('open')).toEqual([]);
    expect(await tasks('closed')).toMatchObject([{ closed: { by: 'itself' } }]);
  });
});
