import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder, startSystem, withKey, type Reply, type System } from '../support/system';
import { asUser, cookieOf, invited, PASSWORD, tokenIn } from '../support/users';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const nobody = { as: null };
const signIn = (email: string, password = PASSWORD) =>
  system.post('/v1/sessions', { email, password }, nobody);
const me = (entered: Pick<Reply, 'headers'>) => system.get('/v1/me', asUser(entered));
/** As if so long had gone by since. */
const later = (minutes: number, column: string) =>
  system.database.knex('sessions').update({
    [column]: system.database.knex.raw(`${column} - ? * interval '1 minute'`, [minutes]),
  });

describe('the first user', () => {
  it('is an admin by the link that is printed while there is none, which is good once', async () => {
    const printed = await system.post('/v1/sign-in-links');
    expect(printed.body).toMatchObject({ kind: 'first', path: expect.stringContaining('#link=') });
    const another = (await system.post('/v1/sign-in-links')).body;
    const use = {
      link: tokenIn(printed.body),
      ...{ name: 'Ada Lovelace', email: 'Ada@Example.com', password: PASSWORD },
    };
    // Whoever only looks at the link does not use it up.
    await system.get('/sign-in', nobody);
    await system.post('/v1/sign-in-links/read', { link: use.link }, nobody);
    const entered = await system.post('/v1/sign-in-links/use', use, nobody);
    expect(entered).toMatchObject({ status: 201, body: { kind: 'user', role: 'admin' } });
    expect(await me(entered)).toMatchObject({ status: 200, body: { email: 'ada@example.com' } });
    for (const link of [use.link, tokenIn(another)]) {
      const again = await system.post('/v1/sign-in-links/use', { ...use, link }, nobody);
      expect(again).toMatchObject({ status: 410, body: { code: 'link-expired' } });
    }
  });

  it('is signed in by the links that are printed later', async () => {
    const { body } = await system.post('/v1/sign-in-links');
    const use = { link: tokenIn(body) };
    const uses = await Promise.all(
      [use, use].map((each) => system.post('/v1/sign-in-links/use', each, nobody)),
    );
    expect(uses.map(({ status }) => status).sort()).toEqual([201, 410]);
    expect(uses.find(({ status }) => status === 201)?.body.name).toBe('Ada Lovelace');
  });
});

describe('a session', () => {
  it('is a cookie that no script reads, and ends when one signs out', async () => {
    const entered = await signIn('ADA@example.com');
    expect(entered.headers.get('set-cookie')).toMatch(
      /^conveyor_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    );
    const left = await system.delete('/v1/session', asUser(entered));
    expect(left.headers.get('set-cookie')).toMatch(/^conveyor_session=; .*Max-Age=0/);
    expect((await me(entered)).status).toBe(401);
  });

  it('changes its token while it is used, and requests under way with the former one get through', async () => {
    const before = await signIn('ada@example.com');
    await later(16, 'rotated_at');
    const replies = await Promise.all([me(before), me(before), me(before)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [rotated, ...others] = replies.filter(({ headers }) => headers.has('set-cookie'));
    expect(others).toEqual([]);
    // The answer with the new token may be lost on the way: the former one is good until the new one came.
    await later(10, 'rotated_at');
    const renewed = await me(before);
    expect(renewed.status).toBe(200);
    expect(cookieOf(renewed)).not.toBe(cookieOf(rotated as Reply));
    expect((await me(renewed)).status).toBe(200);
    expect((await me(before)).status).toBe(200);
    await later(2, 'previous_until');
    expect((await me(before)).status).toBe(401);
    expect((await me(renewed)).status).toBe(200);
  });

  it.each([
    ['after a week without use', 7 * 24 * 60 + 1, 'used_at'],
    ['after 30 days in any case', 30 * 24 * 60 + 1, 'expires_at'],
  ])('ends %s', async (_when, minutes, column) => {
    const entered = await signIn('ada@example.com');
    expect((await me(entered)).status).toBe(200);
    await later(minutes, column);
    expect((await me(entered)).status).toBe(401);
  });

  it('is of no use to pages of other sites', async () => {
    const entered = await signIn('ada@example.com');
    const { headers } = asUser(entered);
    const write = (more: Record<string, string>) =>
      system.put(
        '/v1/me',
        { name: 'Ada Lovelace' },
        { as: null, headers: { cookie: headers?.cookie ?? '', ...more } },
      );
    const refusal = { status: 403, body: { code: 'cross-site' } };
    expect(await write({})).toMatchObject(refusal);
    const header = { 'x-conveyor': 'x' };
    expect(await write({ ...header, origin: 'https://evil.example' })).toMatchObject(refusal);
    expect(await write({ ...header, origin: 'null' })).toMatchObject(refusal);
    expect(await write({ ...header, origin: system.url })).toMatchObject({ status: 200 });
  });

  it('is seen by its owner, who ends it elsewhere', async () => {
    const here = await signIn('ada@example.com');
    const there = await signIn('ada@example.com');
    const { body } = await system.get('/v1/sessions', asUser(there));
    const id = body.sessions.find((each: { isThis: boolean }) => each.isThis).id;
    expect((await system.delete(`/v1/sessions/${id}`, asUser(here))).status).toBe(204);
    expect([(await me(here)).status, (await me(there)).status]).toEqual([200, 401]);
  });

  it('acts under the name of its user, and repeats nobody else’s requests', async () => {
    const { number } = await system.placed();
    const twins = await Promise.all(
      ['one', 'two'].map((name) =>
        invited(system, { email: `${name}@example.com`, name: 'Sam', role: 'clerk' }),
      ),
    );
    const placed = await Promise.all(
      twins.map((entered) => {
        const sending = asUser(entered);
        const headers = { ...sending.headers, ...withKey('the-same-key').headers };
        return system.post('/v1/orders', anOrder(), { ...sending, headers });
      }),
    );
    expect(placed.map(({ status }) => status)).toEqual([201, 201]);
    await system.command(number, { type: 'add-note', text: 'Hi' }, asUser(twins[0] as Reply));
    const { body } = await system.get(`/v1/orders/${number}/events`);
    expect(JSON.stringify(body.events)).toContain('"actor":{"name":"Sam","role":"clerk"}');
  });
});

describe('passwords', () => {
  it('have ten characters, whatever they are', async () => {
    const entered = await signIn('ada@example.com');
    const change = (current: string, password: string) =>
      system.put('/v1/me/password', { current, password }, asUser(entered));
    expect(await change(PASSWORD, '123456789')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/password' }] },
    });
    expect(await change('not the present one', 'ten letters')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/current' }] },
    });
    const elsewhere = await signIn('ada@example.com');
    expect((await change(PASSWORD, 'ten letters')).status).toBe(204);
    expect([(await me(entered)).status, (await me(elsewhere)).status]).toEqual([200, 401]);
    expect((await signIn('ada@example.com')).status).toBe(401);
    expect((await change('ten letters', PASSWORD)).status).toBe(204);
  });

  it('and e-mails that are wrong are answered alike', async () => {
    const wrong = await signIn('ada@example.com', 'wrong');
    const unknown = await signIn('who@example.com', 'wrong');
    expect(wrong.status).toBe(401);
    const { requestId: _one, ...body } = wrong.body;
    expect(unknown.body).toMatchObject(body);
  });

  it('leave no trace in the log or in what is kept of requests', async () => {
    await system.post(
      '/v1/sessions',
      { email: 'ada@example.com', password: PASSWORD },
      {
        ...nobody,
        ...withKey('sign-in-1'),
      },
    );
    expect(system.logged.join()).not.toContain(PASSWORD);
    const kept = await system.database.knex('idempotency_keys').where({ key: 'sign-in-1' });
    expect(kept).toEqual([]);
  });
});

describe('guessing', () => {
  beforeEach(() => system.database.knex('sign_in_tries').delete());

  it('waits longer and longer, however many guess at once, and a success ends it', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, index) => signIn('ada@example.com', `guess ${index}`)),
    );
    const looked = guesses.filter(({ status }) => status === 401).length;
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThanOrEqual(5);
    const refused = await signIn('ada@example.com');
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
    const first = Number(refused.headers.get('retry-after'));
    expect(first).toBeGreaterThan(0);
    const over = () => system.database.knex('sign_in_tries').update({ waits_until: new Date(0) });
    await over();
    expect((await signIn('ada@example.com', 'guess')).status).toBe(401);
    const longer = Number((await signIn('ada@example.com')).headers.get('retry-after'));
    expect(longer).toBeGreaterThan(first);
    await over();
    expect((await signIn('ada@example.com')).status).toBe(201);
    expect((await signIn('ada@example.com', 'guess')).status).toBe(401);
    expect((await signIn('ada@example.com')).status).toBe(201);
  });

  it('by strangers elsewhere locks nobody out', async () => {
    for (let tries = 0; tries < 6; tries += 1) await signIn('ada@example.com', 'guess');
    expect((await signIn('ada@example.com')).status).toBe(429);
    // The same row as if it had come from another address.
    await system.database.knex('sign_in_tries').update({
      who: system.database.knex.raw(`'elsewhere ' || who`),
    });
    expect((await signIn('ada@example.com')).status).toBe(201);
  });
});
