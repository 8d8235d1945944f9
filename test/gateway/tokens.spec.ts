import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startGateway, type RunningGateway } from './running-gateway';

describe('the tokens', () => {
  let gateway: RunningGateway;
  let now: number;

  beforeEach(async () => {
    now = Date.parse('2026-11-23T10:00:00Z');
    gateway = await startGateway({ now: () => now, slowMs: 1000 });
  });
  afterEach(() => gateway.stop());

  const authorisation = (token: string, key = 'key') =>
    gateway.post('/authorisations', { order: '1', amount: 1000, currency: 'GBP', token }, key);

  it.each([
    ['tok_declined', 'card_declined'],
    ['tok_insufficient', 'insufficient_funds'],
    ['tok_of_no_card', 'invalid_token'],
    ['toString', 'invalid_token'],
  ])('%s is refused as %s', async (token, code) => {
    const answer = await authorisation(token);
    expect(answer).toMatchObject({ status: 402, body: { error: { code } } });
    expect(JSON.stringify(answer)).not.toContain(token);
    expect(await gateway.ledger()).toEqual([]);
  });

  /** One request of each kind, on an authorisation of that token that has 500 captured and 500 left. */
  async function requestsOn(token: string): Promise<(readonly [string, object])[]> {
    const reference = await gateway.authorise(token, 1000);
    const about = { order: '1', authorisation: reference };
    await settle('/captures', { ...about, amount: 500 });
    return [
      ['/authorisations', { order: '1', amount: 1000, currency: 'GBP', token }],
      ['/captures', { ...about, amount: 100 }],
      ['/refunds', { ...about, amount: 100 }],
      ['/voids', about],
    ];
  }

  async function settle(call: string, body: object): Promise<void> {
    for (;;) {
      const answer = await gateway.post(call, body, 'settled').catch(() => undefined);
      if (answer?.status === 201) return;
    }
  }

  it('tok_timeout_after_charge moves and never answers, once per key', async () => {
    for (const [call, body] of await requestsOn('tok_timeout_after_charge')) {
      await expect(gateway.post(call, body, call)).rejects.toThrow();
      const [charge] = await gateway.charges(call);
      expect(charge).toMatchObject({ key: call });
      expect(await gateway.post(call, body, call)).toEqual({
        status: 201,
        replayed: true,
        body: charge,
      });
      expect(await gateway.charges(call)).toHaveLength(1);
    }
  });

  it('tok_timeout_before_charge never answers and moves nothing at first, then goes through', async () => {
    for (const [call, body] of await requestsOn('tok_timeout_before_charge')) {
      await expect(gateway.post(call, body, call)).rejects.toThrow();
      expect(await gateway.charges(call)).toEqual([]);
      expect(await gateway.post(call, body, call)).toMatchObject({ status: 201, replayed: false });
      expect(await gateway.charges(call)).toHaveLength(1);
    }
  });

  it('tok_fails_twice answers 500 twice per key and moves nothing, then goes through', async () => {
    for (const [call, body] of await requestsOn('tok_fails_twice')) {
      expect((await gateway.post(call, body, call)).status).toBe(500);
      expect((await gateway.post(call, body, call)).status).toBe(500);
      expect(await gateway.charges(call)).toEqual([]);
      expect(await gateway.post(call, body, call)).toMatchObject({ status: 201, replayed: false });
    }
  });

  it('a request that hangs does not keep the next one under its key waiting', async () => {
    for (const token of ['tok_timeout_after_charge', 'tok_timeout_before_charge']) {
      const hanging = authorisation(token, token).catch(() => 'lost');
      while ((await authorisation(token, token).catch(() => undefined))?.status !== 201);
      expect(await hanging).toBe('lost');
      expect(await gateway.charges(token)).toHaveLength(1);
    }
  });

  it('tok_slow has moved and can be asked about long before it answers; meanwhile its key is taken', async () => {
    let answered = false;
    const slow = authorisation('tok_slow').finally(() => (answered = true));
    while ((await gateway.charges('key')).length === 0);
    expect(answered).toBe(false);
    expect((await authorisation('tok_slow')).status).toBe(409);
    expect(await slow).toMatchObject({ status: 201, replayed: false });
    expect(await authorisation('tok_slow')).toMatchObject({ status: 201, replayed: true });
  });

  it('tok_expires_<seconds> expires after that many seconds', async () => {
    const reference = await gateway.authorise('tok_expires_90');
    const body = { order: '1', authorisation: reference, amount: 100 };
    now += 89_999;
    expect((await gateway.post('/captures', body, 'in time')).status).toBe(201);
    now += 1;
    const late = await gateway.post('/captures', body, 'late');
    expect(late.body.error.code).toBe('authorisation_expired');
  });

  it('tok_no_partial is captured once and whole', async () => {
    const reference = await gateway.authorise('tok_no_partial', 1000);
    const body = { order: '1', authorisation: reference };
    const part = await gateway.post('/captures', { ...body, amount: 999 }, 'part');
    expect(part.body.error.code).toBe('partial_capture_not_supported');
    expect((await gateway.post('/captures', { ...body, amount: 1000 }, 'all')).status).toBe(201);
    expect((await gateway.post('/refunds', { ...body, amount: 1 }, 'back')).status).toBe(201);
  });

  it('tok_captures_once is captured once, in part or whole, and the rest is let go at once', async () => {
    const reference = await gateway.authorise('tok_captures_once', 1000);
    const body = { order: '1', authorisation: reference };
    const part = await gateway.post('/captures', { ...body, amount: 300 }, 'part');
    expect(part).toMatchObject({ status: 201, body: { amount: 300, final: true } });
    const more = await gateway.post('/captures', { ...body, amount: 1 }, 'more');
    expect(more.body.error.code).toBe('already_captured');
    expect((await gateway.post('/voids', body, 'void')).body.error.code).toBe('nothing_to_void');
  });

  const renewal = (renews: string, key: string) =>
    gateway.post('/authorisations', { order: '1', amount: 500, currency: 'GBP', renews }, key);

  it('every card says what it can, and a renewed one is the same card again', async () => {
    for (const [token, can] of [
      ['tok_ok', { captures: 'many', renewable: true }],
      ['tok_captures_once', { captures: 'once', renewable: true }],
      ['tok_no_partial', { captures: 'whole', renewable: true }],
      ['tok_expires_60', { captures: 'many', renewable: true }],
    ] as const) {
      const reference = await gateway.authorise(token, 1000);
      expect(await gateway.charges(reference)).toMatchObject([{ can }]);
      now += 50_000;
      const renewed = await renewal(reference, `renew ${token}`);
      expect(renewed).toMatchObject({ status: 201, body: { amount: 500, can, renews: reference } });
      const [old] = await gateway.charges(reference);
      const { expiresAt, reference: fresh } = renewed.body;
      expect(Date.parse(expiresAt) - Date.parse(old?.expiresAt ?? '')).toBe(50_000);
      expect(fresh).not.toBe(reference);
    }
  });

  it('tok_not_renewable says so, tok_renewal_declined does not; both are declined', async () => {
    for (const [token, renewable, code] of [
      ['tok_not_renewable', false, 'not_renewable'],
      ['tok_renewal_declined', true, 'card_declined'],
    ] as const) {
      const reference = await gateway.authorise(token, 1000);
      expect(await gateway.charges(reference)).toMatchObject([{ can: { renewable } }]);
      const renewed = await renewal(reference, `renew ${token}`);
      expect(renewed).toMatchObject({ status: 402, body: { error: { code } } });
      expect(await gateway.charges(reference)).toHaveLength(1);
    }
  });

  it('a renewal names an authorisation that was made here, and no card beside it', async () => {
    expect((await renewal('auth_elsewhere', 'a')).status).toBe(404);
    const renews = await gateway.authorise('tok_ok', 1000);
    const both = { order: '1', amount: 500, currency: 'GBP', renews, token: 'tok_ok' };
    expect((await gateway.post('/authorisations', both, 'b')).status).toBe(400);
  });
});
