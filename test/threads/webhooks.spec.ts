import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { isSigned, type Arrival } from '../support/receiver';
import { startWebhooks, type Webhooks } from '../support/webhooks';

describe('webhooks that leave, as other systems send them twice, without a name, or never', () => {
  let hooks: Webhooks;
  beforeAll(async () => {
    hooks = await startWebhooks();
  });
  afterAll(() => hooks.stop());
  afterEach(() => hooks.clear());

  const isDelivered = (all: readonly { status: string }[]) =>
    all.length > 0 && all.every(({ status }) => status === 'delivered');
  const names = (arrivals: readonly Arrival[]) =>
    arrivals.map(({ headers }) => headers['webhook-id']);

  it('come once for what happened once, whatever becomes of the worker (saleor #14251)', async () => {
    const { id } = await hooks.endpoint(['order.placed', 'order.status-changed']);
    const { number } = await hooks.system.placed();
    await hooks.system.stopWorker();
    await hooks.system.startWorker();
    const paid = await Promise.all([hooks.pay(number), hooks.pay(number)]);
    expect(paid.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const log = (await hooks.log(id, (all) => isDelivered(all) && all.length === 2)) as unknown as {
      type: string;
    }[];
    expect(log.map(({ type }) => type)).toEqual(['order.status-changed', 'order.placed']);
    const arrived = await hooks.receiver.arrived(number, 'order.status-changed');
    expect(new Set(names(arrived)).size).toBe(2);
  });

  it('have an id to be known by, the same at every attempt, in signed bytes (saleor #9961)', async () => {
    const { id, secret } = await hooks.endpoint(['order.placed']);
    let times = 0;
    hooks.receiver.answer(() => ({ status: (times += 1) === 1 ? 500 : 204 }));
    const { number } = await hooks.system.placed();
    await hooks.log(id, isDelivered);
    const arrived = hooks.receiver.about(number).filter((each) => isSigned(secret, each));
    expect(arrived).toHaveLength(2);
    expect(new Set(names(arrived)).size).toBe(1);
    expect(names(arrived)[0]).toBe(arrived[0]?.body.id);
    expect(arrived[0]?.raw).toBe(arrived[1]?.raw);
  });

  it('that come in the wrong order say so by their numbers (saleor #9961, Shopify/shopify-app-js #603)', async () => {
    const { id, secret } = await hooks.endpoint(['order.placed', 'order.status-changed']);
    hooks.receiver.answer(({ body }) => ({ status: body.type === 'order.placed' ? 503 : 204 }));
    const { number } = await hooks.system.placed();
    await hooks.receiver.arrived(number, 'order.placed');
    await hooks.pay(number);
    await hooks.log(id, ([newest]) => newest?.status === 'delivered');
    hooks.receiver.isWell();
    await hooks.log(id, isDelivered);
    const own = hooks.receiver.about(number).filter((each) => isSigned(secret, each));
    const last = own.at(-1)?.body;
    expect([last?.type, last?.sequence, last?.order.status]).toEqual([
      'order.placed',
      1,
      'Pending',
    ]);
    // Whoever keeps the highest number has the order as it is.
    const newest = own.toSorted((one, other) => one.body.sequence - other.body.sequence).at(-1);
    const { body } = await hooks.system.get(`/v1/orders/${number}`);
    expect(newest?.body.order.status).toBe(body.status);
  });

  it('that failed are seen, with what was answered, and sent again (saleor-docs #893)', async () => {
    const { id } = await hooks.endpoint(['order.placed']);
    hooks.receiver.answer(() => ({ status: 500, body: 'The table is full' }));
    const { number } = await hooks.system.placed();
    await hooks.log(id, ([first]) => first?.status === 'failed');
    const [failed] = await hooks.deliveries(id, `status=failed&order=${number}`);
    const at = `/v1/webhooks/${id}/deliveries/${failed.id}`;
    const { body } = await hooks.system.get(at);
    expect(body.log).toHaveLength(7);
    expect(body.log[0]).toMatchObject({ status: 500, excerpt: 'The table is full' });
    hooks.receiver.isWell();
    const before = hooks.receiver.about(number).length;
    expect((await hooks.system.post(`${at}/redeliveries`)).body).toEqual({ found: 1, sent: 1 });
    await eventually(
      async () => hooks.receiver.about(number),
      (all) => all.length > before,
    );
    expect(await hooks.log(id, isDelivered)).toMatchObject([{ attempts: 8 }]);
  });
});
