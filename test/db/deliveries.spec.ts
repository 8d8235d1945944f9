import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { deliverAgain, deliveryOf } from '../../db/deliveries/again';
import { beginAttempt, endAttempt, listAttempts } from '../../db/deliveries/attempts';
import {
  findDelivery,
  keepDelivery,
  listDeliveries,
  settleDelivery,
} from '../../db/deliveries/deliveries';
import { handOver, type OutboxRow } from '../../db/outbox/waiting';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, offline } from './lives';

describe('deliveries', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  async function place(): Promise<string> {
    const life = aLife({ lines: [aLine({ trackStock: false })], ...offline });
    await commit(knex, life.place());
    return life.number;
  }
  /** A row of the outbox that something is owed by. */
  async function owe(order: string | null, payload: object = {}): Promise<string> {
    const row = { order_number: order, seq: 1, topic: 'partner', kind: 'order' };
    const id = randomUUID();
    await knex('outbox').insert({ ...row, id, cause: id, payload });
    return id;
  }
  const keep = (id: string, order: string | null, target = 'acme') =>
    keepDelivery(knex, {
      ...{ id, kind: 'partner', target, order, type: 'order' },
      write: (sequence) => `letter ${sequence}`,
    });
  async function kept(target?: string): Promise<string> {
    const order = await place();
    const id = await owe(order);
    await keep(id, order, target);
    return id;
  }

  it('are written once, whoever asks and however often', async () => {
    const order = await place();
    const id = await owe(order);
    const all = await Promise.all(Array.from({ length: 5 }, () => keep(id, order)));
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(all[0]).toMatchObject({ id, body: 'letter 1', sequence: 1, status: 'waiting' });
    expect(await findDelivery(knex, randomUUID())).toBeUndefined();
  });

  it('count what each target is told of each order, without a gap though many write at once', async () => {
    const [order, other] = [await place(), await place()];
    const ids = await Promise.all(Array.from({ length: 8 }, () => owe(order)));
    const written = await Promise.all(ids.map((id) => keep(id, order)));
    expect(written.map(({ sequence }) => sequence).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await keep(await owe(other), other)).sequence).toBe(1);
    expect((await keep(await owe(order), order, 'other')).sequence).toBe(1);
    expect(await keep(await owe(null), null)).toMatchObject({ sequence: null, body: 'letter 1' });
  });

  it('keep each attempt, with what came of it', async () => {
    const id = await kept();
    expect(await beginAttempt(knex, id)).toBe(1);
    const nextAt = '2999-01-01T00:00:00.000Z';
    const failed = { status: 503, tookMs: 12, excerpt: 'Later', why: '503', nextAt };
    await endAttempt(knex, id, 1, failed);
    expect(await findDelivery(knex, id)).toMatchObject({ attempts: 1, nextAt, why: '503' });
    // The worker died over the second, and a late word of the first changes nothing.
    expect(await beginAttempt(knex, id)).toBe(2);
    expect(await findDelivery(knex, id)).toMatchObject({ attempts: 2, nextAt: null });
    await endAttempt(knex, id, 1, { tookMs: 1 });
    expect(await beginAttempt(knex, id)).toBe(3);
    await endAttempt(knex, id, 3, { status: 204, tookMs: 5, excerpt: '' });
    await settleDelivery(knex, id, { status: 'delivered' });
    await settleDelivery(knex, id, { status: 'failed', why: 'A late word.' });
    expect(await findDelivery(knex, id)).toMatchObject({
      ...{ status: 'delivered', attempts: 3, why: null, nextAt: null },
      settledAt: expect.any(String),
    });
    expect(await listAttempts(knex, id)).toMatchObject([
      { attempt: 1, status: 503, tookMs: 12, excerpt: 'Later', why: '503' },
      { attempt: 2, status: null, tookMs: null },
      { attempt: 3, status: 204, tookMs: 5, why: null },
    ]);
    await expect(beginAttempt(knex, randomUUID())).rejects.toThrow('There is no delivery');
  });

  it('are listed newest first by target, order and status, each once over the pages', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.unshift(await kept('listed'));
    const [newest = ''] = ids;
    await settleDelivery(knex, newest, { status: 'failed', why: 'Nobody.' });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listDeliveries(
        knex,
        { kind: 'partner', target: 'listed' },
        { limit: 2, after },
      );
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    const failed = await listDeliveries(knex, {
      ...{ kind: 'partner', target: 'listed', status: 'failed' },
    });
    expect(failed.rows).toMatchObject([{ id: newest, why: 'Nobody.' }]);
    const { order } = failed.rows[0] ?? {};
    const ofOrder = await listDeliveries(knex, { kind: 'partner', order: order ?? '' });
    expect(ofOrder.rows.map(({ id }) => id)).toEqual([newest]);
    expect((await listDeliveries(knex, { kind: 'webhook', target: 'listed' })).rows).toEqual([]);
  });

  it('are delivered again as they were, when asked to, unless they still wait', async () => {
    const [done, waiting] = [await kept('again'), await kept('again')];
    await settleDelivery(knex, done, { status: 'failed', why: 'Nobody.' });
    await knex('outbox').update({ started_at: knex.fn.now() });
    expect(await deliverAgain(knex, [done, waiting])).toEqual([done]);
    expect(await deliverAgain(knex, [done])).toEqual([]);
    const rows: OutboxRow[] = [];
    await handOver(knex, {
      ...{ topics: ['partner'], limit: 10 },
      start: (row) => Promise.resolve(void rows.push(row)),
    });
    expect(rows).toMatchObject([{ topic: 'partner', kind: 'order', payload: { again: done } }]);
    expect(rows.map(deliveryOf)).toEqual([done]);
    expect(await findDelivery(knex, done)).toMatchObject({
      ...{ status: 'waiting', why: null, settledAt: null },
    });
    // It is settled and asked for a third time: another row, about the same delivery.
    await settleDelivery(knex, done, { status: 'delivered' });
    expect(await deliverAgain(knex, [done])).toEqual([done]);
  });
});
