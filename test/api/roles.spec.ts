import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, anOrder, startSystem, type Reply, type System } from '../support/system';

let system: System;
const keys: Record<string, string> = {};
beforeAll(async () => {
  system = await startSystem();
  for (const role of ['clerk', 'viewer', 'storefront']) keys[role] = await system.keyOf(role);
  keys.acme = await system.keyOf('partner', 'acme');
  keys.other = await system.keyOf('partner', 'other');
});
afterAll(() => system.stop());

const as = (who: string) => ({ as: keys[who] as string });
const statuses = (replies: readonly Reply[]) => replies.map(({ status }) => status);

describe('a key', () => {
  it('is needed, and has to be known', async () => {
    const none = await system.get('/v1/orders', { as: null });
    expect(none).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="conveyor"');
    const wrong = await system.get('/v1/orders', { as: 'cvy_wrong' });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"');
    const basic = { headers: { authorization: 'Basic YTpi' }, as: null };
    expect((await system.get('/v1/orders', basic)).status).toBe(401);
  });

  it('is shown once, listed by its first letters, and ends when it is revoked', async () => {
    const made = await system.post('/v1/keys', { name: 'Window', role: 'viewer' });
    const { key, record } = made.body;
    expect(record).toMatchObject({ name: 'Window', role: 'viewer', prefix: key.slice(0, 10) });
    expect((await system.get('/v1/shop', { as: key })).status).toBe(200);
    const listed = await system.get('/v1/keys');
    expect(listed.body.keys).toContainEqual(expect.objectContaining({ id: record.id }));
    expect(JSON.stringify(listed.body)).not.toContain(key);
    expect((await system.delete(`/v1/keys/${record.id}`)).status).toBe(204);
    expect((await system.get('/v1/shop', { as: key })).status).toBe(401);
    expect((await system.delete(`/v1/keys/${record.id}`)).status).toBe(404);
  });

  it('is replaced by another one of its role, the old one at once or after a grace', async () => {
    const { key, record } = (await system.post('/v1/keys', { name: 'Old', role: 'viewer' })).body;
    const graced = await system.post(`/v1/keys/${record.id}/rotate`, { graceSeconds: 60 });
    expect(graced.body.record).toMatchObject({ name: 'Old', role: 'viewer' });
    const both = [{ as: key }, { as: graced.body.key }];
    const used = await Promise.all(both.map((sending) => system.get('/v1/shop', sending)));
    expect(statuses(used)).toEqual([200, 200]);
    const next = await system.post(`/v1/keys/${graced.body.record.id}/rotate`);
    expect((await system.get('/v1/shop', { as: graced.body.key })).status).toBe(401);
    expect((await system.get('/v1/shop', { as: next.body.key })).status).toBe(200);
  });

  it('is kept by nobody, not even to be answered again', async () => {
    const once = { headers: { 'idempotency-key': 'new-key' } };
    const first = await system.post('/v1/keys', { name: 'Once', role: 'viewer' }, once);
    const again = await system.post('/v1/keys', { name: 'Once', role: 'viewer' }, once);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual({ key: null, record: first.body.record });
  });
});

describe('each role', () => {
  let number: string;
  beforeAll(async () => {
    ({ number } = await system.placed());
  });
  const note = { type: 'add-note', text: 'Hello' };

  it('viewer: sees everything and changes nothing', async () => {
    const seen = await Promise.all(
      ['/v1/orders', `/v1/orders/${number}`, `/v1/orders/${number}/events`, '/v1/stock'].map(
        (path) => system.get(path, as('viewer')),
      ),
    );
    expect(statuses(seen)).toEqual([200, 200, 200, 200]);
    const refused = await Promise.all([
      system.command(number, note, as('viewer')),
      system.post('/v1/orders', anOrder(), as('viewer')),
      system.put('/v1/stock/MUG-1', { inStock: 1 }, as('viewer')),
      system.get('/v1/keys', as('viewer')),
    ]);
    expect(statuses(refused)).toEqual([403, 403, 403, 403]);
    expect(refused[0]?.body).toMatchObject({
      ...{ code: 'forbidden', allowed: ['admin', 'clerk', 'storefront', 'partner'] },
      detail: expect.stringContaining('role viewer'),
    });
    const { actions } = (await system.get(`/v1/orders/${number}/actions`, as('viewer'))).body;
    expect(actions.every((action: { allowed: boolean }) => !action.allowed)).toBe(true);
  });

  it('clerk: works on orders, and makes no keys', async () => {
    expect((await system.command(number, note, as('clerk'))).status).toBe(200);
    const { events } = (await system.get(`/v1/orders/${number}/events`)).body;
    expect(events.at(-1)).toMatchObject({ actor: { role: 'clerk', name: 'A clerk' } });
    expect((await system.post('/v1/keys', { name: 'X', role: 'admin' }, as('clerk'))).status).toBe(
      403,
    );
  });

  it('storefront: places orders and reads them by number', async () => {
    const order = anOrder();
    const placed = await system.post('/v1/orders', order, as('storefront'));
    const replies = await Promise.all([
      system.get(`/v1/orders/${order.number}`, as('storefront')),
      system.get('/v1/stock/MUG-1', as('storefront')),
      system.get('/v1/orders', as('storefront')),
      system.get(`/v1/orders/${order.number}/events`, as('storefront')),
      system.command(order.number, note, as('storefront')),
    ]);
    expect([placed.status, ...statuses(replies)]).toEqual([201, 200, 200, 403, 403, 403]);
  });
});

describe('a storefront', () => {
  it('asks for a return on behalf of its customer, and decides nothing about it', async () => {
    const { number } = await system.placed();
    await system.command(number, { type: 'take-payment' });
    await system.command(number, { type: 'record-shipping-event', event: 'Shipped' });
    const asked = { type: 'request-return', reason: 'Too small.' };
    const reply = await system.command(number, asked, as('storefront'));
    expect(reply).toMatchObject({ status: 200, body: { command: { outcome: 'done' } } });
    const granted = { type: 'authorise-return', return: 'r1' };
    expect((await system.command(number, granted, as('storefront'))).status).toBe(403);
  });
});

describe('a partner', () => {
  let number: string;
  beforeAll(async () => {
    ({ number } = await system.placed({
      lines: [
        aLine({ id: 'OURS', partner: 'acme', partnerSku: 'AC-1' }),
        aLine({ id: 'SHOPS' }),
        aLine({ id: 'THEIRS', partner: 'other' }),
      ],
    }));
    await system.command(number, { type: 'take-payment' });
    await system.placed();
  });
  const ship = (...ids: string[]) => ({
    ...{ type: 'record-shipping-event', event: 'Shipped' },
    lines: ids.map((id) => ({ id, quantity: 1 })),
  });

  it('sees its own lines of the order, where they go, and no money', async () => {
    const { body } = await system.get(`/v1/orders/${number}`, as('acme'));
    expect(body.lines).toMatchObject([{ id: 'OURS', partnerSku: 'AC-1' }]);
    expect(body.shippingAddress).toMatchObject({ city: 'Leeds' });
    expect(JSON.stringify(body)).not.toMatch(
      /SHOPS|THEIRS|unitPrice|payment|ada@example.com|total/,
    );
    const { orders } = (await system.get('/v1/orders?partner=other', as('acme'))).body;
    expect(orders).toHaveLength(1);
    expect(Object.keys(orders[0]).sort()).toEqual([
      ...['number', 'onHold', 'placedAt', 'status', 'updatedAt', 'version'],
    ]);
  });

  it('finds no order without a line of its own', async () => {
    const { number: foreign } = await system.placed();
    const replies = await Promise.all([
      system.get(`/v1/orders/${foreign}`, as('acme')),
      system.command(foreign, ship('A'), as('acme')),
      system.get(`/v1/orders/${number}/events`, as('acme')),
    ]);
    expect(statuses(replies)).toEqual([404, 404, 403]);
    expect(replies[0]?.body).toMatchObject({
      code: 'not-found',
      detail: `There is no order ${foreign}.`,
    });
  });

  it('says that its own lines have shipped, and nothing else', async () => {
    const shipped = await system.command(number, ship('OURS'), as('acme'));
    expect(shipped.body).toMatchObject({
      command: { outcome: 'done' },
      order: { partner: 'acme', lines: [{ id: 'OURS', quantities: { shipped: 1 } }] },
    });
    const id = shipped.body.command.id;
    expect((await system.get(`/v1/orders/${number}/commands/${id}`, as('acme'))).status).toBe(200);
    expect((await system.get(`/v1/orders/${number}/commands/${id}`, as('other'))).status).toBe(404);

    const foreign = await system.command(number, ship('OURS', 'THEIRS'), as('acme'));
    expect(foreign.status).toBe(409);
    expect(foreign.body).toMatchObject({
      ...{ code: 'invalid-shipping-event', errors: [{ pointer: '/lines/1/id' }] },
      detail: `Order ${number}: THEIRS is not a line of order ${number}.`,
    });
    const all = { type: 'record-shipping-event', event: 'Shipped' };
    expect((await system.command(number, all, as('acme'))).body).toMatchObject({
      ...{ code: 'validation', errors: [{ pointer: '/lines' }] },
    });
    expect(JSON.stringify(shipped.body)).not.toMatch(/settled|refunded|authorised|voided/);
    const hold = await system.command(number, { type: 'hold', reason: 'no' }, as('acme'));
    expect(hold).toMatchObject({ status: 403, body: { allowed: ['admin', 'clerk'] } });
  });

  it('cancels what it does not send, of its own lines, and of no others', async () => {
    const cancel = (...ids: string[]) => ({
      ...{ type: 'cancel', reason: 'Broken.' },
      lines: ids.map((id) => ({ id, quantity: 1 })),
    });
    const whole = { type: 'cancel', reason: 'Broken.' };
    const replies = await Promise.all([
      system.command(number, whole, as('acme')),
      system.command(number, cancel('THEIRS'), as('acme')),
    ]);
    expect(replies.map(({ body }) => body.guard)).toEqual(['linesAreYours', 'linesAreYours']);
    const own = await system.command(number, cancel('OURS'), as('acme'));
    expect(own.body).toMatchObject({
      command: { outcome: 'done' },
      order: { lines: [{ id: 'OURS', units: { cancelled: 1 } }] },
    });
  });
});

describe('a partner who asks before and after the shop', () => {
  it('foresees its own lines, and no money or message of the shop', async () => {
    const { number } = await system.placed({
      lines: [aLine({ id: 'OURS', partner: 'acme' }), aLine({ id: 'SHOPS', sku: 'CUP-1' })],
    });
    await system.command(number, { type: 'set-status', status: 'Being processed' });
    const ship = { type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'OURS' }] };
    const { status, body } = await system.command(number, ship, {
      ...as('acme'),
      query: 'preview=true',
    });
    expect(status).toBe(200);
    expect(body.changes).toMatchObject({
      shipping: [{ event: 'Shipped', lines: [{ id: 'OURS', quantity: 3 }] }],
      ...{ money: [], messages: [], timers: { starts: [], ends: [] } },
      stock: [{ move: 'consume', line: 'OURS', sku: 'MUG-1', quantity: 3 }],
    });
    expect(JSON.stringify(body)).not.toMatch(/SHOPS|CUP-1|GBP|payment|settled|authorised/i);
  });

  it('hears what changed, but not of money or who works at the shop', async () => {
    const { number } = await system.placed({ lines: [aLine({ partner: 'acme' })] });
    await system.command(number, { type: 'take-payment' });
    await system.command(number, { type: 'hold', reason: 'Chargeback of 41.00' });
    const ship = { type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'A' }] };
    const headers = { 'if-match': '"1"' };
    const late = await system.command(number, ship, { ...as('acme'), headers });
    expect(late).toMatchObject({
      status: 412,
      body: { changes: [{ type: 'hold', actor: 'admin' }] },
    });
    expect(late.body.changes).toHaveLength(1);
    const held = await system.command(number, ship, as('acme'));
    expect(held).toMatchObject({ status: 409, body: { code: 'on-hold', figures: {} } });
    const where = `/v1/orders/${number}/commands/${held.body.command.id}`;
    const kept = await system.get(where, as('acme'));
    expect(kept.body.command).toMatchObject({ outcome: 'refused', refusal: { code: 'on-hold' } });
    expect(JSON.stringify([late, held, kept])).not.toMatch(/payment|Chargeback|41\.00/);
  });
});

describe('every answer', () => {
  it('says which request it answers, by the id that came with it or one of its own', async () => {
    const sent = await system.get('/healthz', { headers: { 'x-request-id': 'mine-1' } });
    expect(sent.headers.get('x-request-id')).toBe('mine-1');
    const own = await system.get('/v1/orders/none', { headers: { 'x-request-id': 'a b' } });
    expect(own.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(own.body.requestId).toBe(own.headers.get('x-request-id'));
  });

  it('tells browsers to keep what is theirs apart, and nobody what runs here', async () => {
    const { headers } = await system.get('/healthz', { as: null });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
