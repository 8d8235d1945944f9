import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { createTellingDeliverer } from '../../activities/gateways/telling';
import { written } from '../../machines/money';
import { CALLBACK_SECRET } from '../gateway/running-gateway';
import { eventually } from '../support/eventually';
import { startSystem, withKey, type System } from '../support/system';

/** The sandbox tells the API of every movement, as real gateways do by webhook; some cards tell it twice. */
describe('money that two roads report moves and counts once', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem({
      isTold: true,
      deliverers: (knex) => ({ gateway: createTellingDeliverer({ knex, written }) }),
    });
  });
  afterAll(() => system.stop());

  const card = (token: string) => ({ payments: [{ gateway: 'sandbox', method: 'card', token }] });

  const pay = (number: string, key: string) =>
    system.post(`/v1/orders/${number}/commands`, { type: 'take-payment' }, withKey(key));

  function tell(body: string, id: string) {
    const now = new Date();
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(CALLBACK_SECRET).sign(id, now, body),
    };
    return system.post('/v1/gateways/sandbox/callbacks', body, { as: null, headers });
  }

  /** Waits until so many tellings about the order are kept and matched with it. */
  const told = (number: string, count: number) =>
    eventually(
      () => system.database.knex('gateway_callbacks').where({ order_number: number }),
      (rows: { matched_at: string | null; kind: string; news: object }[]) =>
        rows.length === count && rows.every(({ matched_at }) => matched_at !== null),
    );

  async function moneyOf(number: string) {
    const ledger = await system.gateway.ledger();
    const ours = await system.database
      .knex('payment_ledger')
      .where({ order_number: number })
      .whereNotNull('payment')
      .orderBy('id')
      .select('kind', 'amount');
    const { body } = await system.get(`/v1/orders/${number}`);
    return {
      gateway: ledger
        .filter(({ order }) => order === number)
        .map(({ kind, amount }) => `${kind} ${amount}`),
      ours: ours.map(({ kind, amount }: { kind: string; amount: number }) => `${kind} ${amount}`),
      captured: body.payment.captured as number,
      attention: body.attention as unknown[],
    };
  }

  const once = {
    gateway: ['authorisation 4100', 'capture 4100'],
    ours: ['authorise 4100', 'capture 4100'],
    captured: 4100,
    attention: [],
  };

  it('confirm and webhook both run the payment (medusajs/medusa #13301)', async () => {
    const { number } = await system.placed(card('tok_slow'));
    const answers = await Promise.all([pay(number, 'confirm'), pay(number, 'webhook')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await told(number, 2);
    expect(await moneyOf(number)).toEqual(once);
  });

  it('three webhooks, settled three times (Pinelab-studio/pinelab-vendure-plugins #620)', async () => {
    const { number } = await system.placed(card('tok_sends_callbacks_twice'));
    await pay(number, 'pay');
    const kept = await told(number, 2);
    const capture = kept.find(({ kind }) => kind === 'capture');
    // Told again, each time as if it were news: under an id that nobody has seen.
    const again = ['evt_a', 'evt_b', 'evt_c'].map((id) =>
      tell(JSON.stringify({ ...capture?.news, id }), id),
    );
    expect((await Promise.all(again)).map(({ status }) => status)).toEqual([200, 200, 200]);
    await told(number, 5);
    expect(await moneyOf(number)).toEqual(once);
  });

  it('webhook and checkout add the same amount (saleor/saleor #14648, #19220)', async () => {
    const { number } = await system.placed(card('tok_timeout_after_charge'));
    const { status } = await pay(number, 'checkout');
    expect([200, 202]).toContain(status);
    await told(number, 2);
    const money = await eventually(
      () => moneyOf(number),
      ({ captured }) => captured > 0,
      60_000,
    );
    expect(money).toEqual(once);
  });
});
