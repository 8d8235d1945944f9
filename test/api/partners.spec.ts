import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../support/eventually';
import { startSystem, withKey, type System } from '../support/system';
import { startPartner, type RunningPartner } from '../partners/running-partner';

describe('partners over HTTP', () => {
  let system: System;
  let acme: RunningPartner;
  let exchangeDir: string;
  beforeAll(async () => {
    exchangeDir = await mkdtemp(path.join(os.tmpdir(), 'conveyor-exchange-'));
    acme = await startPartner();
    system = await startSystem({ letters: { exchangeDir } });
  });
  afterAll(async () => {
    await system.stop();
    await acme.stop();
    await rm(exchangeDir, { recursive: true });
  });

  const http = () => ({ kind: 'http', url: acme.url });
  const put = (code: string, changes: object = {}, sending = {}) =>
    system.put(`/v1/partners/${code}`, { name: 'Acme', transport: http(), ...changes }, sending);
  const test = (code: string) => system.post(`/v1/partners/${code}/test`);

  it('are registered with a secret that is shown once, and changed without one', async () => {
    const terms = { accept: { escalate: { hours: 4 } } };
    const made = await put('first', { terms });
    expect(made).toMatchObject({
      status: 201,
      body: {
        secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
        partner: { code: 'first', active: true, terms, capabilities: {}, feed: null },
      },
    });
    const changed = await put('first', { name: 'Acme Ltd', active: false });
    expect(changed).toMatchObject({ status: 200, body: { secret: null } });
    expect(changed.body.partner).toMatchObject({ name: 'Acme Ltd', active: false, terms: {} });
    expect((await system.get('/v1/partners/first')).body).toEqual(changed.body.partner);
    const listed = await system.get('/v1/partners');
    expect(listed.body.partners).toContainEqual({
      ...changed.body.partner,
      figures: { failed: 0, waiting: 0, parked: 0, refused: 0, late: 0 },
    });
    expect(listed.body.statuses).toContainEqual({
      ...{ status: 'failed', says: 'Failed', tone: 'danger', directions: ['out'] },
    });
  });

  it.each<[string, object]>([
    ['/transport/url', { transport: { kind: 'http', url: 'ftp://acme.example' } }],
    ['/transport/url', { transport: { kind: 'http', url: 'https://user:word@acme.example' } }],
    ['/transport/path', { transport: { kind: 'folder', path: '../elsewhere' } }],
    ['/transport/path', { transport: { kind: 'folder', path: '/etc' } }],
    ['/feed/everySeconds', { feed: { kind: 'folder', path: 'in', everySeconds: 1 } }],
    ['/terms/accept', { terms: { accept: { remind: { hours: 2 }, escalate: { hours: 1 } } } }],
    ['/credential', { credential: { password: 'x' } }],
  ])('are not registered with a wrong %s', async (pointer, changes) => {
    const { status, body } = await put('wrong', changes);
    expect({ status, errors: body.errors }).toMatchObject({ status: 422, errors: [{ pointer }] });
    expect((await system.get('/v1/partners/wrong')).status).toBe(404);
  });

  it('are changed by admins alone, and read by clerks and viewers', async () => {
    await put('closed');
    for (const role of ['clerk', 'viewer', 'storefront', 'partner']) {
      const as = await system.keyOf(role, role === 'partner' ? 'closed' : undefined);
      const mayRead = role === 'clerk' || role === 'viewer';
      expect((await put('closed', {}, { as })).status).toBe(403);
      expect((await system.get('/v1/partners', { as })).status).toBe(mayRead ? 200 : 403);
      const rotated = await system.post('/v1/partners/closed/secret', {}, { as });
      expect(rotated.status).toBe(403);
    }
  });

  it('are tested by a signed letter, and what they answer is shown', async () => {
    const { body } = await put('tested', { active: false });
    acme.answers = { status: 200, body: 'Thank you' };
    const tested = await test('tested');
    expect(tested).toMatchObject({
      status: 200,
      body: {
        ...{ direction: 'out', type: 'test', status: 'delivered', order: null, tries: 1 },
        attempts: [{ attempt: 1, status: 200, excerpt: 'Thank you' }],
      },
    });
    const got = acme.got.at(-1)!;
    expect(new Webhook(body.secret).verify(got.body, got.headers)).toEqual({
      ...{ version: 1, type: 'test', partner: 'tested', id: tested.body.id },
      at: expect.any(String),
    });

    acme.answers = { status: 500, body: 'Oh' };
    expect((await test('tested')).body).toMatchObject({
      ...{ status: 'failed', why: 'It answered 500.', attempts: [{ status: 500, excerpt: 'Oh' }] },
    });
    acme.answers = { status: 200 };
  });

  it('that take files are tested by one', async () => {
    await put('filed', { transport: { kind: 'folder', path: 'filed/in' } });
    const { body } = await test('filed');
    expect(body).toMatchObject({ status: 'delivered' });
    expect(await readdir(path.join(exchangeDir, 'filed/in'))).toEqual([`test-${body.id}.csv`]);
  });

  it('get a new secret, beside which the former one signs until it ends', async () => {
    const former = (await put('rotated')).body.secret;
    const key = withKey('rotation-1');
    const rotated = await system.post('/v1/partners/rotated/secret', { overlapHours: 1 }, key);
    expect(rotated).toMatchObject({ status: 201, body: { formerUntil: expect.any(String) } });
    const { secret } = rotated.body;
    await test('rotated');
    const both = acme.got.at(-1)!;
    for (const each of [former, secret]) new Webhook(each).verify(both.body, both.headers);

    const again = await system.post('/v1/partners/rotated/secret', { overlapHours: 1 }, key);
    expect(again.body).toMatchObject({ secret: null });
    const last = await system.post('/v1/partners/rotated/secret', { overlapHours: 0 });
    expect(last.body.formerUntil).toBeNull();
    await test('rotated');
    const one = acme.got.at(-1)!;
    new Webhook(last.body.secret).verify(one.body, one.headers);
    expect(() => new Webhook(secret).verify(one.body, one.headers)).toThrow('signature');
  });

  it('have a log, which their own keys read and no other partner’s', async () => {
    await put('logged');
    await put('other');
    const { body: first } = await test('logged');
    const { body: second } = await test('logged');
    const as = await system.keyOf('partner', 'logged');
    const page = await system.get('/v1/partners/logged/messages?limit=1', { as });
    expect(page.body.messages).toMatchObject([{ id: second.id, status: 'delivered' }]);
    const next = `/v1/partners/logged/messages?limit=1&cursor=${page.body.next}`;
    expect((await system.get(next, { as })).body).toMatchObject({
      ...{ messages: [{ id: first.id }], next: null },
    });
    expect((await system.get(`/v1/partners/logged/messages/${first.id}`, { as })).body).toEqual(
      first,
    );
    for (const at of ['/messages', `/messages/${first.id}`]) {
      expect((await system.get(`/v1/partners/other${at}`, { as })).status).toBe(404);
    }
    expect((await system.get(`/v1/partners/other/messages/${first.id}`)).status).toBe(404);
  });

  it('are sent once more what they were told, under the same id', async () => {
    await put('repeated');
    acme.answers = { status: 503 };
    const { body } = await test('repeated');
    acme.answers = { status: 200 };
    const at = `/v1/partners/repeated/messages/${body.id}`;
    expect((await system.post(`${at}/redeliveries`)).status).toBe(202);
    const sent = await eventually(
      () => system.get(at),
      (reply) => reply.body.status === 'delivered',
    );
    expect(sent.body).toMatchObject({ tries: 2, body: body.body });
    const ids = acme.got.slice(-2).map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([body.id, body.id]);
  });
});
