import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, startSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const numbersOf = (body: { orders: { number: string }[] }) =>
  body.orders.map(({ number }) => number);

describe('the list of orders', () => {
  beforeAll(async () => {
    for (const day of [1, 2, 3, 4, 5]) {
      await system.placed({
        ...{ number: `D-${day}`, placedAt: `2026-11-0${day}T10:00:00Z` },
        customer: { name: day === 3 ? 'Grace Hopper' : 'Ada', email: `b${day}@example.com` },
        lines: [aLine({ sku: day > 3 ? 'LATE' : 'EARLY', ...(day === 5 && { partner: 'acme' }) })],
      });
    }
    await system.command('D-1', { type: 'take-payment' });
    await system.command('D-2', { type: 'hold', reason: 'fraud' });
  });
  const list = async (query: string) => numbersOf((await system.get(`/v1/orders?${query}`)).body);

  it('comes in pages, newest first, each naming the next', async () => {
    const pages: string[][] = [];
    let path: string | undefined = '/v1/orders?limit=2';
    while (path) {
      const { body, headers } = await system.get(path);
      pages.push(numbersOf(body));
      path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      expect(body.next === null).toBe(path === undefined);
    }
    expect(pages).toEqual([['D-5', 'D-4'], ['D-3', 'D-2'], ['D-1']]);
    expect(await list('sort=oldest&limit=1')).toEqual(['D-1']);
  });

  it.each([
    ['status=Being%20processed', ['D-1']],
    ['status=Pending,Complete&sku=LATE', ['D-5', 'D-4']],
    ['payment=paid', ['D-1']],
    ['hold=true', ['D-2']],
    ['partner=acme', ['D-5']],
    ['customer=hopper', ['D-3']],
    ['customer=B4@', ['D-4']],
    ['number=D-&placedFrom=2026-11-02&placedTo=2026-11-04T00:00:00Z', ['D-3', 'D-2']],
    ['needsAttention=true', []],
    ['upc=nothing', []],
  ])('is filtered by %s', async (query, numbers) => {
    expect(await list(query)).toEqual(numbers);
  });

  it('keeps its filter on the way to the next page', async () => {
    const { headers } = await system.get(
      '/v1/orders?limit=1&status=Pending&hold=false&customer=ada',
    );
    const next = new URL(headers.get('link')?.slice(1).split('>')[0] ?? '', system.url);
    expect(Object.fromEntries(next.searchParams)).toMatchObject({
      ...{ limit: '1', status: 'Pending', hold: 'false', customer: 'ada' },
    });
    expect(await list(next.search.slice(1))).toEqual(['D-4']);
  });
});

describe('the timeline', () => {
  it('comes in pages, oldest first', async () => {
    const { number } = await system.placed();
    await system.command(number, { type: 'add-note', text: 'One' });
    const first = await system.get(`/v1/orders/${number}/events?limit=2`);
    expect(first.body).toMatchObject({ events: [{ seq: 1 }, { seq: 2 }], next: '2' });
    const rest = await system.get(`/v1/orders/${number}/events?cursor=${first.body.next}`);
    expect(rest.body).toMatchObject({ events: [{ seq: 3 }], next: null });
  });
});

describe('stock', () => {
  it('is what was counted, less what is spoken for, with every change in its ledger', async () => {
    const put = await system.put('/v1/stock/TEA%2F1', { inStock: 10, lowStockThreshold: 8 });
    expect(put.body).toMatchObject({
      sku: 'TEA/1',
      inStock: 10,
      allocated: 0,
      net: 10,
      low: false,
    });
    await system.post('/v1/orders', {
      ...{ currency: 'GBP', customer: {}, total: { exclTax: 30, inclTax: 30 } },
      lines: [aLine({ sku: 'TEA/1', unitPrice: { exclTax: 10, inclTax: 10 } })],
    });
    const { body } = await system.get('/v1/stock/TEA%2F1');
    expect(body).toMatchObject({ inStock: 10, allocated: 3, net: 7, low: true });
    const ledger = await system.get('/v1/stock/TEA%2F1/ledger');
    expect(ledger.body.changes).toMatchObject([
      { cause: 'allocate', allocatedDelta: 3, orderNumber: expect.any(String) },
      { cause: 'stocktake', inStockDelta: 10, actor: 'admin' },
    ]);
    expect((await system.get('/v1/stock?low=true')).body.stock).toMatchObject([{ sku: 'TEA/1' }]);
  });

  it.each([{}, { inStock: 1.5 }, { inStock: '3' }, { inStock: 1e12 }, { inStock: 1, extra: 1 }])(
    'is not set to %j',
    async (stocktake) => {
      const reply = await system.put('/v1/stock/NEW', stocktake);
      expect(reply).toMatchObject({ status: 422, body: { code: 'validation' } });
      expect((await system.get('/v1/stock/NEW')).status).toBe(404);
    },
  );
});
