import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startGateway, type RunningGateway } from './running-gateway';

const HOUR_MS = 60 * 60 * 1000;

describe('the calls of the gateway', () => {
  let gateway: RunningGateway;
  let now: number;

  beforeEach(async () => {
    now = Date.parse('2026-11-23T10:00:00Z');
    gateway = await startGateway({ now: () => now });
  });
  afterEach(() => gateway.stop());

  const capture = (authorisation: string, amount: number, key: string, more: object = {}) =>
    gateway.post('/captures', { order: '1', authorisation, amount, ...more }, key);
  const refund = (of: object, amount: number, key: string) =>
    gateway.post('/refunds', { order: '1', amount, ...of }, key);
  const voiding = (authorisation: string, key: string) =>
    gateway.post('/voids', { order: '1', authorisation }, key);

  describe('moving money', () => {
    it('lists every movement in the ledger, oldest first, and nothing else', async () => {
      const authorisation = await gateway.authorise('tok_ok', 1000);
      const captured = await capture(authorisation, 600, 'capture');
      const refunded = await refund({ authorisation }, 200, 'refund');
      const voided = await voiding(authorisation, 'void');
      await capture(authorisation, 1, 'too late');

      const common = { order: '1', currency: 'GBP', at: '2026-11-23T10:00:00.000Z' };
      expect(await gateway.ledger()).toEqual([
        {
          ...common,
          kind: 'authorisation',
          amount: 1000,
          reference: authorisation,
          key: 'authorise tok_ok 1000',
        },
        {
          ...common,
          kind: 'capture',
          amount: 600,
          reference: captured.body.reference,
          key: 'capture',
        },
        {
          ...common,
          kind: 'refund',
          amount: 200,
          reference: refunded.body.reference,
          key: 'refund',
        },
        { ...common, kind: 'void', amount: 400, reference: voided.body.reference, key: 'void' },
      ]);
    });

    it('holds an authorisation for seven days', async () => {
      const authorisation = await gateway.authorise('tok_ok');
      const [charge] = await gateway.charges(authorisation);
      expect(Date.parse(charge?.expiresAt ?? '') - now).toBe(7 * 24 * HOUR_MS);

      now += 7 * 24 * HOUR_MS - 1;
      expect((await capture(authorisation, 10, 'in time')).status).toBe(201);
      now += 1;
      expect((await capture(authorisation, 10, 'late')).body.error.code).toBe(
        'authorisation_expired',
      );
      expect((await voiding(authorisation, 'void')).body.error.code).toBe('authorisation_expired');
      expect((await refund({ authorisation }, 10, 'refund')).status).toBe(201);
    });

    it('captures in parts, never more than was authorised', async () => {
      const authorisation = await gateway.authorise('tok_ok', 1000);
      expect((await capture(authorisation, 700, 'a')).body).toMatchObject({
        status: 'captured',
        amount: 700,
      });
      expect((await capture(authorisation, 301, 'b')).body.error.code).toBe(
        'capture_exceeds_authorisation',
      );
      expect((await capture(authorisation, 300, 'c')).status).toBe(201);
      expect((await capture(authorisation, 1, 'd')).body.error.code).toBe('already_captured');
      expect((await voiding(authorisation, 'e')).body.error.code).toBe('nothing_to_void');
    });

    it('lets go of the rest after a final capture', async () => {
      const authorisation = await gateway.authorise('tok_ok', 1000);
      expect((await capture(authorisation, 400, 'a', { final: true })).status).toBe(201);
      expect((await capture(authorisation, 1, 'b')).body.error.code).toBe('already_captured');
      expect((await voiding(authorisation, 'c')).body.error.code).toBe('nothing_to_void');
    });

    it('refunds by authorisation or by capture, never more than was captured', async () => {
      const authorisation = await gateway.authorise('tok_ok', 1000);
      expect((await refund({ authorisation }, 1, 'a')).body.error.code).toBe(
        'refund_exceeds_capture',
      );
      const first = (await capture(authorisation, 600, 'b')).body.reference;
      const second = (await capture(authorisation, 400, 'c')).body.reference;

      expect((await refund({ capture: second }, 401, 'd')).body.error.code).toBe(
        'refund_exceeds_capture',
      );
      expect((await refund({ capture: second }, 400, 'e')).body).toMatchObject({
        authorisation,
        capture: second,
      });
      expect((await refund({ authorisation }, 500, 'f')).status).toBe(201);
      expect((await refund({ capture: first }, 101, 'g')).body.error.code).toBe(
        'refund_exceeds_capture',
      );
      expect((await refund({ capture: first }, 100, 'h')).status).toBe(201);
    });

    it('voids what is left, once', async () => {
      const authorisation = await gateway.authorise('tok_ok', 1000);
      await capture(authorisation, 300, 'a');
      expect((await voiding(authorisation, 'b')).body).toMatchObject({
        status: 'voided',
        amount: 700,
      });
      expect((await voiding(authorisation, 'c')).body.error.code).toBe('authorisation_voided');
      expect((await capture(authorisation, 1, 'd')).body.error.code).toBe('authorisation_voided');
      expect((await refund({ authorisation }, 300, 'e')).status).toBe(201);
    });

    it('keeps to the currency of the authorisation', async () => {
      const authorisation = await gateway.authorise('tok_ok');
      const other = await capture(authorisation, 10, 'a', { currency: 'EUR' });
      expect(other.body.error.code).toBe('currency_mismatch');
      const same = await capture(authorisation, 10, 'b', { currency: 'GBP' });
      expect(same.body.currency).toBe('GBP');
    });
  });

  describe('a request that cannot be taken', () => {
    const good = { order: '1', amount: 1000, currency: 'GBP', token: 'tok_ok' };

    it.each([
      ['no order', { ...good, order: '' }],
      ['nothing', { ...good, amount: 0 }],
      ['less than nothing', { ...good, amount: -1 }],
      ['part of a penny', { ...good, amount: 10.5 }],
      ['a text for an amount', { ...good, amount: '1000' }],
      ['no such currency', { ...good, currency: 'pounds' }],
      ['an unknown field', { ...good, amuont: 1000 }],
    ])('is answered 400: %s', async (_what, body) => {
      const answer = await gateway.post('/authorisations', body, 'key');
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
      expect(await gateway.charges('key')).toEqual([]);
    });

    it('is answered 400 without a key, and when it is not JSON', async () => {
      expect((await gateway.post('/authorisations', good)).status).toBe(400);
      const broken = await fetch(`${gateway.url}/authorisations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'key' },
        body: '{ "order"',
      });
      expect(broken.status).toBe(400);
    });

    it('is answered 400 when a refund names both or neither of authorisation and capture', async () => {
      expect((await refund({}, 1, 'a')).status).toBe(400);
      expect((await refund({ authorisation: 'x', capture: 'y' }, 1, 'b')).status).toBe(400);
    });

    it('is answered 404 when the authorisation was made elsewhere, and leaves the key free', async () => {
      for (const answer of [
        await capture('auth_elsewhere', 1, 'key'),
        await refund({ capture: 'cap_elsewhere' }, 1, 'key'),
        await voiding('auth_elsewhere', 'key'),
      ])
        expect(answer).toMatchObject({
          status: 404,
          body: { error: { code: 'unknown_authorisation' } },
        });
    });
  });

  describe('an Idempotency-Key', () => {
    it('gives the first answer again to the same request, whatever the order of its fields', async () => {
      const authorisation = await gateway.authorise('tok_ok');
      const first = await capture(authorisation, 100, 'key');
      const body = { amount: 100, authorisation, order: '1' };
      const again = await gateway.post('/captures', body, 'key');
      expect(first.replayed).toBe(false);
      expect(again).toEqual({ ...first, replayed: true });
      expect(await gateway.ledger()).toHaveLength(2);
    });

    it('gives a refusal again, also when it would be granted by now', async () => {
      const authorisation = await gateway.authorise('tok_ok');
      const first = await refund({ authorisation }, 100, 'key');
      await capture(authorisation, 100, 'capture');
      expect(await refund({ authorisation }, 100, 'key')).toEqual({ ...first, replayed: true });
    });

    it('is refused with 422 for another request', async () => {
      const authorisation = await gateway.authorise('tok_ok');
      await capture(authorisation, 100, 'key');
      expect((await capture(authorisation, 101, 'key')).status).toBe(422);
      expect((await refund({ authorisation }, 100, 'key')).status).toBe(422);
    });

    it('lets one of many simultaneous requests through', async () => {
      const authorisation = await gateway.authorise('tok_ok');
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => capture(authorisation, 100, 'key')),
      );
      const fresh = answers.filter((answer) => answer.status === 201 && !answer.replayed);
      expect(fresh).toHaveLength(1);
      expect(answers.filter((answer) => ![201, 409].includes(answer.status))).toEqual([]);
      expect(await gateway.ledger()).toHaveLength(2);
    });

    it('is forgotten after a day, so that the same request moves money again', async () => {
      const authorisation = await gateway.authorise('tok_ok');
      await capture(authorisation, 100, 'key');
      now += 24 * HOUR_MS - 1;
      expect((await capture(authorisation, 100, 'key')).replayed).toBe(true);
      now += 1;
      expect((await capture(authorisation, 100, 'key')).replayed).toBe(false);
      expect(await gateway.charges('key')).toHaveLength(2);
    });
  });

  describe('asking', () => {
    it('finds a movement by key, reference, authorisation and order, for good', async () => {
      const authorisation = await gateway.authorise('tok_ok');
      const { body } = await capture(authorisation, 100, 'capture key');
      now += 365 * 24 * HOUR_MS;
      expect(await gateway.charges('capture key')).toEqual([body]);
      expect(await gateway.charges(body.reference)).toEqual([body]);
      expect((await gateway.charges(authorisation)).at(-1)).toEqual(body);
      expect((await gateway.charges('1')).at(-1)).toEqual(body);
    });

    it('tells declined from never arrived', async () => {
      const body = { order: '1', amount: 1000, currency: 'GBP', token: 'tok_declined' };
      await gateway.post('/authorisations', body, 'declined');
      expect(await gateway.charges('declined')).toMatchObject([
        {
          kind: 'authorisation',
          order: '1',
          amount: 1000,
          status: 'declined',
          code: 'card_declined',
        },
      ]);
      expect(await gateway.charges('never sent')).toEqual([]);
    });

    it('does not reveal the card', async () => {
      const authorisation = await gateway.authorise('tok_ok');
      expect(JSON.stringify(await gateway.charges(authorisation))).not.toContain('"token"');
    });
  });

  describe('an outage', () => {
    it('is answered 503 to everything but the ledger and health, until it is over', async () => {
      await gateway.post('/faults', { mode: 'down' });
      const body = { order: '1', amount: 1000, currency: 'GBP', token: 'tok_ok' };
      expect((await gateway.post('/authorisations', body, 'key')).status).toBe(503);
      expect((await fetch(`${gateway.url}/charges?reference=key`)).status).toBe(503);
      expect(await gateway.ledger()).toEqual([]);
      expect(await gateway.get('/healthz')).toEqual({ status: 'ok' });

      await gateway.post('/faults', { mode: 'slow', ms: 1 });
      await gateway.post('/faults', { mode: 'ok' });
      expect((await gateway.post('/authorisations', body, 'key')).status).toBe(201);
      expect((await gateway.post('/faults', { mode: 'on fire' })).status).toBe(400);
    });
  });
});
