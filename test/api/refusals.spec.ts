import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder, startSystem, type Reply, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const pointersOf = ({ body }: Reply) =>
  body.errors?.map((each: { pointer: string }) => each.pointer);

function expectProblem(reply: Reply, status: number, code: string, ...pointers: string[]) {
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(reply.body).toMatchObject({
    ...{ type: `/docs/problems#${code}`, title: expect.any(String), status, code },
    ...{ detail: expect.any(String), instance: expect.stringMatching(/^\/v1\//) },
  });
  expect([reply.status, pointersOf(reply) ?? []]).toEqual([status, pointers]);
}

describe('a command that an order refuses', () => {
  let number: string;
  let other: string;
  let before: string;
  beforeAll(async () => {
    ({ number: other } = await system.placed({ lines: [aLine({ id: 'Z' })] }));
    ({ number } = await system.placed({ lines: [aLine(), aLine({ id: 'B', quantity: 1 })] }));
    await system.command(number, { type: 'take-payment' });
  });
  const shown = async () => {
    const { version, seq: _, ...order } = (await system.get(`/v1/orders/${number}`)).body;
    const { body: stock } = await system.get('/v1/stock/MUG-1');
    return JSON.stringify({ version, order, stock, moved: await system.gateway.ledger() });
  };
  beforeEach(async () => {
    before = await shown();
  });

  const ship = (...lines: object[]) => ({ type: 'record-shipping-event', event: 'Shipped', lines });
  const refused: [string, object, number, string, ...string[]][] = [
    [
      'an unknown status',
      { type: 'set-status', status: 'Gone' },
      409,
      'invalid-order-status',
      '/status',
    ],
    [
      'a status that does not follow',
      { type: 'set-status', status: 'Pending' },
      409,
      'invalid-order-status',
      '/status',
    ],
    [
      'an unknown line status',
      { type: 'set-line-status', lines: [{ id: 'A' }], status: 'Gone' },
      409,
      'invalid-line-status',
      '/status',
    ],
    [
      'an unknown shipping event',
      { ...ship({ id: 'A' }), event: 'Lost' },
      409,
      'invalid-shipping-event',
      '/event',
    ],
    [
      'an unknown payment event',
      { type: 'record-payment-event', event: 'Lent', amount: 1 },
      409,
      'invalid-payment-event',
      '/event',
    ],
    [
      'quantity 0',
      ship({ id: 'A', quantity: 0 }),
      409,
      'invalid-shipping-event',
      '/lines/0/quantity',
    ],
    [
      'quantity −1',
      ship({ id: 'A', quantity: -1 }),
      409,
      'invalid-shipping-event',
      '/lines/0/quantity',
    ],
    [
      'quantity 1.5',
      ship({ id: 'A', quantity: 1.5 }),
      409,
      'invalid-shipping-event',
      '/lines/0/quantity',
    ],
    [
      'too many',
      ship({ id: 'B', quantity: 1 }, { id: 'A', quantity: 4 }),
      409,
      'invalid-shipping-event',
      '/lines/1/quantity',
    ],
    [
      'a line twice',
      ship({ id: 'A', quantity: 1 }, { id: 'A', quantity: 1 }),
      409,
      'invalid-shipping-event',
      '/lines/1/id',
    ],
    ["another order's line", ship({ id: 'Z' }), 409, 'invalid-shipping-event', '/lines/0/id'],
    ['no line', ship(), 409, 'invalid-shipping-event', '/lines'],
    [
      'every fault at once',
      ship({ id: 'Z' }, { id: 'A', quantity: 9 }),
      409,
      'invalid-shipping-event',
      '/lines/0/id',
      '/lines/1/quantity',
    ],
    [
      'an amount too large',
      { type: 'refund', amount: 999_999, reason: 'asked' },
      409,
      'invalid-payment-event',
      '/amount',
    ],
    [
      'amount 0',
      { type: 'refund', amount: 0, reason: 'asked' },
      409,
      'invalid-payment-event',
      '/amount',
    ],
    [
      'a negative amount',
      { type: 'refund', amount: -5, reason: 'asked' },
      409,
      'invalid-payment-event',
      '/amount',
    ],
    [
      'half a penny',
      { type: 'refund', amount: 0.5, reason: 'asked' },
      409,
      'invalid-payment-event',
      '/amount',
    ],
    [
      'an unknown payment',
      { type: 'refund', payment: 'p9', reason: 'asked' },
      409,
      'invalid-payment-event',
      '/payment',
    ],
    ['a release of nothing', { type: 'release-hold' }, 409, 'not-on-hold'],
  ];

  it.each(refused)(
    '%s: its own problem, nothing written but the attempt',
    async (_, command, status, code, ...pointers) => {
      const reply = await system.command(number, command);
      expectProblem(reply, status, code, ...pointers);
      const { seq } = (await system.get(`/v1/orders/${number}`)).body;
      expect(reply.body.command).toMatchObject({ outcome: 'refused', seq });
      const { events } = (await system.get(`/v1/orders/${number}/events?cursor=${seq - 1}`)).body;
      expect(events).toMatchObject([{ seq, outcome: 'refused', refusal: { code }, facts: [] }]);
      expect(await shown()).toBe(before);
      expect((await system.get(`/v1/orders/${other}`)).body.seq).toBe(2);
    },
  );
});

describe('a command that is none', () => {
  let number: string;
  beforeAll(async () => {
    ({ number } = await system.placed());
  });
  const none: [string, unknown, number, string, ...string[]][] = [
    ['an unknown type', { type: 'explode' }, 422, 'validation', '/type'],
    ['no type', {}, 422, 'validation', '/type'],
    [
      'an unknown field',
      { type: 'set-status', status: 'Cancelled', colour: 'red' },
      422,
      'validation',
      '/colour',
    ],
    [
      'an unknown field of a line',
      { type: 'set-line-status', status: 'Cancelled', lines: [{ id: 'A', n: 1 }] },
      422,
      'validation',
      '/lines/0/n',
    ],
    ['a field that is missing', { type: 'set-status' }, 422, 'validation', '/status'],
    ['a word for a number', { type: 'take-payment', amount: 'all' }, 422, 'validation', '/amount'],
    [
      'a number without end',
      '{ "type": "take-payment", "amount": 1e999 }',
      422,
      'validation',
      '/amount',
    ],
    [
      'a character that cannot be kept',
      { type: 'add-note', text: 'a\0b' },
      422,
      'validation',
      '/text',
    ],
    ['half a character', '{ "type": "add-note", "text": "\\ud800" }', 422, 'validation', '/text'],
    ['an empty note', { type: 'add-note', text: ' ' }, 422, 'validation', '/text'],
    ['a list', [], 422, 'validation', ''],
    ['null', 'null', 422, 'validation', ''],
    ['malformed JSON', '{ "type": "set-status", }', 400, 'malformed-json', ''],
    ['nothing', undefined, 422, 'validation', ''],
  ];

  it.each(none)('%s', async (_, command, status, code, ...pointers) => {
    expectProblem(await system.command(number, command), status, code, ...pointers);
    expect((await system.get(`/v1/orders/${number}`)).body.seq).toBe(2);
  });

  it('says where JSON ends to be JSON', async () => {
    const { body } = await system.command(number, '{\n  "type": "void",\n}');
    expect(body.detail).toMatch(/^In line 3, column 1, .* a name in quotes was expected\.$/);
  });

  it('is not found for an order that is not there', async () => {
    expectProblem(await system.command('none', { type: 'void' }), 404, 'not-found');
    expectProblem(await system.get('/v1/orders/%00'), 404, 'not-found');
    expectProblem(await system.get('/v1/orders/a%20b'), 404, 'not-found');
  });
});

describe('an order that is none', () => {
  const line = (changes: object) => ({ lines: [aLine({ sku: 'NEW-1', ...changes })] });
  const total = { exclTax: 3400, inclTax: 4100 };
  const none: [string, Parameters<typeof anOrder>[0], number, string, ...string[]][] = [
    ['no line', { lines: [] }, 422, 'invalid-order', '/lines'],
    ['quantity 0', { ...line({ quantity: 0 }), total }, 422, 'invalid-order', '/lines/0/quantity'],
    [
      'quantity −1',
      { ...line({ quantity: -1 }), total },
      422,
      'invalid-order',
      '/lines/0/quantity',
    ],
    [
      'quantity 1.5',
      { ...line({ quantity: 1.5 }), total },
      422,
      'invalid-order',
      '/lines/0/quantity',
    ],
    ['a line id twice', { lines: [aLine(), aLine()] }, 422, 'invalid-order', '/lines/1/id'],
    [
      'a total that is off',
      { total: { ...total, inclTax: 4000 }, payments: [] },
      422,
      'invalid-order',
      '/total/inclTax',
    ],
    ['an unknown currency', { currency: 'POUND' }, 422, 'invalid-order', '/currency'],
    [
      'an unknown gateway',
      { payments: [{ gateway: 'elsewhere' }] },
      422,
      'invalid-order',
      '/payments/0/gateway',
    ],
    [
      'an amount of the wrong size',
      { payments: [{ gateway: 'sandbox', token: 'tok_ok', amount: -1 }] },
      422,
      'invalid-order',
      '/payments/0/amount',
    ],
    ['an unknown field', { colour: 'red' }, 422, 'validation', '/colour'],
    ['an unknown field of a line', line({ colour: 'red' }), 422, 'validation', '/lines/0/colour'],
    [
      'a word for a quantity',
      { ...line({ quantity: 'three' }), total },
      422,
      'validation',
      '/lines/0/quantity',
    ],
    ['a number with a slash', { number: 'a/b' }, 422, 'validation', '/number'],
    ['a day without a time', { placedAt: 'yesterday' }, 422, 'validation', '/placedAt'],
    [
      'an e-mail that is none',
      { customer: { email: 'ada' } },
      422,
      'validation',
      '/customer/email',
    ],
  ];

  it.each(none)('%s', async (_, changes, status, code, ...pointers) => {
    const order = anOrder(changes);
    expectProblem(await system.post('/v1/orders', order), status, code, ...pointers);
    expect((await system.get(`/v1/orders/${encodeURIComponent(order.number)}`)).status).toBe(404);
  });

  it('has no number that is a word of this API', async () => {
    for (const number of ['stream', '.', '..']) {
      expectProblem(
        await system.post('/v1/orders', anOrder({ number })),
        422,
        'validation',
        '/number',
      );
    }
  });

  it('leaves no trace of a status nobody has', async () => {
    const reply = await system.post('/v1/orders', anOrder({ status: 'Gone' }));
    expectProblem(reply, 409, 'invalid-order-status', '/status');
    expect(reply.body.allowed).toEqual(['Pending', 'Being processed', 'Complete', 'Cancelled']);
  });
});

describe('a request that fits no call', () => {
  it('knows the methods of an address', async () => {
    const reply = await system.call('PATCH', '/v1/orders');
    expectProblem(reply, 405, 'method-not-allowed');
    expect(reply.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
    expect((await system.call('OPTIONS', '/v1/orders')).status).toBe(204);
  });

  it('is told what to write instead', async () => {
    const details = async (reply: Promise<Reply>) =>
      (await reply).body.errors.map((each: { detail: string }) => each.detail);
    const put = (body: unknown) => details(system.put('/v1/stock/TEA', body));
    expect(await put({ inStock: -1 })).toEqual(['Write a whole number from 0.']);
    expect(await put({ inStock: 1.5 })).toEqual(['Write a whole number.']);
    expect(await put({ inStock: 1e15 })).toEqual(['Write a whole number up to 1000000000.']);
    expect(await put({ inStock: 'few' })).toEqual(['Write a whole number.']);
    expect(await put({})).toEqual(['Write what was counted, or another thing that is to change.']);
    expect(await put([])).toEqual(['Write an object.']);
    expect(await put({ inStock: 1, backorders: 1 })).toEqual(['Write true or false.']);
    const key = (body: unknown) => details(system.post('/v1/keys', body));
    expect(await key({ name: '', role: 'viewer' })).toEqual(['Write at least 1 character.']);
    expect(await key({ name: 'x', role: 'boss' })).toEqual([
      'Write one of admin, clerk, viewer, storefront, partner.',
    ]);
    expect(await details(system.command('none', {}))).toEqual([
      expect.stringMatching(/^It is missing: write one of set-status, /),
    ]);
  });

  it('asks for orders of a day that there is', async () => {
    const times = [
      ...['yesterday', '2026-02-30', '2026-11-31T10:00:00Z', '0000-01-01', '0999-12-31'],
      ...['2026-11-23T10:00:00+23:00', '2026-11-23T10:00:00', '9999-12-31T23:59:59-12:00'],
    ];
    for (const time of times) {
      const query = `placedTo=${encodeURIComponent(time)}`;
      expectProblem(await system.get(`/v1/orders?${query}`), 422, 'validation', '/placedTo');
    }
    expect((await system.get('/v1/orders?placedFrom=1000-01-01&placedTo=9998-12-31')).status).toBe(
      200,
    );
  });

  it('has a body that is compressed as it says', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const reply = await system.post('/v1/orders', '{}', { headers });
    expectProblem(reply, 400, 'malformed-json');
  });

  it('has any parameters where machines ask how the service is', async () => {
    const asked = ['/healthz?x=1', '/readyz?x=1', '/metrics?x=1'].map((path) => system.get(path));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('has no unknown parameter, and no page of the wrong size', async () => {
    expectProblem(await system.get('/v1/orders?colour=red'), 422, 'validation', '/colour');
    expectProblem(await system.get('/v1/orders?limit=101'), 422, 'validation', '/limit');
    expectProblem(await system.get('/v1/orders?limit=0'), 422, 'validation', '/limit');
    expectProblem(await system.get('/v1/orders?limit=ten'), 422, 'validation', '/limit');
    expectProblem(await system.get('/v1/orders?cursor=x'), 422, 'validation', '/cursor');
    const forged = Buffer.from('["x","y"]').toString('base64url');
    expectProblem(await system.get(`/v1/orders?cursor=${forged}`), 422, 'validation', '/cursor');
    expectProblem(await system.get('/v1/orders?customer=%00'), 422, 'validation', '/customer');
    expect((await system.get('/v1/nothing')).body).toMatchObject({ code: 'not-found' });
    expect((await system.get('/v1/orders/%E0%A4%A')).body).toMatchObject({ code: 'not-found' });
  });
});
