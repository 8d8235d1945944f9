import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrder, startSystem, withKey, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe('a request with an Idempotency-Key', () => {
  it('takes effect once, and is answered the same again', async () => {
    const { number } = await system.placed();
    const note = { type: 'add-note', text: 'Once' };
    const first = await system.command(number, note, withKey('k1'));
    const again = await system.command(number, note, withKey('k1'));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(again.body).toEqual(first.body);
    expect(first.body.command.id).toBe('k1');
    expect(first.body.order.notes).toHaveLength(1);
  });

  it('is refused the same again, and is in the history once', async () => {
    const { number } = await system.placed();
    const bad = { type: 'set-status', status: 'Complete' };
    const first = await system.command(number, bad, withKey('k2'));
    const again = await system.command(number, bad, withKey('k2'));
    expect([first.status, again.status]).toEqual([409, 409]);
    expect(again.body).toEqual({ ...first.body, requestId: again.body.requestId });
    expect((await system.get(`/v1/orders/${number}`)).body.seq).toBe(3);
  });

  it('is not taken for another request of the same key', async () => {
    const { number } = await system.placed();
    await system.command(number, { type: 'add-note', text: 'One' }, withKey('k3'));
    const other = await system.command(number, { type: 'add-note', text: 'Two' }, withKey('k3'));
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const { number: elsewhere } = await system.placed();
    const third = await system.command(elsewhere, { type: 'add-note', text: 'One' }, withKey('k3'));
    expect(third.status).toBe(422);
  });

  it('is one request however many come at once', async () => {
    const { number } = await system.placed();
    const take = () => system.command(number, { type: 'take-payment' }, withKey('k4'));
    const replies = await Promise.all(Array.from({ length: 8 }, take));
    for (const { status, body } of replies) {
      expect([200, 409]).toContain(status);
      expect(status === 200 || body.code === 'request-in-progress').toBe(true);
    }
    expect((await take()).status).toBe(200);
    const captures = (await system.gateway.ledger()).filter(
      ({ kind, order }) => kind === 'capture' && order === number,
    );
    expect(captures).toHaveLength(1);
  });

  it('gets one number when the shop has to make it', async () => {
    const { number: _, ...order } = anOrder();
    const [one, two] = [
      await system.post('/v1/orders', order, withKey('k5')),
      await system.post('/v1/orders', order, withKey('k5')),
    ];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.body).toEqual(one.body);
    expect(two.headers.get('location')).toBe(one.headers.get('location'));
  });

  it('gets another number when the one it was given turns out taken', async () => {
    const { number: _, ...order } = anOrder();
    const { rows } = await system.database.knex.raw(
      `select nextval('order_numbers')::text as next`,
    );
    const taken = String(Number(rows[0].next) + 1);
    await system.placed({ number: taken });
    const placed = await system.post('/v1/orders', order, withKey('k10'));
    expect(placed.status).toBe(201);
    expect(placed.body.number).not.toBe(taken);
    const again = await system.post('/v1/orders', order, withKey('k10'));
    expect(again.body).toEqual(placed.body);
  });

  it('is still the same request after the API key was replaced', async () => {
    const made = await system.post('/v1/keys', { name: 'Window', role: 'storefront' });
    const { number: _, ...order } = anOrder();
    const as = made.body.key;
    const first = await system.post('/v1/orders', order, { ...withKey('k11'), as });
    const next = await system.post(`/v1/keys/${made.body.record.id}/rotate`);
    const again = { ...withKey('k11'), as: next.body.key };
    const second = await system.post('/v1/orders', order, again);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.body.number).toBe(first.body.number);
  });

  it('is of its sender: another one may use the same key', async () => {
    const { number } = await system.placed();
    const clerk = await system.keyOf('clerk');
    const note = { type: 'add-note', text: 'Mine' };
    await system.command(number, note, withKey('k6'));
    const theirs = await system.command(number, note, { ...withKey('k6'), as: clerk });
    // The order itself knows the command of that id, and whose it was.
    expect(theirs).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const { number: elsewhere } = await system.placed();
    const free = await system.command(elsewhere, note, { ...withKey('k7'), as: clerk });
    expect(free.status).toBe(200);
  });

  it('is free for the real thing after a preview, and again after a mistake', async () => {
    const { number } = await system.placed();
    const note = { type: 'add-note', text: 'Later' };
    const ifMatch = { headers: { ...withKey('k8').headers, 'if-match': '"9"' } };
    await system.command(number, note, { ...withKey('k8'), query: 'preview=true' });
    expect((await system.command(number, note, ifMatch)).status).toBe(412);
    expect((await system.command(number, { type: 'add-note' }, withKey('k8'))).status).toBe(422);
    expect((await system.command(number, note, withKey('k8'))).status).toBe(200);
  });

  it.each(['', 'a b', 'a\u00e9', 'x'.repeat(129)])('is refused with the key %j', async (key) => {
    const { body } = await system.command('none', { type: 'void' }, withKey(key));
    expect(body).toMatchObject({ errors: [{ in: 'header', pointer: '/Idempotency-Key' }] });
  });

  it('finds what became of it under its key', async () => {
    const { number } = await system.placed();
    await system.command(number, { type: 'release-hold' }, withKey('k9'));
    const { body } = await system.get(`/v1/orders/${number}/commands/k9`);
    expect(body.command).toMatchObject({
      ...{ id: 'k9', type: 'release-hold', outcome: 'refused', seq: 3 },
      refusal: { code: 'not-on-hold' },
    });
  });
});

describe('a command for one version of an order', () => {
  it('is done on that version and refused on a later one, which it is told about', async () => {
    const { number } = await system.placed();
    const { headers } = await system.get(`/v1/orders/${number}`);
    const etag = headers.get('etag') as string;
    const ifMatch = (tag: string) => ({ headers: { 'if-match': tag } });
    const note = { type: 'add-note', text: 'First' };
    expect((await system.command(number, note, ifMatch(etag))).status).toBe(200);
    await system.command(number, { type: 'take-payment' });
    const late = await system.command(number, { type: 'cancel', reason: 'late' }, ifMatch(etag));
    expect(late.status).toBe(412);
    expect(late.headers.get('etag')).toBe('"4"');
    expect(late.body).toMatchObject({
      code: 'precondition-failed',
      changes: [
        { type: 'add-note', actor: 'admin', seq: 3 },
        { type: 'payment.captured', actor: 'gateway', seq: 5 },
      ],
    });
    expect((await system.command(number, note, ifMatch('*'))).status).toBe(200);
    expect((await system.command(number, note, ifMatch('"4", "5"'))).status).toBe(200);
    expect((await system.command(number, note, ifMatch('5'))).body.code).toBe('validation');
    expect((await system.get(`/v1/orders/${number}`)).body.seq).toBe(7);
  });

  it('is done once of many that were decided on the same version', async () => {
    const { number } = await system.placed();
    const { headers } = await system.get(`/v1/orders/${number}`);
    const ifMatch = { headers: { 'if-match': headers.get('etag') as string } };
    const replies = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        system.command(number, { type: 'add-note', text: `Note ${n}` }, ifMatch),
      ),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 412, 412, 412, 412, 412]);
    const late = replies.find(({ status }) => status === 412);
    expect(late?.headers.get('etag')).toBe('"3"');
    expect(late?.body).toMatchObject({ changes: [{ type: 'add-note', seq: 3 }] });
    expect((await system.get(`/v1/orders/${number}`)).body).toMatchObject({ seq: 3 });
  });

  it('may be sent again with its key for the version that came since', async () => {
    const { number } = await system.placed();
    const sending = (key: string, tag: string) => {
      return { headers: { ...withKey(key).headers, 'if-match': tag } };
    };
    const send = (key: string, tag: string) =>
      system.command(number, { type: 'add-note', text: key }, sending(key, tag));
    const keys = ['v1', 'v2', 'v3'];
    for (const version of [2, 3, 4]) {
      await Promise.all(keys.map((key) => send(key, `"${version}"`)));
    }
    const { body } = await system.get(`/v1/orders/${number}`);
    expect(body).toMatchObject({ version: 5, notes: [{}, {}, {}] });
  });

  it('is not refused for its own effect when its answer was lost', async () => {
    const { number } = await system.placed();
    const once = { headers: { ...withKey('lost').headers, 'if-match': '"2"' } };
    const note = { type: 'add-note', text: 'Once' };
    expect((await system.command(number, note, once)).status).toBe(200);
    await system.database.knex('idempotency_keys').where({ key: 'lost' }).delete();
    const again = await system.command(number, note, once);
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ command: { id: 'lost', seq: 3 }, order: { notes: [{}] } });
  });

  it('is never meant by a weak tag, and may be one of several', async () => {
    const { number } = await system.placed();
    const send = (tag: string) =>
      system.command(number, { type: 'add-note', text: tag }, { headers: { 'if-match': tag } });
    expect(await send('W/"2"')).toMatchObject({ status: 412, body: { changes: [] } });
    expect((await send('"other"')).status).toBe(412);
    expect((await send('"1", W/"2", "2"')).status).toBe(200);
    expect(await send('"3')).toMatchObject({
      status: 422,
      body: { errors: [{ in: 'header', pointer: '/If-Match' }] },
    });
  });
});
