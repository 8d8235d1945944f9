import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createGatewayClient, GatewayMisuse } from '../../activities/gateways/sandbox';
import type { CardGateway, Question } from '../../activities/gateways/port';
import { deadUrl, startGateway, type RunningGateway } from '../gateway/running-gateway';

/** A question about the movement of a key. */
function about(key: string): Question {
  const since = '2026-11-23T10:00:00.000Z';
  return { key, kind: 'capture', order: '1', payment: 'p1', amount: 1000, currency: 'GBP', since };
}

const HELD = { order: '1', amount: 1000, currency: 'GBP' };

describe('the gateway client', () => {
  let gateway: RunningGateway;
  let client: CardGateway;

  beforeEach(async () => {
    gateway = await startGateway({ slowMs: 1000 });
    client = createGatewayClient({ url: gateway.url, timeoutMs: 5000 });
  });
  afterEach(() => gateway.stop());

  async function authorised(token: string): Promise<string> {
    await client.authorise({ ...HELD, token }, 'authorise');
    const answer = await client.authorise({ ...HELD, token }, 'authorise');
    if (answer.outcome !== 'moved') throw new Error(`not authorised: ${answer.outcome}`);
    return answer.reference;
  }

  it('moves money there and back', async () => {
    const authorisation = await authorised('tok_ok');
    const on = { order: '1', authorisation };
    const captured = await client.capture({ ...on, amount: 600 }, 'capture');
    expect(captured).toEqual({ outcome: 'moved', reference: expect.any(String), amount: 600 });
    expect(await client.refund({ ...on, amount: 100 }, 'refund')).toMatchObject({ amount: 100 });
    expect(await client.void(on, 'void')).toMatchObject({ outcome: 'moved', amount: 400 });
    expect(await client.ask(about('capture'))).toEqual(captured);
    expect(await gateway.ledger()).toHaveLength(4);
  });

  it('says when an authorisation ends', async () => {
    const answer = await client.authorise({ ...HELD, token: 'tok_ok' }, 'key');
    expect(answer).toMatchObject({ outcome: 'moved', expiresAt: expect.any(String) });
    expect(await client.ask(about('key'))).toEqual(answer);
  });

  it('returns a decline, also to whoever asks later', async () => {
    const answer = await client.authorise({ ...HELD, token: 'tok_insufficient' }, 'key');
    expect(answer).toMatchObject({ outcome: 'declined', code: 'insufficient_funds' });
    expect(await client.ask(about('key'))).toEqual(answer);
  });

  it('returns a refusal that is no decision of the bank as a decline', async () => {
    const elsewhere = { order: '1', authorisation: 'auth_elsewhere', amount: 1 };
    expect(await client.capture(elsewhere, 'a')).toMatchObject({ code: 'unknown_authorisation' });
    const nothing = { ...HELD, amount: 0, token: 'tok_ok' };
    expect(await client.authorise(nothing, 'b')).toMatchObject({ code: 'invalid_request' });
  });

  it('after a time-out learns by key that the money moved, and that it moved once', async () => {
    const authorisation = await authorised('tok_timeout_after_charge');
    const capture = { order: '1', authorisation, amount: 600 };
    expect(await client.capture(capture, 'capture')).toMatchObject({ outcome: 'unknown' });
    const asked = await client.ask(about('capture'));
    expect(asked).toMatchObject({ outcome: 'moved', amount: 600 });
    expect(await client.capture(capture, 'capture')).toEqual(asked);
    expect(await gateway.ledger()).toHaveLength(2);
  });

  it('after a time-out learns by key that nothing moved, and can send it again', async () => {
    const authorisation = await authorised('tok_timeout_before_charge');
    const capture = { order: '1', authorisation, amount: 600 };
    expect(await client.capture(capture, 'capture')).toMatchObject({ outcome: 'unknown' });
    expect(await client.ask(about('capture'))).toEqual({ outcome: 'absent' });
    expect(await client.capture(capture, 'capture')).toMatchObject({ outcome: 'moved' });
  });

  it('waits no longer than it was told, and finds the key busy until the gateway has answered', async () => {
    const hasty = createGatewayClient({ url: gateway.url, timeoutMs: 100 });
    const request = { ...HELD, token: 'tok_slow' };
    expect(await hasty.authorise(request, 'key')).toMatchObject({ outcome: 'unknown' });
    expect(await client.authorise(request, 'key')).toEqual({ outcome: 'busy' });
    expect(await client.ask(about('key'))).toMatchObject({ outcome: 'moved' });
  });

  it('does not know the outcome after a 5xx', async () => {
    const answer = await client.authorise({ ...HELD, token: 'tok_fails_twice' }, 'key');
    expect(answer).toEqual({ outcome: 'unknown', why: 'answered 500' });
    expect(await client.ask(about('key'))).toEqual({ outcome: 'absent' });
  });

  it('does not take another charge for the one asked about', async () => {
    const authorisation = await authorised('tok_ok');
    expect(await client.ask(about(authorisation))).toEqual({ outcome: 'absent' });
    expect(await client.ask(about(HELD.order))).toEqual({ outcome: 'absent' });
  });

  it('knows that nothing was sent when nobody listens or the name does not resolve', async () => {
    for (const url of [await deadUrl(), 'http://gateway.invalid']) {
      const nobody = createGatewayClient({ url, timeoutMs: 5000 });
      const answer = await nobody.authorise({ ...HELD, token: 'tok_ok' }, 'key');
      expect(answer).toMatchObject({ outcome: 'unreachable' });
      expect(await nobody.ask(about('key'))).toMatchObject({ outcome: 'unreachable' });
    }
  });

  it('gets no answer to its question during an outage', async () => {
    await gateway.post('/faults', { mode: 'down' });
    expect(await client.ask(about('key'))).toEqual({ outcome: 'unreachable', why: 'answered 503' });
  });

  it('throws on a mistake: a key sent with another request, a URL without a gateway', async () => {
    await client.authorise({ ...HELD, token: 'tok_ok' }, 'key');
    const other = client.authorise({ ...HELD, amount: 1, token: 'tok_ok' }, 'key');
    await expect(other).rejects.toThrow(GatewayMisuse);
    await expect(other).rejects.toMatchObject({ status: 422, call: 'POST /authorisations' });

    const lost = createGatewayClient({ url: `${gateway.url}/elsewhere/`, timeoutMs: 5000 });
    await expect(lost.ask(about('key'))).rejects.toThrow(GatewayMisuse);
    expect(() => createGatewayClient({ url: 'gateway', timeoutMs: 1 })).toThrow('Invalid URL');
  });

  const answering = (status: number, text: string) =>
    createGatewayClient({
      url: gateway.url,
      timeoutMs: 5000,
      fetch: () => Promise.resolve(new Response(text, { status })),
    });

  it('passes on what the gateway says without the token that it quotes', async () => {
    const token = 'tok_of_ada';
    const error = { code: 'invalid_token', message: `No card is known by "${token}".` };
    const text = JSON.stringify({ error });
    expect(await answering(402, text).authorise({ ...HELD, token }, 'key')).toEqual({
      ...{ outcome: 'declined', code: 'invalid_token' },
      message: 'No card is known by "the card".',
    });
    const misuse = answering(422, text).authorise({ ...HELD, token }, 'key');
    await expect(misuse).rejects.toThrow(GatewayMisuse);
    await expect(misuse).rejects.not.toThrow(token);
  });

  it('does not take an unreadable answer for a decline', async () => {
    const request = { ...HELD, token: 'tok_ok' };
    expect(await answering(201, '{"refer').authorise(request, 'key')).toMatchObject({
      outcome: 'unknown',
    });
    await expect(answering(402, '<html>').authorise(request, 'key')).rejects.toThrow(GatewayMisuse);
  });
});
