import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createStripeGateway } from '../../activities/gateways/stripe';
import { startStripe } from '../stripe-double/double';
import { findStripeMock, startStripeMock } from '../stripe-double/mock';

const file = findStripeMock();
const GBP = { currency: 'GBP', payment: 'p1', order: '100001' };

const where = file === undefined ? describe.skip : describe;

where('the shape of what is sent to Stripe (by stripe-mock, which Go builds once)', () => {
  let mock: Awaited<ReturnType<typeof startStripeMock>>;
  beforeAll(async () => {
    mock = await startStripeMock(file ?? '');
  });
  afterAll(() => mock.stop());

  it('is one that stripe-mock takes, for every request of the adapter', async () => {
    const double = await startStripe({ mock: mock.url });
    const { url, secretKey } = double;
    const gateway = createStripeGateway({ url, secretKey, timeoutMs: 10_000 });
    const authorise = async (token: string, what: string) => {
      const held = await gateway.authorise({ ...GBP, amount: 1000, token }, `1/${what}`);
      return held.outcome === 'moved' ? held.reference : JSON.stringify(held);
    };
    const kept = await authorise('pm_kept', 'kept');
    const whole = await authorise('pm_good', 'whole');
    const confirmed = await authorise('pm_confirms', 'confirmed');
    const on = { ...GBP, authorisation: kept };
    const outcomes = [
      await gateway.authorise({ ...GBP, amount: 1000, renews: kept }, '1/renew'),
      await gateway.capture({ ...on, amount: 300 }, '1/capture'),
      await gateway.refund({ ...on, amount: 100 }, '1/refund'),
      await gateway.void(on, '1/release'),
      await gateway.void({ ...on, authorisation: whole }, '1/void'),
    ];
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(outcomes.map(() => 'moved'));
    expect(confirmed).toContain('authentication_required');
    const about = { ...GBP, amount: 1000, since: '2026-01-01T00:00:00.000Z' };
    for (const kind of ['authorise', 'capture', 'refund', 'void'] as const) {
      const question = { ...about, kind, key: '1/never', authorisation: kept };
      expect(await gateway.ask(question)).toEqual({ outcome: 'absent' });
    }
    expect(await gateway.movements('100001')).toMatchObject({ outcome: 'listed' });
    await double.stop();
  });

  it('would be told from one that it does not take', async () => {
    const body = new URLSearchParams({ amount: 'many', currency: 'gbp' });
    const headers = { authorization: 'Bearer sk_test_123' };
    const { status } = await fetch(`${mock.url}/v1/payment_intents`, {
      method: 'POST',
      headers,
      body,
    });
    expect(status).toBe(400);
  });
});
