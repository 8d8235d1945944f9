import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, anOrder, startSystem, type System } from '../support/system';

describe('vouchers over HTTP', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  const lines = [aLine({ trackStock: false })];
  const withVoucher = (voucher: string, changes = {}) => {
    const order = anOrder({ lines });
    const { exclTax, inclTax } = order.total;
    return {
      ...order,
      discounts: [
        { kind: 'basket', name: 'Spring', voucher, exclTax: 100, inclTax: 100, ...changes },
      ],
      total: { exclTax: exclTax - 100, inclTax: inclTax - 100 },
    };
  };

  it('fifty orders at once with one voucher of single use: one is placed, and one card is asked', async () => {
    await system.put('/v1/vouchers/Only-Once', { uses: 1 });
    const orders = Array.from({ length: 50 }, (_, n) =>
      withVoucher(n % 2 ? 'ONLY-ONCE' : 'only-once'),
    );
    const answers = await Promise.all(orders.map((order) => system.post('/v1/orders', order)));
    const placed = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 409);
    expect([placed.length, refused.length]).toEqual([1, 49]);
    expect(refused[0]?.body).toMatchObject({
      code: 'voucher-used',
      errors: [{ pointer: '/discounts/0/voucher' }],
    });
    const numbers = orders.map(({ number }) => number);
    const moved = (await system.gateway.ledger()).filter(({ order }) => numbers.includes(order));
    expect(moved).toHaveLength(1);

    const { number } = placed[0]?.body as { number: string };
    await system.command(number, { type: 'cancel', reason: 'x' });
    const { body } = await system.get('/v1/vouchers/ONLY-ONCE');
    expect(body).toMatchObject({ code: 'Only-Once', uses: 1, used: 0, left: 1 });
    expect((await system.get(`/v1/orders/${number}`)).body.discounts[0]).toMatchObject({
      name: 'Spring',
      voucher: expect.stringMatching(/only-once/i),
    });
  }, 120_000);

  it('are told apart from what the shop does not know', async () => {
    expect(await system.get('/v1/vouchers/NOBODY')).toMatchObject({ status: 404 });
    const once = () => system.post('/v1/orders', withVoucher('Gift 7', { singleUse: true }));
    expect([(await once()).status, (await once()).status]).toEqual([201, 409]);
    expect((await system.get('/v1/vouchers/gift%207')).body).toMatchObject({ registered: false });
    const { body } = await system.get('/v1/vouchers?limit=1');
    expect(body).toMatchObject({ vouchers: [{ code: 'Gift 7' }], next: expect.any(String) });
  });

  it('have terms that make sense', async () => {
    const to = (terms: object) => system.put('/v1/vouchers/X', terms);
    expect((await to({ uses: -1 })).body.errors).toMatchObject([{ pointer: '/uses' }]);
    const between = { from: '2027-01-02T00:00:00Z', until: '2027-01-01T00:00:00Z' };
    expect((await to(between)).body.errors).toMatchObject([{ pointer: '/until' }]);
    const as = await system.keyOf('storefront');
    expect(await system.put('/v1/vouchers/X', {}, { as })).toMatchObject({ status: 403 });
  });
});
