import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findInboxMessage } from '../../db/partners/inbox';
import { rotateSecret } from '../../db/partners/secrets';
import { partnerOnTheLine, type PartnerOnTheLine } from '../support/partner-on-the-line';
import { startSystem, type System } from '../support/system';
import { testVault } from '../support/vault';
import { startProxy, type Proxy } from './proxy';

const MINUTE = 60_000;

let system: System;
let postgres: Proxy;
let temporal: Proxy;
let acme: PartnerOnTheLine;
beforeAll(async () => {
  postgres = await startProxy(new URL(process.env.TEST_POSTGRES_URL as string).host);
  temporal = await startProxy(process.env.TEST_TEMPORAL_ADDRESS as string);
  system = await startSystem({
    shop: path.resolve(__dirname, '../support/shop-with-partners.ts'),
    apiReaches: { postgres: postgres.address, temporal: temporal.address },
  });
  acme = await partnerOnTheLine(system, { code: 'acme' });
});
afterAll(async () => {
  await system.stop();
  await postgres.stop();
  await temporal.stop();
});

const kept = (id: string, code = acme.code) => findInboxMessage(system.database.knex, code, id);
const aSaid = () => acme.said('shipped', randomUUID().slice(0, 13));

describe('what a partner says', () => {
  it('is kept before it is answered, though Temporal is away', async () => {
    temporal.cut();
    const said = aSaid();
    const { status, body } = await acme.say(said);
    temporal.mend();
    expect([status, body]).toEqual([202, { id: said.id, repeated: false, differs: false }]);
    expect(await kept(said.id)).toMatchObject({ said, status: 'waiting', via: 'callback' });
  });

  it('is kept once when it comes five times at once, and answered each time', async () => {
    const said = aSaid();
    const replies = await Promise.all(Array.from({ length: 5 }, () => acme.say(said)));
    expect(replies.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(replies.filter(({ body }) => !body.repeated)).toHaveLength(1);
    expect(await kept(said.id)).toMatchObject({ repeated: 4 });
  });

  it('counts as it was said first, and whoever says something else under the same id is told', async () => {
    const said = aSaid();
    await acme.say(said);
    const { status, body } = await acme.say({ ...said, reference: 'another parcel' });
    expect([status, body]).toEqual([202, { id: said.id, repeated: true, differs: true }]);
    expect((await kept(said.id))?.other).toMatchObject({ reference: 'another parcel' });
  });

  it('is taken signed with either secret while one replaces the other, and with none that has ended', async () => {
    const busy = await partnerOnTheLine(system, { code: 'busy' });
    const rotated = await rotateSecret(system.database.knex, testVault, 'busy', 1);
    const secret = rotated?.secret;
    expect((await busy.say(aSaid())).status).toBe(202);
    expect((await busy.say(aSaid(), { secret })).status).toBe(202);
    await rotateSecret(system.database.knex, testVault, 'busy', 0);
    expect((await busy.say(aSaid())).status).toBe(401);
    expect((await busy.say(aSaid(), { secret })).status).toBe(401);
  });

  it('is answered 503 while PostgreSQL is away, and taken when it is said again', async () => {
    const said = aSaid();
    postgres.cut();
    const away = await acme.say(said);
    postgres.mend();
    expect(away).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
    expect(away.headers.get('retry-after')).toBe('2');
    expect(await kept(said.id)).toBeUndefined();
    expect(await acme.say(said)).toMatchObject({ status: 202, body: { repeated: false } });
  });
});

describe('what is not signed by the partner', () => {
  it('is refused in the same words whether there is such a partner or not, and nothing is kept', async () => {
    const stranger = await partnerOnTheLine(system, { code: 'stranger' });
    const said = aSaid();
    const wrong = await acme.say(said, { secret: stranger.secret });
    const unknown = await system.post('/v1/partners/nobody/callbacks', JSON.stringify(said), {
      as: null,
      headers: {
        'webhook-id': said.id,
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
        'webhook-signature': 'v1,bm90aGluZw==',
      },
    });
    for (const { status, body } of [wrong, unknown]) {
      expect([status, body.code, body.detail]).toEqual([
        ...[401, 'invalid-signature', 'No matching signature found.'],
      ]);
    }
    expect(await kept(said.id)).toBeUndefined();
  });

  it('is refused for a body that was changed, a time long gone or yet to come, and no signature at all', async () => {
    const said = aSaid();
    const late = await acme.say(said, { at: new Date(Date.now() - 6 * MINUTE) });
    const early = await acme.say(said, { at: new Date(Date.now() + 6 * MINUTE) });
    const bare = await system.post('/v1/partners/acme/callbacks', said, { as: null });
    expect([late, early, bare].map(({ status, body }) => [status, body.detail])).toEqual([
      [401, 'Message timestamp too old.'],
      [401, 'Message timestamp too new.'],
      [401, 'Missing required headers.'],
    ]);
    expect(await kept(said.id)).toBeUndefined();
    expect((await acme.say(said, { at: new Date(Date.now() - 4 * MINUTE) })).status).toBe(202);
  });
});

describe('what a partner says and nobody can read', () => {
  it('is told with pointers, and kept as refused until it can be read', async () => {
    const said = aSaid();
    const wrong = JSON.stringify({ ...said, type: 'teleported', colour: 'red' });
    const { status, body } = await acme.send(wrong, { id: said.id });
    expect([status, body.code]).toEqual([422, 'validation']);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/colour',
      '/type',
    ]);
    expect(await kept(said.id)).toMatchObject({ status: 'refused', why: body.detail });
    expect(await acme.say(said)).toMatchObject({ status: 202, body: { repeated: false } });
    expect(await kept(said.id)).toMatchObject({ status: 'waiting', repeated: 1 });
  });

  it('is kept though it is no JSON, or under another id than it was signed with', async () => {
    const broken = randomUUID();
    const { status, body } = await acme.send('{"id": "x", ', { id: broken });
    expect([status, body.errors]).toEqual([
      ...[422, [{ pointer: '', detail: expect.stringContaining('a name in quotes') }]],
    ]);
    expect(await kept(broken)).toMatchObject({ status: 'refused', said: '{"id": "x", ' });
    const other = randomUUID();
    const mixed = await acme.say(aSaid(), { id: other });
    expect([mixed.status, mixed.body.errors[0].pointer]).toEqual([422, '/id']);
    expect(await kept(other)).toMatchObject({ status: 'refused' });
  });

  it('is too large with more than 256 kB', async () => {
    const said = { ...aSaid(), reason: 'x'.repeat(256 * 1024) };
    const { status, body } = await acme.say(said);
    expect([status, body.detail]).toEqual([413, 'The body has more than 256 kB.']);
  });
});

describe('trying anew what was refused', () => {
  const retry = (id: string) =>
    system.post(`/v1/partners/acme/messages/${encodeURIComponent(id)}/retry`);

  it('puts a message to its order again', async () => {
    const said = { ...aSaid(), id: `parcel/${randomUUID()}` };
    await acme.say(said);
    expect(await retry(said.id)).toMatchObject({ status: 202, body: { id: said.id } });
  });

  it('is not done for what is not there, or could not be read', async () => {
    const missing = await retry('never-said');
    expect([missing.status, missing.body.detail]).toEqual([
      ...[404, 'acme has said nothing under the id never-said.'],
    ]);
    const unread = randomUUID();
    await acme.send('nonsense', { id: unread });
    expect(await retry(unread)).toMatchObject({ status: 422, body: { code: 'validation' } });
  });
});
