import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, anOrder, startSystem, withKey, type System } from '../support/system';

const credit = (token: string, amount?: number) => ({ gateway: 'store-credit', token, amount });
const card = (amount: number) => ({ gateway: 'sandbox', method: 'card', token: 'tok_ok', amount });

describe('store credit over HTTP', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  /** Opens an account with so much in it. */
  async function open(code: string, amount: number) {
    await system.put(`/v1/credit/${code}`, { currency: 'GBP', holder: 'Ada' });
    const granted = await system.post(`/v1/credit/${code}/grants`, { amount, reason: 'A gift' });
    expect(granted).toMatchObject({ status: 200, body: { granted: amount, available: amount } });
  }
  const lines = [aLine({ trackStock: false })];
  const place = (payments: object[], changes = {}) =>
    system.post('/v1/orders', anOrder({ lines, payments, ...changes }));
  const account = async (code: string) => (await system.get(`/v1/credit/${code}`)).body;
  const cardMovements = async (number: string) =>
    (await system.gateway.ledger())
      .filter(({ order }) => order === number)
      .map(({ kind, amount }) => `${kind} ${amount}`);

  it('pays an order together with a card, and gets its part back after the card', async () => {
    await open('ADA', 3000);
    const placed = await place([credit('ADA', 3000), card(1100)]);
    expect(placed).toMatchObject({ status: 201, body: { payment: { authorised: 4100 } } });
    const { number } = placed.body;
    expect(JSON.stringify(placed.body)).not.toContain('ADA');
    expect(await account('ADA')).toMatchObject({ available: 0, held: 3000, spent: 0 });

    const taken = await system.command(number, { type: 'take-payment' });
    expect(taken.body.order.payment).toMatchObject({ status: 'paid', captured: 4100 });
    expect(await account('ADA')).toMatchObject({ available: 0, held: 0, spent: 3000 });

    const refund = { type: 'refund', amount: 1600, reason: 'Scratched' };
    const refunded = await system.command(number, refund);
    expect(refunded.body.order.payment).toMatchObject({ refunded: 1600 });
    expect(await cardMovements(number)).toEqual([
      ...['authorisation 1100', 'capture 1100', 'refund 1100'],
    ]);
    expect(await account('ADA')).toMatchObject({ available: 500, held: 0, spent: 2500 });

    const ledger = await system.get('/v1/credit/ADA/ledger');
    expect(ledger.body.entries).toMatchObject([
      { kind: 'refund', from: 'spent', to: 'available', amount: 500, order: number },
      { kind: 'capture', from: 'held', to: 'spent', amount: 3000, order: number },
      { kind: 'authorise', from: 'available', to: 'held', amount: 3000, order: number },
      { kind: 'grant', from: 'shop', to: 'available', amount: 3000, reason: 'A gift', order: null },
    ]);
  });

  it('is let go when the order is called off', async () => {
    await open('BEN', 4100);
    const { body } = await place([credit('BEN')]);
    expect(await account('BEN')).toMatchObject({ available: 0, held: 4100 });
    await system.command(body.number, { type: 'cancel', reason: 'x' });
    expect(await account('BEN')).toMatchObject({ available: 4100, held: 0, spent: 0 });
  });

  it('declines an order that it does not cover, and no card stays held for it', async () => {
    await open('CAY', 500);
    const creditFirst = anOrder({ lines, payments: [credit('CAY', 600), card(3500)] });
    const cardFirst = anOrder({ lines, payments: [card(3500), credit('CAY', 600)] });
    for (const order of [creditFirst, cardFirst]) {
      const refused = await system.post('/v1/orders', order);
      expect(refused).toMatchObject({ status: 402, body: { code: 'payment-declined' } });
      expect(refused.body.detail).toContain('500 is available, 600 was asked for');
      expect(JSON.stringify(refused.body)).not.toContain('CAY');
    }
    expect(await account('CAY')).toMatchObject({ available: 500, held: 0 });
    expect(await cardMovements(creditFirst.number)).toEqual([]);
    expect(await cardMovements(cardFirst.number)).toEqual(['authorisation 3500', 'void 3500']);
  });

  it('the last of it pays one of two orders that are placed at once', async () => {
    await open('DEE', 4100);
    const answers = await Promise.all([place([credit('DEE')]), place([credit('DEE')])]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 402]);
    expect(await account('DEE')).toMatchObject({ available: 0, held: 4100 });
  });

  it('is granted once for each key, by clerks, and opened by admins alone', async () => {
    await open('EVE', 100);
    const as = await system.keyOf('clerk');
    const grant = (amount: number, sending = {}) =>
      system.post('/v1/credit/EVE/grants', { amount, reason: 'Late' }, { as, ...sending });
    const key = withKey('grant-1');
    expect((await grant(50, key)).body).toMatchObject({ granted: 150 });
    expect((await grant(50, key)).headers.get('idempotent-replayed')).toBe('true');
    expect(await grant(51, key)).toMatchObject({ body: { code: 'idempotency-key-reused' } });
    // The ledger remembers what the answers that are kept for a while have forgotten.
    await system.database.knex('idempotency_keys').delete();
    expect((await grant(50, key)).body).toMatchObject({ granted: 150 });
    await system.database.knex('idempotency_keys').delete();
    expect(await grant(51, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
    expect(await account('EVE')).toMatchObject({ granted: 150, available: 150 });

    const terms = { currency: 'GBP', holder: 'Eve' };
    expect((await system.put('/v1/credit/EVE', terms, { as })).status).toBe(403);
    const viewer = await system.keyOf('viewer');
    expect((await system.get('/v1/credit/EVE', { as: viewer })).status).toBe(403);
  });

  it('keeps its currency', async () => {
    await open('FAY', 100);
    const changed = await system.put('/v1/credit/FAY', { currency: 'EUR', holder: 'Fay' });
    expect(changed).toMatchObject({ status: 422, body: { errors: [{ pointer: '/currency' }] } });
    const renamed = await system.put('/v1/credit/FAY', { currency: 'GBP', holder: 'Fay' });
    expect(renamed.body).toMatchObject({ holder: 'Fay', currency: 'GBP', granted: 100 });
  });
});
