import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, startSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
  const order = (number: string, changes: object) => system.placed({ number, ...changes });
  await order('F-100', {
    customer: { name: 'Conan O’Brien', email: 'conan.obrien@team.example' },
    ...{ placedAt: '2026-10-01T10:00:00Z', source: 'web' },
    lines: [aLine({ sku: 'MUG-RED-11', title: 'Red mug', upc: '5012345678900', partner: 'acme' })],
    discounts: [{ kind: 'deferred', name: 'A', voucher: 'SPRING-25', exclTax: 0, inclTax: 0 }],
  });
  await order('F-101', {
    customer: { name: 'Zoë Müller', email: 'zoe@example.org' },
    ...{ placedAt: '2026-10-02T10:00:00Z', source: 'phone' },
    lines: [
      aLine({ sku: 'TEA-1', title: 'Café tea', partner: 'northwind' }),
      aLine({ id: 'B', sku: 'MUG-BLUE', title: 'Blue mug', partner: 'acme', quantity: 1 }),
    ],
    payments: [{ gateway: 'offline', method: 'bank-transfer' }],
  });
  await order('F-102', {
    customer: { name: 'Ada F-100', email: 'ada@example.com' },
    placedAt: '2026-10-03T10:00:00Z',
    lines: [aLine({ sku: 'LAMP', title: 'Lamp', quantity: 9 })],
  });
  await system.command('F-100', { type: 'take-payment' });
  const tracking = { carrier: 'Post', number: 'ZX-778-GB' };
  await system.command('F-100', { type: 'record-shipping-event', event: 'Shipped', tracking });
});
afterAll(() => system.stop());

const list = async (query: string, as?: string): Promise<string[]> => {
  const { status, body } = await system.get(`/v1/orders?${query}`, as === undefined ? {} : { as });
  expect([status, body.detail]).toEqual([200, undefined]);
  return body.orders.map(({ number }: { number: string }) => number);
};
const of = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();

describe('orders are filtered', () => {
  it.each([
    ['payment=paid&shipping=Shipped', ['F-100']],
    ['payment=unpaid,authorised', ['F-102', 'F-101']],
    ['payment=unpaid&payment=authorised', ['F-102', 'F-101']],
    ['shipping=none&hold=false', ['F-102', 'F-101']],
    ['sku=LAMP&sku=TEA-1', ['F-102', 'F-101']],
    ['upc=5012345678900', ['F-100']],
    ['partner=acme', ['F-101', 'F-100']],
    ['partner=acme&sku=TEA-1', []],
    ['title=mug', ['F-101', 'F-100']],
    ['title=blue%20mug', ['F-101']],
    ['title=cafe', ['F-101']],
    ['customer=ULLER', ['F-101']],
    ['voucher=spring-25', ['F-100']],
    ['method=bank-transfer', ['F-101']],
    ['gateway=sandbox', ['F-102', 'F-100']],
    ['currency=gbp', ['F-102', 'F-101', 'F-100']],
    ['currency=EUR', []],
    ['source=phone&source=web', ['F-101', 'F-100']],
    ['totalFrom=10000', ['F-102']],
    ['totalTo=10000', ['F-101', 'F-100']],
    ['placedFrom=2026-10-02&placedTo=2026-10-03', ['F-101']],
    ['updatedFrom=2020-01-01&sort=newest', ['F-102', 'F-101', 'F-100']],
    ['updatedTo=2020-01-01', []],
    ['needsAttention=false&openReturns=false&status=Complete', ['F-100']],
    ['sort=oldest', ['F-100', 'F-101', 'F-102']],
    ['sort=largest', ['F-102', 'F-101', 'F-100']],
    ['sort=updated&limit=1', ['F-100']],
  ])('by %s (medusa #14095, #11600)', async (query, numbers) => {
    expect(await list(query)).toEqual(numbers);
  });

  it('in every sort page by page without a gap, each link with the whole filter', async () => {
    for (const sort of ['newest', 'oldest', 'updated', 'largest']) {
      const all = await list(`sort=${sort}&partner=acme&partner=northwind&status=Pending,Complete`);
      const read: string[] = [];
      let path = `/v1/orders?sort=${sort}&partner=acme&partner=northwind&status=Pending,Complete&limit=1`;
      while (path) {
        const { body, headers } = await system.get(path);
        read.push(...body.orders.map(({ number }: { number: string }) => number));
        path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? '';
      }
      expect([sort, read]).toEqual([sort, all]);
    }
  });

  it.each([
    ['status=Shipped', '/status', ['Pending', 'Being processed', 'Complete', 'Cancelled']],
    ['shipping=shiped', '/shipping', ['none', 'in progress', 'Shipped', 'Downloaded', 'Returned']],
  ])(
    'and %s, which nothing can be, is refused with what is allowed',
    async (query, pointer, allowed) => {
      const { status, body } = await system.get(`/v1/orders?${query}`);
      expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'validation', pointer]);
      expect(body.allowed).toEqual(expect.arrayContaining(allowed));
    },
  );

  it.each([
    ['payment=payed', '/payment'],
    ['currency=POUNDS', '/currency'],
    ['totalFrom=1.5', '/totalFrom'],
    ['sort=best', '/sort'],
    ['colour=red', '/colour'],
    ['hold=perhaps', '/hold'],
  ])('and %s is refused', async (query, pointer) => {
    const { status, body } = await system.get(`/v1/orders?${query}`);
    expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
  });

  it('and a list has what a command did as soon as it is answered (temporal #5643, #8013)', async () => {
    const { number } = await system.placed({ number: 'F-200', source: 'list-test' });
    expect(await list('source=list-test&status=Pending')).toEqual([number]);
    await system.command(number, { type: 'hold', reason: 'Look' });
    expect(await list('source=list-test&hold=true')).toEqual([number]);
    await system.command(number, { type: 'release-hold' });
    await system.command(number, { type: 'cancel', reason: 'Asked for.' });
    expect(await list('source=list-test&hold=true')).toEqual([]);
    expect(await list('source=list-test&status=Cancelled&shipping=cancelled')).toEqual([number]);
  });
});

describe('orders are searched', () => {
  it.each([
    ["o'brien", ['F-100']],
    ['OBRIEN', ['F-100']],
    ['brien conan', ['F-100']],
    ['conan müller', []],
    ['muller', ['F-101']],
    ['Mueller', ['F-101']],
    ['zoe', ['F-101']],
    ['ZOË', ['F-101']],
    ['conan.obrien@team.example', ['F-100']],
    ['team.exa', ['F-100']],
    ['@example.', ['F-102', 'F-101', 'F-100']],
    ['e@example.', ['F-101']],
    ['onan', ['F-100']],
    ['mug', ['F-101', 'F-100']],
    ['mug-red', ['F-100']],
    ['mugred11', ['F-100']],
    ['cafe tea', ['F-101']],
    ['5012345678900', ['F-100']],
    ['zx-778-gb', ['F-100']],
    ['778', ['F-100']],
    ['spring', ['F-100']],
    ['%', ['F-102', 'F-101', 'F-100']],
    ["'):* | !", ['F-102', 'F-101', 'F-100']],
    ['nobody', []],
  ])('for %s', async (q, numbers) => {
    const found = await list(of({ q, number: 'F-10' }));
    expect(found).toEqual(numbers);
  });

  it('by a gateway’s reference', async () => {
    const { body } = await system.get('/v1/orders/F-100');
    const { reference } = body.payments[0];
    expect(await list(of({ q: reference }))).toEqual(['F-100']);
  });

  it('and the order whose number it is comes first, whatever the sort, on one page only', async () => {
    // The newer order has the number in its customer's name.
    expect(await list(of({ q: 'F-100' }))).toEqual(['F-100', 'F-102']);
    const first = await system.get('/v1/orders?q=F-100&limit=1');
    expect(first.body.orders).toMatchObject([{ number: 'F-100' }]);
    const second = await system.get(`/v1/orders?q=F-100&limit=1&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({ orders: [{ number: 'F-102' }], next: null });
  });
});

describe('a partner', () => {
  it('finds only its orders, and only by what it sees of them', async () => {
    const as = await system.keyOf('partner', 'acme');
    expect(await list('', as)).toEqual(['F-101', 'F-100']);
    expect(await list('q=mug', as)).toEqual(['F-101', 'F-100']);
    expect(await list('q=f-101', as)).toEqual(['F-101']);
    expect(await list('q=zx-778-gb', as)).toEqual(['F-100']);
    expect(await list('title=blue', as)).toEqual(['F-101']);
    // The customer, a voucher and another partner's line say nothing.
    for (const q of ['brien', 'spring', 'TEA-1', 'zoe'])
      expect(await list(of({ q }), as)).toEqual([]);
    expect(await list('sku=TEA-1', as)).toEqual([]);
    for (const query of [
      'customer=zoe',
      'voucher=x',
      'payment=paid',
      'sort=largest',
      'totalFrom=1',
    ]) {
      const { status, body } = await system.get(`/v1/orders?${query}`, { as });
      expect([query, status, body.code]).toEqual([query, 403, 'forbidden']);
    }
  });
});

describe('an order of 42 lines (vendure #2710)', () => {
  it('is shown whole, and found by its last line', async () => {
    const lines = Array.from({ length: 42 }, (_, at) =>
      aLine({ id: `L${at}`, sku: `BIG-${at}`, quantity: 2 }),
    );
    await system.placed({ number: 'F-BIG', lines });
    expect(await list('sku=BIG-41')).toEqual(['F-BIG']);
    await system.command('F-BIG', { type: 'take-payment' });
    const parcel = Array.from({ length: 40 }, (_, at) => ({ id: `L${at}`, quantity: 1 }));
    await system.command('F-BIG', {
      type: 'record-shipping-event',
      event: 'Shipped',
      lines: parcel,
    });
    const { body } = await system.get('/v1/orders/F-BIG');
    expect(body.lines).toHaveLength(42);
    expect(
      body.lines.map((line: { remaining: { shipped: number } }) => line.remaining.shipped),
    ).toEqual([...Array<number>(40).fill(1), 2, 2]);
    expect(body.shipping.summary).toBe('40 of 84 Shipped');
    const { body: actions } = await system.get('/v1/orders/F-BIG/actions');
    expect(actions.actions.length).toBeGreaterThan(5);
    expect(await list('sku=BIG-0&shipping=in%20progress')).toEqual(['F-BIG']);
  });
});
