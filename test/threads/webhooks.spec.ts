import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isSigned } from '../support/receiver';
import { startWebhooks, type Webhooks } from '../support/webhooks';

describe('what other systems are told', () => {
  let hooks: Webhooks;
  beforeAll(async () => {
    hooks = await startWebhooks();
  });
  afterAll(() => hooks.stop());

  /** A paid order, and everything that arrived about it. */
  async function toldOfPaid() {
    const { number } = await hooks.system.placed();
    await hooks.pay(number);
    return { number, arrived: await hooks.receiver.arrived(number, 'order.line-status-changed') };
  }

  it('has an id at every attempt, by which duplicates are known (saleor #14251)', async () => {
    const { id, secret } = await hooks.endpoint(['order.placed']);
    const answers = [500, 204];
    hooks.receiver.answer(() => ({ status: answers.shift() ?? 204 }));
    const { number } = await hooks.system.placed();
    const [delivery] = (await hooks.log(
      id,
      (all) => all.length === 1 && all.every(({ status }) => status === 'delivered'),
    )) as unknown as { id: string }[];
    const arrived = hooks.receiver.about(number);
    expect(arrived.map(({ headers }) => headers['webhook-id'])).toEqual([
      delivery?.id,
      delivery?.id,
    ]);
    expect(arrived.every((each) => isSigned(secret, each))).toBe(true);
    await hooks.system.delete(`/v1/webhooks/${id}`);
  });

  it('is numbered by order, so that a wrong order of arrival shows (saleor #9961)', async () => {
    const { id } = await hooks.endpoint();
    const isFirst = new Set<string>();
    // Each order's first webhook is refused once, and so comes after its second.
    hooks.receiver.answer(({ body }) => {
      const isRefused = body.sequence === 1 && !isFirst.has(body.id);
      isFirst.add(body.id);
      return { status: isRefused ? 503 : 204 };
    });
    const { number, arrived } = await toldOfPaid();
    const taken = arrived.map(({ body }) => body.sequence);
    expect(taken.slice(0, 2)).toEqual([1, 2]);
    await hooks.log(id, (all) => all.every(({ status }) => status === 'delivered'));
    const last = hooks.receiver.about(number).map(({ body }) => body.sequence);
    expect(last.lastIndexOf(1)).toBeGreaterThan(last.indexOf(2));
    expect([...new Set(last)].sort()).toEqual([...new Set(last)].map((_, index) => index + 1));
    await hooks.system.delete(`/v1/webhooks/${id}`);
  });

  it('can be seen to have failed, why, and be sent again (saleor-docs #893)', async () => {
    const { id } = await hooks.endpoint(['order.placed']);
    hooks.receiver.answer(() => ({ status: 500, body: 'No room left.' }));
    const { number } = await hooks.system.placed();
    await hooks.log(id, (all) => all.some(({ status }) => status === 'failed'));
    const [failed] = await hooks.deliveries(id, `status=failed&order=${number}`);
    const at = `/v1/webhooks/${id}/deliveries/${failed.id}`;
    const { body } = await hooks.system.get(at);
    expect(body.log.at(-1)).toMatchObject({ status: 500, excerpt: 'No room left.' });
    hooks.receiver.isWell();
    expect((await hooks.system.post(`${at}/redeliveries`)).status).toBe(202);
    await hooks.log(id, (all) => all.every(({ status }) => status === 'delivered'));
    expect(hooks.receiver.about(number).at(-1)?.body.id).toBe(failed.id);
  });
});
