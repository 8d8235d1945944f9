import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSignedTokens } from '../../db/secrets/signed-tokens';
import { aLine, startSystem, type System } from '../support/system';
import { testVault } from '../support/vault';

describe('the link for a guest', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  const guest = { email: 'Ada@Example.com', name: 'Ada', guest: true };
  const linkOf = async (number: string) => {
    const as = await system.keyOf('storefront');
    return system.post(`/v1/orders/${number}/guest-link`, undefined, { as });
  };
  const follow = (url: string, email: string) =>
    system.get(`${url}?email=${encodeURIComponent(email)}`, { as: null });
  const ageing = (expiresAt: string, subject: string) =>
    createSignedTokens(system.database.knex, testVault).sign({
      purpose: 'guest-order',
      subject,
      expiresAt,
    });

  it('shows the order to whoever has it and the e-mail, whatever its case, and no more than needed', async () => {
    const { number } = await system.placed({
      customer: guest,
      lines: [aLine({ notes: 'Secret' })],
    });
    const link = await linkOf(number);
    expect(link).toMatchObject({ status: 200, body: { url: expect.any(String) } });
    const month = Date.now() + 30 * 86_400_000;
    expect(Math.abs(Date.parse(link.body.expiresAt) - month)).toBeLessThan(600_000);

    await system.command(number, { type: 'take-payment' });
    const tracking = { carrier: 'Post', number: 'GB123' };
    await system.command(number, { type: 'record-shipping-event', event: 'Shipped', tracking });
    const { status, body } = await follow(link.body.url, ' ada@example.COM ');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      number,
      status: 'Complete',
      payment: { status: 'paid' },
      lines: [{ title: 'Mug', quantity: 3, status: 'Shipped' }],
      parcels: [{ lines: [{ title: 'Mug', quantity: 3 }], tracking }],
      total: { inclTax: 4100 },
    });
    expect(JSON.stringify(body)).not.toMatch(/ada|High Street|Secret|sandbox|p1/i);
  });

  it('says the very same to a wrong e-mail, a wrong token, an unknown order and an old link', async () => {
    const { number } = await system.placed({ customer: guest });
    const { url } = (await linkOf(number)).body as { url: string };
    const later = new Date(Date.now() + 60_000).toISOString();
    const old = await ageing(new Date(Date.now() - 1).toISOString(), number);
    const unknown = await ageing(later, 'no-such-order');
    const withoutMail = (await system.placed({ customer: {} })).number as string;
    const attempts = await Promise.all([
      follow(url, 'eve@example.com'),
      follow(url, ''),
      follow(`${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`, guest.email),
      follow('/v1/guest/x', guest.email),
      follow(`/v1/guest/${old}`, guest.email),
      follow(`/v1/guest/${unknown}`, guest.email),
      follow(`/v1/guest/${await ageing(later, withoutMail)}`, ''),
    ]);
    const said = attempts.map(({ status, body }) => {
      const { instance: _, requestId: __, ...rest } = body as Record<string, unknown>;
      return [status, rest];
    });
    expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(said[0]?.[0]).toBe(404);
  });

  it('cannot be tried for long', async () => {
    const { number } = await system.placed({ customer: guest });
    const { url } = (await linkOf(number)).body as { url: string };
    const tries = Array.from({ length: 15 }, (_, n) => follow(url, `${n}@example.com`));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  });

  it('is not for accounts, and not for an order without an e-mail', async () => {
    const account = await system.placed({ customer: { ...guest, guest: false } });
    const nobody = await system.placed({ customer: {} });
    for (const { number } of [account, nobody]) {
      expect(await linkOf(number)).toMatchObject({ status: 422, body: { code: 'validation' } });
    }
    expect(await linkOf('no-such-order')).toMatchObject({ status: 404 });
  });

  it('is in no log', async () => {
    const { number } = await system.placed({ customer: guest });
    const { url } = (await linkOf(number)).body as { url: string };
    await follow(url, guest.email);
    expect(system.logged.join()).not.toContain(url.slice('/v1/guest/'.length));
  });
});
