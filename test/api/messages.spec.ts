import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keepMessage, settleMessage } from '../../db/outbox/messages';
import { startSystem, type System } from '../support/system';

describe('GET /v1/messages', () => {
  let system: System;
  let failed: string;
  let sent: string;
  beforeAll(async () => {
    system = await startSystem();
    failed = await orderWhoseMessage('failed', 'lost@example.com');
    sent = await orderWhoseMessage('sent', 'ada@example.com');
  });
  afterAll(() => system.stop());

  /** An order whose confirmation was written, and what became of it. */
  async function orderWhoseMessage(status: 'failed' | 'sent', recipient: string): Promise<string> {
    const { number } = await system.placed();
    const { knex } = system.database;
    const { id } = (await listed(`number=${number}`))[0];
    const words = { sender: 'shop@example.com', subject: 'Thank you', text: 'Hi', html: 'Hi' };
    const message_id = `<${randomUUID()}@example.com>`;
    await keepMessage(knex, { id, order_number: number, recipient, message_id, ...words });
    const why = status === 'failed' ? '550 No such mailbox.' : undefined;
    await settleMessage(knex, id, { status, why });
    return number;
  }

  const listed = async (search: string) =>
    (await system.get(`/v1/messages?${search}`)).body.messages;

  it('has what failed, and why, with the order it is of', async () => {
    expect(await listed('status=failed')).toMatchObject([
      { number: failed, status: 'failed', tone: 'danger', why: '550 No such mailbox.' },
    ]);
  });

  it('counts what is not written yet among what waits', async () => {
    const { number } = await system.placed();
    const waiting = await listed('status=waiting');
    expect(waiting).toMatchObject([{ number, status: 'waiting', tone: 'info', subject: null }]);
  });

  it('finds all that went to an address, in whatever case it is written', async () => {
    expect(await listed('to=ADA@example.com')).toMatchObject([
      { number: sent, kind: 'order-placed' },
    ]);
    expect(await listed('to=ada@example.co')).toEqual([]);
  });

  it('is read newest first, page by page, each message once', async () => {
    const first = await system.get('/v1/messages?limit=1');
    expect(first.body.statuses[0]).toEqual({ status: 'failed', tone: 'danger' });
    const seen = [...first.body.messages];
    for (let { next } = first.body; next;) {
      const { body } = await system.get(`/v1/messages?limit=1&cursor=${next}`);
      seen.push(...body.messages);
      next = body.next;
    }
    const times = seen.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().toReversed());
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.map(({ number }) => number)).toEqual(expect.arrayContaining([failed, sent]));
  });

  it('is for the staff alone', async () => {
    const storefront = await system.keyOf('storefront');
    expect((await system.get('/v1/messages', { as: storefront })).status).toBe(403);
  });
});
