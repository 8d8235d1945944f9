import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createGatewayClient } from '../../activities/gateways/sandbox';
import { createPayments } from '../../activities/payments';
import { settleCall } from '../../db/gateway-calls';
import type { CardGateway } from '../../activities/gateways/port';
import { answers, type MoveMoney, type SettleMoney } from '../../machines/effects';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { deadUrl, startGateway, type RunningGateway } from '../gateway/running-gateway';

const TIMEOUT_MS = 500;

/** The worker died here. */
class Crash extends Error {}

describe('moving money', () => {
  let database: TestDatabase;
  let gateway: RunningGateway;
  let client: CardGateway;
  let orders = 0;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    gateway = await startGateway({ slowMs: 200 });
    client = createGatewayClient({ url: gateway.url, timeoutMs: TIMEOUT_MS });
  });
  afterEach(() => gateway.stop());

  function paymentsWith(sandbox: CardGateway = client) {
    const pause = (ms: number) => sleep(ms / 10);
    const heartbeat = () => undefined;
    const payments = createPayments({
      ...{ knex: database.knex, gateways: { sandbox } },
      ...{ heartbeat, pause },
    });
    // No order is in this database, so its history ends at 0.
    const told = async (answer: ReturnType<(typeof payments)['move-money']>) => {
      const known = await answer;
      if (known === 'overtaken') throw new Error('overtaken');
      return known;
    };
    return {
      'move-money': (effect: MoveMoney) => told(payments['move-money'](effect, 0)),
      'settle-money': (effect: SettleMoney) => told(payments['settle-money'](effect, 0)),
      decidedAt: (effect: MoveMoney, seq: number) => payments['move-money'](effect, seq),
    };
  }

  function authorisation(token: string, changes: Partial<MoveMoney> = {}): MoveMoney {
    const order = `order-${(orders += 1)}`;
    return {
      ...{ type: 'move-money', kind: 'authorise', key: `${order}/1/authorise`, order },
      ...{ payment: 'p1', gateway: 'sandbox', currency: 'GBP', amount: 4100, token },
      answer: answers.authorise,
      ...changes,
    };
  }
  function followUp(kind: MoveMoney['kind'], { order }: MoveMoney, reference: string): MoveMoney {
    const key = `${order}/2/${kind}`;
    return authorisation('', {
      kind,
      key,
      order,
      reference,
      answer: answers[kind],
      token: undefined,
    });
  }

  async function authorised(token: string): Promise<{ effect: MoveMoney; reference: string }> {
    const effect = authorisation(token);
    const answer = await paymentsWith()['move-money'](effect);
    if (!('reference' in answer)) throw new Error(`not authorised: ${JSON.stringify(answer)}`);
    return { effect, reference: answer.reference };
  }

  const moved = async ({ key }: MoveMoney) =>
    (await gateway.ledger()).filter((entry) => entry.key === key);
  const callOf = ({ key }: MoveMoney) => database.knex('gateway_calls').where({ key }).first();

  it.each([
    ['tok_ok'],
    ['tok_slow'],
    ['tok_timeout_after_charge'],
    ['tok_timeout_before_charge'],
    ['tok_fails_twice'],
    ['tok_no_partial'],
    ['tok_sends_callbacks_twice'],
    ['tok_expires_60'],
  ])('with %s moves it once, there and back', async (token) => {
    const payments = paymentsWith();
    const { effect, reference } = await authorised(token);
    const capture = followUp('capture', effect, reference);
    expect(await payments['move-money'](capture)).toEqual({
      type: 'payment.captured',
      ...{ key: capture.key, amount: 4100, reference: expect.any(String) },
    });
    const refund = followUp('refund', effect, reference);
    expect(await payments['move-money'](refund)).toMatchObject({ type: 'payment.refunded' });
    for (const each of [effect, capture, refund]) {
      expect(await moved(each)).toHaveLength(1);
      expect(await callOf(each)).toMatchObject({ status: 'moved', moved: 4100 });
    }
  });

  it('gives the same answer again, without the gateway', async () => {
    const { effect, reference } = await authorised('tok_ok');
    const nobody = {} as CardGateway;
    const again = await paymentsWith(nobody)['move-money'](effect);
    expect(again).toMatchObject({ type: 'payment.authorised', reference, amount: 4100 });
    expect(again).toEqual(
      await paymentsWith(nobody)['settle-money']({ ...effect, type: 'settle-money' }),
    );
  });

  it('is not moved by whoever knows less of the order than the database has', async () => {
    const effect = authorisation('tok_ok');
    expect(await paymentsWith().decidedAt(effect, 7)).toBe('overtaken');
    expect(await moved(effect)).toEqual([]);
    expect(await callOf(effect)).toBeUndefined();
  });

  it('is not moved under a key under which something else was', async () => {
    const { effect } = await authorised('tok_ok');
    const other = paymentsWith()['move-money']({ ...effect, amount: 100 });
    await expect(other).rejects.toMatchObject({ type: 'KeyTaken', nonRetryable: true });
    expect(await moved(effect)).toHaveLength(1);
  });

  it('voids what is held, and says how much that was', async () => {
    const { effect, reference } = await authorised('tok_ok');
    const answer = await paymentsWith()['move-money'](followUp('void', effect, reference));
    expect(answer).toMatchObject({ type: 'payment.voided', amount: 4100 });
  });

  it.each([
    ['tok_declined', 'card_declined'],
    ['tok_insufficient', 'insufficient_funds'],
    ['tok_of_nobody', 'invalid_token'],
  ])('with %s is declined as %s, also to whoever asks again', async (token, code) => {
    const effect = authorisation(token);
    const { key } = effect;
    const declined = { type: 'payment.declined', key, code, message: expect.any(String) };
    expect(await paymentsWith()['move-money'](effect)).toEqual(declined);
    expect(await paymentsWith({} as CardGateway)['move-money'](effect)).toEqual(declined);
    expect(await moved(effect)).toEqual([]);
  });

  it('at a gateway that nobody reaches has sent nothing, and may be sent when it is back', async () => {
    const away = createGatewayClient({ url: await deadUrl(), timeoutMs: TIMEOUT_MS });
    const effect = authorisation('tok_ok');
    const unreachable = { type: 'payment.unreachable', key: effect.key };
    expect(await paymentsWith(away)['move-money'](effect)).toMatchObject(unreachable);
    expect(await callOf(effect)).toMatchObject({ status: 'unreachable', attempts: 1 });
    expect(await paymentsWith(away)['move-money'](effect)).toMatchObject(unreachable);
    expect(await paymentsWith()['move-money'](effect)).toMatchObject({
      type: 'payment.authorised',
    });
    expect(await moved(effect)).toHaveLength(1);
  });

  it('that nobody knows the fate of is unknown, and is settled later', async () => {
    const effect = authorisation('tok_timeout_after_charge');
    const gone: CardGateway = {
      ...client,
      ask: async () => ({ outcome: 'unreachable', why: 'away' }),
    };
    expect(await paymentsWith(gone)['move-money'](effect)).toEqual({
      type: 'payment.unknown',
      ...{ key: effect.key, why: 'away' },
    });
    expect(await callOf(effect)).toMatchObject({ status: 'sent', settled_at: null });
    const settled = await paymentsWith()['settle-money']({ ...effect, type: 'settle-money' });
    expect(settled).toMatchObject({ type: 'payment.authorised', amount: 4100 });
    expect(await moved(effect)).toHaveLength(1);
  });

  it('is sent by the one who settles it when the gateway never heard of it', async () => {
    const effect = authorisation('tok_ok');
    const settled = await paymentsWith()['settle-money']({ ...effect, type: 'settle-money' });
    expect(settled).toMatchObject({ type: 'payment.authorised' });
    expect(await moved(effect)).toHaveLength(1);
  });

  it.each([
    ['before it was sent', (_: MoveMoney) => Promise.reject(new Crash())],
    [
      'after the money had moved',
      async ({ key, ...request }: MoveMoney) => {
        await client.authorise({ ...request, token: request.token ?? '' }, key);
        throw new Crash();
      },
    ],
  ])('by a worker that died %s is answered by the next one, and moves once', async (_, dies) => {
    const effect = authorisation('tok_ok');
    const { order, amount, currency, token = '' } = effect;
    const dying: CardGateway = {
      ...client,
      authorise: () => dies({ ...effect, order, amount, currency, token }),
    };
    await expect(paymentsWith(dying)['move-money'](effect)).rejects.toThrow(Crash);
    expect(await callOf(effect)).toMatchObject({ status: 'sent' });
    const answer = await paymentsWith()['move-money'](effect);
    expect(answer).toMatchObject({ type: 'payment.authorised', amount: 4100 });
    expect(await moved(effect)).toHaveLength(1);
  });

  it('by two at once moves once, and both get the answer', async () => {
    const effect = authorisation('tok_slow');
    const both = await Promise.all([
      paymentsWith()['move-money'](effect),
      paymentsWith()['move-money'](effect),
    ]);
    expect(both[0]).toMatchObject({ type: 'payment.authorised' });
    expect(both[1]).toEqual(both[0]);
    expect(await moved(effect)).toHaveLength(1);
  });

  it('asks the gateway before it sends again, however long ago it sent', async () => {
    const effect = authorisation('tok_ok');
    const sent: string[] = [];
    const watched: CardGateway = {
      ...client,
      authorise: async (request, key) => {
        sent.push('send');
        await client.authorise(request, key);
        return { outcome: 'unknown', why: 'cut' };
      },
      ask: async (question) => {
        sent.push('ask');
        return client.ask(question);
      },
    };
    await paymentsWith(watched)['move-money'](effect);
    expect(sent).toEqual(['send', 'ask']);
  });

  it('gives up sending after three times, and asking before long', async () => {
    const effect = authorisation('tok_ok');
    let [sent, asked] = [0, 0];
    const deaf: CardGateway = {
      ...client,
      authorise: async () => {
        sent += 1;
        return { outcome: 'unknown', why: 'no answer' };
      },
      ask: async () => {
        asked += 1;
        return { outcome: 'absent' };
      },
    };
    const answer = await paymentsWith(deaf)['move-money'](effect);
    expect(answer).toMatchObject({ type: 'payment.unknown', why: 'no answer' });
    expect(sent).toBe(3);
    expect(asked).toBe(5);
    expect(await callOf(effect)).toMatchObject({ status: 'sent' });
  });

  it('is not sent again when somebody has found out meanwhile what became of it', async () => {
    const effect = authorisation('tok_ok');
    const by = { code: 'settled-by-hand', message: 'The bank says no.' };
    const dying: CardGateway = { ...client, authorise: () => Promise.reject(new Crash()) };
    await expect(paymentsWith(dying)['move-money'](effect)).rejects.toThrow(Crash);
    const late: CardGateway = {
      ...client,
      ask: async () => {
        await settleCall(database.knex, effect.key, { status: 'declined', ...by });
        return { outcome: 'absent' };
      },
    };
    const answer = await paymentsWith(late)['move-money'](effect);
    expect(answer).toEqual({ type: 'payment.declined', key: effect.key, ...by });
    expect(await moved(effect)).toEqual([]);
    expect(await callOf(effect)).toMatchObject({ status: 'declined' });
  });

  it('is answered as the gateway decided, also by a late attempt that could not reach it', async () => {
    const effect = authorisation('tok_ok');
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const late: CardGateway = {
      ...client,
      authorise: async () => {
        await held;
        return { outcome: 'unreachable', why: 'late' };
      },
    };
    const first = paymentsWith(late)['move-money'](effect);
    await sleep(50);
    await paymentsWith()['move-money'](effect);
    release();
    expect(await first).toMatchObject({ type: 'payment.authorised' });
    expect(await callOf(effect)).toMatchObject({ status: 'moved' });
  });

  it('is not tried again where trying cannot help', async () => {
    const elsewhere = authorisation('tok_ok', { gateway: 'elsewhere' });
    await expect(paymentsWith()['move-money'](elsewhere)).rejects.toMatchObject({
      ...{ type: 'UnknownGateway', nonRetryable: true },
    });
    const { effect } = await authorised('tok_ok');
    const reused = { ...effect, key: `${effect.key}/again` };
    await client.authorise({ order: 'x', amount: 1, currency: 'GBP', token: 'tok_ok' }, reused.key);
    await expect(paymentsWith()['move-money'](reused)).rejects.toMatchObject({
      ...{ type: 'GatewayMisuse', nonRetryable: true },
    });
  });

  it('tells Temporal every second that it lives', async () => {
    await gateway.stop();
    gateway = await startGateway({ slowMs: 1200 });
    const sandbox = createGatewayClient({ url: gateway.url, timeoutMs: 3000 });
    let beats = 0;
    const heartbeat = () => (beats += 1);
    const pause = (ms: number) => sleep(ms);
    const payments = createPayments({
      knex: database.knex,
      gateways: { sandbox },
      heartbeat,
      pause,
    });
    await payments['move-money'](authorisation('tok_slow'));
    const counted = beats;
    expect(counted).toBeGreaterThanOrEqual(1);
    await sleep(1100);
    expect(beats).toBe(counted);
  });
});
