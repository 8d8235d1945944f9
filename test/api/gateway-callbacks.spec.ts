import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { createTellingDeliverer } from '../../activities/gateways/telling';
import { written } from '../../machines/money';
import { CALLBACK_SECRET } from '../gateway/running-gateway';
import { startStripe, type Double } from '../stripe-double/double';
import type { Told } from '../gateways/under-test';
import { eventually } from '../support/eventually';
import { anOrder, startSystem, type System } from '../support/system';

const CALLBACKS = '/v1/gateways/stripe/callbacks';

let system: System;
let stripe: Double;
beforeAll(async () => {
  stripe = await startStripe();
  const { url, secretKey, webhookSecret } = stripe;
  system = await startSystem({
    shop: path.resolve(__dirname, '../gateways/shop-with-stripe.ts'),
    ...{ isTold: true, stripe: { url, secretKey, webhookSecret } },
    deliverers: (knex) => ({ gateway: createTellingDeliverer({ knex, written }) }),
  });
  stripe.tellTo(`${system.url}${CALLBACKS}`);
});
afterAll(async () => {
  await stripe.stop();
  await system.stop();
});

const onStripe = (token = 'pm_good') => ({
  payments: [{ gateway: 'stripe', method: 'card', token }],
});

/** An order that is paid with Stripe, and the payment intent of it. */
async function paid(token?: string) {
  const order = await system.placed(onStripe(token));
  await system.command(order.number, { type: 'take-payment' });
  const [intent] = [...stripe.books.intents.values()].filter(
    ({ metadata }) => metadata.order === order.number,
  );
  if (!intent) throw new Error('Stripe has no payment of the order.');
  return { number: order.number as string, intent: intent.id };
}

const orderOf = async (number: string) => (await system.get(`/v1/orders/${number}`)).body;

/** The open tasks of an order, once there are any. */
async function tasksOf(number: string): Promise<{ reason: string; text: string }[]> {
  const order = await eventually(
    () => orderOf(number),
    ({ attention }) => attention.length > 0,
  );
  return order.attention;
}

const send = ({ raw, headers }: Told, to = CALLBACKS) =>
  system.post(to, raw.toString(), { as: null, headers: headers as Record<string, string> });

/** What is kept of tellings about an order. */
const keptOf = (number: string) =>
  system.database
    .knex('gateway_callbacks')
    .where({ order_number: number })
    .orderBy('created_at')
    .select('kind', 'outcome', 'key', 'matched_at');

const owedTo = (number: string) =>
  system.database.knex('outbox').where({ order_number: number, topic: 'gateway' });

const historyOf = async (number: string): Promise<string[]> => {
  const rows = await system.database
    .knex('events')
    .where({ order_number: number })
    .orderBy('seq')
    .select('type', 'outcome');
  return rows.map(({ type, outcome }) => `${type} ${outcome}`);
};

describe('a callback of a gateway', () => {
  it('is refused when its signature is not the gateway’s, and nothing is kept', async () => {
    stripe.tellTo(undefined);
    const { number } = await paid();
    stripe.tellTo(`${system.url}${CALLBACKS}`);
    const telling = stripe.told.at(-1) as Told;
    const reply = await send({ ...telling, raw: Buffer.from(`${telling.raw.toString()} `) });
    expect([reply.status, reply.body.code]).toEqual([401, 'invalid-signature']);
    const unsigned = await system.post(CALLBACKS, telling.raw.toString(), { as: null });
    expect(unsigned.status).toBe(401);
    expect(await keptOf(number)).toEqual([]);
    expect((await send(telling)).status).toBe(200);
    expect(await keptOf(number)).not.toEqual([]);
  });

  it('of a gateway that nobody knows, or that tells nothing, is not found', async () => {
    for (const gateway of ['elsewhere', 'store-credit', 'constructor']) {
      const { status, body } = await system.post(`/v1/gateways/${gateway}/callbacks`, {});
      expect([status, body.code]).toEqual([404, 'not-found']);
    }
  });

  it('is not taken while what it says cannot be read, so that it is told again', async () => {
    await paid();
    const telling = stripe.told.at(-1) as Told;
    stripe.setDown(true);
    const reply = await send(telling);
    stripe.setDown(false);
    expect([reply.status, reply.body.code]).toEqual([503, 'gateway-unavailable']);
    expect((await send(telling)).status).toBe(200);
  });

  it('that our records have already costs the order nothing', async () => {
    const { number } = await paid();
    await system.command(number, { type: 'refund', amount: 500, reason: 'scratched' });
    const kept = await eventually(
      () => keptOf(number),
      (rows) => rows.length >= 3 && rows.every(({ matched_at }) => matched_at !== null),
    );
    expect(new Set(kept.map(({ kind }) => kind))).toEqual(
      new Set(['authorise', 'capture', 'refund']),
    );
    expect(await owedTo(number)).toEqual([]);
    const order = await orderOf(number);
    expect(order.payment).toMatchObject({ captured: 4100, refunded: 500 });
    expect(order.attention).toEqual([]);
  });

  it('of an authorisation that the storefront made is no surprise', async () => {
    const number = randomUUID().slice(0, 13);
    const { id: reference } = stripe.books.create({
      ...{ amount: '4100', currency: 'gbp', payment_method: 'pm_good', confirm: 'true' },
      ...{ capture_method: 'manual', metadata: { order: number } },
    });
    await eventually(
      () => keptOf(number),
      (rows) => rows.length > 0,
    );
    const payments = [{ gateway: 'stripe', method: 'card', reference, authorised: 4100 }];
    await system.placed({ number, payments });
    await system.command(number, { type: 'take-payment' });
    await eventually(
      () => keptOf(number),
      (rows) => rows.length >= 2 && rows.every(({ matched_at }) => matched_at !== null),
    );
    expect(await owedTo(number)).toEqual([]);
    expect((await orderOf(number)).payment).toMatchObject({ captured: 4100 });
  });

  it('brings nothing twice when the answers of the gateway are lost', async () => {
    const { number } = await paid('pm_answer_lost');
    await system.command(number, { type: 'refund', amount: 500, reason: 'scratched' });
    const order = await eventually(
      () => orderOf(number),
      ({ payment }) => payment.refunded === 500,
    );
    expect(order.payment).toMatchObject({ authorised: 4100, captured: 4100, refunded: 500 });
    const booked = stripe.books.ledger.filter((entry) => entry.order === number);
    expect(booked.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
      'authorise 4100',
      'capture 4100',
      'refund 500',
    ]);
  });

  it('three times at once is kept once', async () => {
    const { number } = await paid();
    await eventually(
      () => keptOf(number),
      (rows) => rows.length >= 2,
    );
    const about = stripe.told.slice(-3);
    const sendAll = () => Promise.all([...about, ...about, ...about].map((one) => send(one)));
    expect(new Set((await sendAll()).map(({ status }) => status))).toEqual(new Set([200]));
    const kept = await keptOf(number);
    await sendAll();
    expect(await keptOf(number)).toHaveLength(kept.length);
    const captures = system.database
      .knex('payment_ledger')
      .where({ order_number: number, kind: 'capture' });
    expect(await captures).toHaveLength(1);
    expect((await orderOf(number)).payment.captured).toBe(4100);
  });
});

describe('money that nobody here moved', () => {
  it('is a task: a refund made in the dashboard of the gateway, told three times at once', async () => {
    const { number, intent } = await paid();
    stripe.tellTo(undefined);
    const { id } = stripe.books.refund({ payment_intent: intent, amount: '500' });
    stripe.tellTo(`${system.url}${CALLBACKS}`);
    const telling = stripe.told.at(-1) as Told;
    await Promise.all([send(telling), send(telling), send(telling)]);
    const tasks = await tasksOf(number);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({ reason: 'gateway-differs' });
    expect(tasks[0]?.text).toBe(
      `stripe says that the refund of 5.00 GBP (${id} on ${intent}) went through, and it was not asked for here. Find out who did it, and record it with record-payment-event.`,
    );
    expect(await owedTo(number)).toHaveLength(1);
  });

  it('is a task: a capture made in the dashboard', async () => {
    const order = await system.placed(onStripe());
    const [intent] = [...stripe.books.intents.values()].filter(
      ({ metadata }) => metadata.order === order.number,
    );
    stripe.books.capture(intent?.id ?? '', { amount_to_capture: '1000', final_capture: 'false' });
    const [task] = await tasksOf(order.number);
    expect(task?.text).toContain('the capture of 10.00 GBP');
  });

  it('is a task: a refund that came back after it was thought to have arrived', async () => {
    const { number } = await paid();
    await system.command(number, { type: 'refund', amount: 700, reason: 'late' });
    const [refund] = stripe.books.refundsOf((await intentIdOf(number)) ?? '');
    stripe.books.failRefund(refund?.id ?? '');
    const [task] = await tasksOf(number);
    expect(task?.text).toMatch(/did not go through: The bank did not take the refund/);
    expect(task?.text).toContain('By our records it went through.');
  });

  it('is a task also when it was told while the API was being restarted', async () => {
    const { number, intent } = await paid();
    const restarted = system.restartApi();
    stripe.books.refund({ payment_intent: intent, amount: '300' });
    await restarted;
    const [task] = await tasksOf(number);
    expect(task?.text).toContain('the refund of 3.00 GBP');
  });

  const intentIdOf = async (number: string) =>
    [...stripe.books.intents.values()].find(({ metadata }) => metadata.order === number)?.id;
});

describe('news of an order that is not known yet', () => {
  it('waits for it', async () => {
    const number = randomUUID().slice(0, 13);
    const key = `${number}/elsewhere`;
    const callbackUrl = `${system.url}/v1/gateways/sandbox/callbacks`;
    const held = { order: number, amount: 999, currency: 'GBP', token: 'tok_ok', callbackUrl };
    await system.gateway.post('/authorisations', held, key);
    const kept = await eventually(
      () => keptOf(number),
      (rows) => rows.length > 0,
    );
    expect(kept).toMatchObject([{ kind: 'authorise', key, matched_at: null }]);
    await system.placed({ number });
    const [task] = await tasksOf(number);
    expect(task?.text).toContain('our records do not have its key');
  });
});

describe('an outcome that nobody knew', () => {
  it('ends with the telling, where no question would ever be answered', async () => {
    const number = randomUUID().slice(0, 13);
    await system.put('/v1/stock/MUG-1', { inStock: 1000 });
    const placing = anOrder({ number, token: 'tok_unknown' });
    expect(await system.post('/v1/orders', placing)).toMatchObject({ status: 202 });
    await eventually(
      () => historyOf(number),
      (types) => types.includes('payment.unknown accepted'),
      40_000,
    );
    const [held] = (await system.gateway.ledger()).filter(({ order }) => order === number);
    const { reference, key, amount, currency, at } = held ?? {};
    const telling = {
      id: `evt_${reference}`,
      kind: 'authorisation',
      outcome: 'moved',
      order: number,
    };
    const about = { key, reference, authorisation: reference, amount, currency, at };
    const raw = Buffer.from(JSON.stringify({ ...telling, ...about }));
    const now = new Date();
    const headers = {
      'webhook-id': telling.id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(CALLBACK_SECRET).sign(telling.id, now, raw.toString()),
    };
    expect((await send({ raw, headers }, '/v1/gateways/sandbox/callbacks')).status).toBe(200);
    const history = await eventually(
      () => historyOf(number),
      (types) => types.includes('payment.authorised accepted'),
      40_000,
    );
    const told = history.indexOf('gateway.told accepted');
    expect(told).toBeGreaterThan(history.indexOf('payment.unknown accepted'));
    expect(history.at(-1)).toBe('payment.authorised accepted');
    expect((await orderOf(number)).payment.authorised).toBe(4100);
  });
});
