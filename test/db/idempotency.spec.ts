import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assignNumber, claim, finish, release, sweep } from '../../db/idempotency';
import { cloneDatabase, type TestDatabase } from '../support/database';

const response = { status: 201, headers: { etag: '"1"' }, body: { order: { number: '7' } } };
const once = { bodyHash: 'h1' };

describe('an idempotency key', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());
  const aKey = () => ({ scope: 'storefront POST /v1/orders', key: randomUUID() });

  it('is had by one of many who ask at once', async () => {
    const key = aKey();
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(knex, key, once)));
    expect(claims.filter(({ outcome }) => outcome === 'new')).toHaveLength(1);
    const others = claims.filter(({ outcome }) => outcome !== 'new');
    expect(others).toEqual(Array(9).fill({ outcome: 'running', retryAfterSeconds: 2 }));
  });

  it('gives the first answer again, and only to the same request in the same scope', async () => {
    const key = aKey();
    await claim(knex, key, once);
    await finish(knex, key, response);
    await finish(knex, key, { ...response, status: 500 });
    expect(await claim(knex, key, once)).toEqual({ outcome: 'replay', response });
    expect(await claim(knex, key, { bodyHash: 'h2' })).toEqual({ outcome: 'mismatch' });
    expect(await claim(knex, { ...key, scope: 'another' }, once)).toEqual({ outcome: 'new' });
  });

  it('of a process that died is taken over, with the order number it had assigned', async () => {
    const key = aKey();
    await claim(knex, key, { ...once, lockSeconds: 0 });
    expect(await assignNumber(knex, key, '100001')).toBe('100001');
    expect(await assignNumber(knex, key, '100002')).toBe('100001');
    expect(await claim(knex, key, { bodyHash: 'h2' })).toEqual({ outcome: 'mismatch' });
    expect(await claim(knex, key, once)).toEqual({ outcome: 'new', orderNumber: '100001' });
    expect(await claim(knex, key, once)).toMatchObject({ outcome: 'running' });
  });

  it('that is freed keeps the order number it was given, for that order may still come to be', async () => {
    const key = aKey();
    await claim(knex, key, once);
    await assignNumber(knex, key, '100003');
    await release(knex, key);
    expect(await claim(knex, key, { bodyHash: 'h2' })).toEqual({ outcome: 'mismatch' });
    expect(await claim(knex, key, once)).toEqual({ outcome: 'new', orderNumber: '100003' });
  });

  it('is free again when its request came to nothing', async () => {
    const key = aKey();
    await claim(knex, key, once);
    await release(knex, key);
    expect(await claim(knex, key, { bodyHash: 'h2' })).toEqual({ outcome: 'new' });
    await finish(knex, key, { ...response, body: undefined });
    await release(knex, key);
    expect(await claim(knex, key, { bodyHash: 'h2' })).toMatchObject({
      outcome: 'replay',
      response: { body: null },
    });
  });

  it('is forgotten when it is old, but never the number that its order was given', async () => {
    const [old, numbered, young] = [aKey(), aKey(), aKey()];
    for (const key of [old, numbered, young]) await claim(knex, key, once);
    await assignNumber(knex, numbered, '100077');
    for (const key of [old, numbered, young]) await finish(knex, key, response);
    for (const { key } of [old, numbered]) {
      const created_at = knex.raw(`now() - interval '31 days'`);
      await knex('idempotency_keys').where({ key }).update({ created_at });
    }
    const sweeps = await Promise.all([sweep(knex), sweep(knex), sweep(knex)]);
    expect(sweeps.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await claim(knex, old, once)).toEqual({ outcome: 'new' });
    expect(await claim(knex, numbered, once)).toEqual({ outcome: 'new', orderNumber: '100077' });
    expect(await claim(knex, numbered, { bodyHash: 'h2' })).toEqual({ outcome: 'mismatch' });
    expect(await claim(knex, young, once)).toEqual({ outcome: 'replay', response });
    expect(await sweep(knex)).toBe(0);
  });
});
