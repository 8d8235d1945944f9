import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Stripe from 'stripe';
import type { CardGateway, Question } from '../../activities/gateways/port';
import { GatewayMisuse } from '../../activities/gateways/sandbox';
import { createStripeGateway } from '../../activities/gateways/stripe';
import { fromStripe, toStripe } from '../../activities/gateways/stripe-amounts';
import { startStripe, type Double } from '../stripe-double/double';

describe('amounts as Stripe counts them', () => {
  it.each([
    ['GBP', 1234, 1234],
    ['JPY', 500, 500],
    ['KWD', 12_340, 12_340],
    ['ISK', 500, 50_000],
    ['UGX', 7, 700],
    ['MGA', 1200, 12],
  ])('%s: %i of ours are %i', (currency, ours, theirs) => {
    expect(toStripe(ours, currency)).toEqual({ amount: theirs });
    expect(fromStripe(theirs, currency.toLowerCase())).toBe(ours);
  });

  it('are declined where Stripe cannot say them, and never rounded', () => {
    const cannot = [toStripe(12_345, 'KWD'), toStripe(1250, 'MGA')];
    for (const answer of cannot) expect(answer).toMatchObject({ code: 'amount_not_expressible' });
    expect(toStripe(100, 'IQD')).toMatchObject({ code: 'currency_not_supported' });
  });

  it('come back as they went', () => {
    const currencies = ['GBP', 'JPY', 'KWD', 'BHD', 'ISK', 'UGX', 'MGA', 'KRW', 'HUF'];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e12 }),
        fc.constantFrom(...currencies),
        (amount, currency) => {
          const sent = toStripe(amount, currency);
          const back = 'amount' in sent ? fromStripe(sent.amount, currency) : sent.code;
          expect([amount, 'amount_not_expressible']).toContain(back);
        },
      ),
    );
  });
});

describe('the Stripe adapter', () => {
  let double: Double;
  let gateway: CardGateway;
  const servers: Server[] = [];

  const connected = (more: object = {}) => {
    const { url, secretKey, webhookSecret } = double;
    return createStripeGateway({ ...{ url, secretKey, webhookSecret, timeoutMs: 2000 }, ...more });
  };

  beforeEach(async () => {
    double = await startStripe();
    gateway = connected();
  });
  afterEach(async () => {
    await double.stop();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  const held = { order: '1', payment: 'p1', amount: 1000, currency: 'GBP' };
  const authorise = (token: string, key = '1/1/authorise') =>
    gateway.authorise({ ...held, token }, key);
  const authorised = async (token = 'pm_good', key = '1/1/authorise') => {
    const answer = await authorise(token, key);
    if (answer.outcome === 'moved') return answer.reference;
    throw new Error(`Not authorised: ${JSON.stringify(answer)}`);
  };
  const question = (more: Partial<Question>): Question => ({
    ...{ ...held, key: '1/2/capture', kind: 'capture', since: '2026-01-01T00:00:00.000Z' },
    ...more,
  });

  it('says what the bank said, without the card', async () => {
    expect(await authorise('pm_insufficient', 'a')).toEqual({
      outcome: 'declined',
      code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    });
    const quoted = await authorise('pm_quoted', 'b');
    expect(quoted).toMatchObject({
      code: 'card_declined',
      message: 'The card the card was declined.',
    });
    expect(await authorise('pm_nobody', 'c')).toMatchObject({ code: 'resource_missing' });
  });

  it('declines what only the card holder could confirm, and leaves nothing that could still be paid', async () => {
    const answer = await authorise('pm_confirms');
    expect(answer).toMatchObject({ outcome: 'declined', code: 'authentication_required' });
    expect([...double.books.intents.values()].map(({ status }) => status)).toEqual(['canceled']);
    expect(await authorise('pm_confirms')).toEqual(answer);
    expect(await gateway.ask(question({ kind: 'authorise', key: '1/1/authorise' }))).toEqual(
      answer,
    );
  });

  it('does not say absent while a request may still be on its way', async () => {
    const authorisation = await authorised();
    const since = new Date().toISOString();
    for (const kind of ['authorise', 'capture', 'refund', 'void'] as const) {
      const answer = await gateway.ask(question({ kind, key: '1/9', authorisation, since }));
      expect(answer).toMatchObject({
        outcome: 'unreachable',
        why: expect.stringContaining('60 s'),
      });
      const later = connected({ now: () => Date.now() + 61_000 });
      const asked = question({ kind, key: '1/9', authorisation, since });
      expect(await later.ask(asked)).toEqual({ outcome: 'absent' });
    }
  });

  it('tells its own captures from one that was made in the dashboard', async () => {
    const authorisation = await authorised();
    double.books.capture(authorisation, { amount_to_capture: '300', final_capture: 'false' });
    expect(await gateway.ask(question({ authorisation }))).toEqual({ outcome: 'absent' });
    await gateway.capture({ ...held, authorisation, amount: 200 }, '1/2/capture');
    expect(await gateway.ask(question({ authorisation }))).toMatchObject({ amount: 200 });
    expect(await gateway.movements('1')).toMatchObject({
      movements: [
        { kind: 'authorise' },
        { kind: 'capture', key: '1/2/capture', amount: 200 },
        { kind: 'capture', amount: 300 },
      ],
    });
  });

  it('knows that a capture was declined although its note was kept', async () => {
    const authorisation = await authorised();
    await gateway.capture({ ...held, authorisation, amount: 200 }, '1/2/capture');
    const intent = double.books.intentOf(authorisation);
    // What Stripe is not known to do, and could.
    intent.metadata['capture 0000'] = '300 1/3/capture';
    expect(await gateway.ask(question({ authorisation, key: '1/3/capture' }))).toEqual({
      outcome: 'absent',
    });
    intent.metadata['capture 0001'] = '300 1/4/capture';
    const unsure = await gateway.ask(question({ authorisation, key: '1/4/capture' }));
    expect(unsure).toMatchObject({ outcome: 'unreachable' });
  });

  it('does not know the outcome when Stripe fails, and is told the same under the same key', async () => {
    expect(await authorise('pm_fails')).toEqual({ outcome: 'unknown', why: 'answered 500' });
    expect(await authorise('pm_fails')).toEqual({ outcome: 'unknown', why: 'answered 500' });
    double.goOn(25 * 60 * 60 * 1000);
    expect(await authorise('pm_fails')).toMatchObject({ outcome: 'moved' });
    expect(double.books.ledger).toHaveLength(1);
  });

  it('gives up waiting in time, sends nothing again by itself, and does not know the outcome', async () => {
    let requests = 0;
    const server = createServer((request, response) => {
      if (request.method !== 'GET') return void (requests += 1);
      response.end(JSON.stringify({ id: 'pm_good', object: 'payment_method', customer: null }));
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const silent = connected({ url, timeoutMs: 200 });
    const answer = await silent.authorise({ ...held, token: 'pm_good' }, 'a');
    expect(answer).toMatchObject({ outcome: 'unknown', why: expect.stringContaining('timeout') });
    expect(requests).toBe(1);
  });

  it('throws on a mistake, and names neither key nor card', async () => {
    await authorised('pm_good', 'same');
    const other = gateway.authorise({ ...held, amount: 2, token: 'pm_good' }, 'same');
    await expect(other).rejects.toThrow(GatewayMisuse);

    const secretKey = 'sk_test_wrongsecret';
    const wrong = connected({ secretKey });
    const denied = wrong.authorise({ ...held, token: 'pm_good' }, 'a');
    await expect(denied).rejects.toThrow(/set STRIPE_SECRET_KEY/);
    await expect(denied).rejects.not.toThrow(/wrongsecret|pm_good/);
    await expect(wrong.ask(question({ kind: 'authorise' }))).rejects.toThrow(GatewayMisuse);
  });

  it('says that Stripe is busy with a key, or with too much', async () => {
    const [first, second] = await Promise.all([authorise('pm_good'), authorise('pm_good')]);
    const outcomes = [first, second].map(({ outcome }) => outcome);
    expect(outcomes).toContain('moved');
    expect(['busy', 'moved']).toEqual(expect.arrayContaining(outcomes));
    expect(double.books.ledger).toHaveLength(1);
  });

  it('renews only what is kept, and captures once where the card can no more', async () => {
    expect(await authorise('pm_kept_once')).toMatchObject({
      can: { captures: 'once', renewable: true },
    });
    expect(await authorise('pm_once', 'b')).toMatchObject({
      can: { captures: 'once', renewable: false },
    });
  });

  it('takes no telling that is too old, and makes nothing of one that is not about payments', async () => {
    const payload = JSON.stringify({
      ...{ id: 'evt_1', object: 'event', type: 'payout.paid', created: 1 },
      data: { object: { id: 'po_1', object: 'payout' } },
    });
    const { webhookSecret: secret } = double;
    const sign = (timestamp: number) =>
      Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    const read = (header: string) =>
      gateway.readCallback?.(Buffer.from(payload), { 'stripe-signature': header });
    const now = Math.floor(Date.now() / 1000);
    expect(await read(sign(now))).toEqual({ outcome: 'read', news: [] });
    expect(await read(sign(now - 3600))).toMatchObject({ outcome: 'forged' });
  });

  it('reads nothing without the secret', () => {
    expect(connected({ webhookSecret: undefined }).readCallback).toBeUndefined();
  });
});
