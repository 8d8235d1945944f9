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

  it.each(['', 'a b', 'a\u00e9', 'x'.repeat(201)])('is refused with the key %j', async (key) => {
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
        { type: 'add-note', actor: 'ADMIN_KEY', seq: 3 },
        { type: 'payment.captured', actor: 'gateway', seq: 5 },
      ],
    });
    expect((await system.command(number, note, ifMatch('*'))).status).toBe(200);
    expect((await system.command(number, note, ifMatch('"4", "5"'))).status).toBe(200);
    expect((await system.command(number, note, ifMatch('5'))).body.code).toBe('validation');
    expect((await system.get(`/v1/orders/${number}`)).body.seq).toBe(7);
  });
});
