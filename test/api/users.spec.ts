import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, startSystem, type System } from '../support/system';
import { asUser, invited, PASSWORD, signInAs, tokenIn } from '../support/users';

let system: System;
let adminId: string;
const ada = { email: 'ada@example.com', name: 'Ada' };
beforeAll(async () => {
  system = await startSystem();
  adminId = (await invited(system, ada)).body.id;
});
afterAll(() => system.stop());

describe('users', () => {
  it('are invited by a link, which an admin hands over', async () => {
    const grace = { email: 'Grace@example.com', name: 'Grace', role: 'clerk' };
    const { status, body } = await system.post('/v1/users', grace);
    expect(status).toBe(201);
    expect(body.user).toMatchObject({ email: 'grace@example.com', hasPassword: false });
    const read = await system.post('/v1/sign-in-links/read', { link: tokenIn(body) }, { as: null });
    expect(read.body).toMatchObject({ kind: 'password', email: 'grace@example.com' });
    expect(await system.post('/v1/users', grace)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/email' }] },
    });
  });

  it('who forgot their password get a new link, and the former one opens nothing', async () => {
    const entered = await signInAs(system, { email: 'joan@example.com', name: 'Joan' });
    const asked = () => system.post(`/v1/users/${entered.body.id}/link`);
    const [former, link] = [tokenIn((await asked()).body), tokenIn((await asked()).body)];
    const use = (token: string) =>
      system.post('/v1/sign-in-links/use', { link: token, password: 'a new password' });
    expect((await use(former)).status).toBe(410);
    expect((await use(link)).status).toBe(201);
    // Whoever had got in before is out.
    expect((await system.get('/v1/me', asUser(entered))).status).toBe(401);
  });

  it('who are disabled are out at once, and come back when they are enabled', async () => {
    const linus = { email: 'linus@example.com', name: 'Linus', role: 'viewer' as const };
    const entered = await signInAs(system, linus);
    const { id } = entered.body;
    const { headers } = asUser(entered);
    const stream = await fetch(`${system.url}/v1/orders/stream`, { headers });
    await system.put(`/v1/users/${id}`, { ...linus, disabled: true });
    // What they were being told ends as well, or this would never come to its end.
    await stream.text();
    expect((await system.get('/v1/me', asUser(entered))).status).toBe(401);
    const signIn = () =>
      system.post('/v1/sessions', { email: linus.email, password: PASSWORD }, { as: null });
    expect((await signIn()).status).toBe(401);
    expect((await system.post(`/v1/users/${id}/link`)).status).toBe(404);
    await system.put(`/v1/users/${id}`, linus);
    expect((await signIn()).status).toBe(201);
  });

  it('keep an admin among them, whoever is changed at once', async () => {
    const others = (await system.get('/v1/users')).body.users.filter(
      ({ id, role }: { id: string; role: string }) => role === 'admin' && id !== adminId,
    );
    for (const { id, email, name } of others) {
      await system.put(`/v1/users/${id}`, { email, name, role: 'clerk' });
    }
    const second = await signInAs(system, { email: 'second@example.com', name: 'Second' });
    const demote = (id: string, person: object) =>
      system.put(`/v1/users/${id}`, { ...person, role: 'viewer' });
    const replies = await Promise.all([
      demote(adminId, ada),
      demote(second.body.id, { email: 'second@example.com', name: 'Second' }),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('last-admin');
  });

  it('are nothing that others than admins see or change', async () => {
    const clerk = await signInAs(system, {
      ...{ email: 'clerk@example.com', name: 'Clerk', role: 'clerk' },
    });
    const as = asUser(clerk);
    for (const reply of [
      await system.get('/v1/users', as),
      await system.get('/v1/keys', as),
      await system.post('/v1/sign-in-links', undefined, as),
      await system.put(`/v1/users/${clerk.body.id}`, { ...ada, role: 'admin' }, as),
    ]) {
      expect(reply).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });
});

describe('a partner’s people', () => {
  it('see their own lines of their own orders, and no money', async () => {
    const lines = [
      aLine({ id: 'A', sku: 'MUG-1', partner: 'acme' }),
      aLine({ id: 'B', sku: 'MUG-2', partner: 'other' }),
    ];
    const { number } = await system.placed({ lines });
    const { number: foreign } = await system.placed({ lines: [aLine({ partner: 'other' })] });
    const wile = await signInAs(system, {
      ...{ email: 'wile@acme.example', name: 'Wile', role: 'partner', partner: 'acme' },
    });
    const as = asUser(wile);
    expect(wile.body).toMatchObject({ role: 'partner', partner: 'acme' });
    const list = await system.get('/v1/orders', as);
    expect(list.body.orders.map((row: { number: string }) => row.number)).toEqual([number]);
    const order = await system.get(`/v1/orders/${number}`, as);
    expect(order.body.lines.map((line: { id: string }) => line.id)).toEqual(['A']);
    const shown = JSON.stringify([list.body, order.body]);
    expect(shown).not.toMatch(/payment|captured|authorised|unitPrice|total|ada@example/);
    expect((await system.get(`/v1/orders/${foreign}`, as)).status).toBe(404);
    for (const path of ['/v1/system', '/v1/users', '/v1/statistics', '/v1/tasks']) {
      expect([path, (await system.get(path, as)).status]).toEqual([path, 403]);
    }
  });
});
