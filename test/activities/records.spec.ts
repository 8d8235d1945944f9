import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { retryTheWorld } from '../../activities/failures';
import { createRecords } from '../../activities/records';
import { connect } from '../../db/connection';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, offline } from '../db/lives';

const untracked = { lines: [aLine({ trackStock: false })] };

describe('the records of an order', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  it('are written and read', async () => {
    const records = createRecords(database.knex);
    const life = aLife({ ...untracked, ...offline });
    expect(await records.load(life.number)).toBeNull();
    expect(await records.commit(life.place())).toEqual({ outcome: 'committed', seq: 1 });
    expect(await records.load(life.number)).toMatchObject({ number: life.number, seq: 1 });
  });

  it('are tried again while PostgreSQL is away', async () => {
    const url = new URL(database.url);
    url.port = '1';
    const knex = connect(url.href, { min: 0, max: 1, applicationName: 'test' });
    const failure = createRecords(knex).load('1');
    await expect(failure).rejects.toThrow();
    await expect(failure).rejects.not.toHaveProperty('nonRetryable');
    await knex.destroy();
  });

  it('are not tried again when what is to be written can never be', async () => {
    const records = createRecords(database.knex);
    const placing = aLife({ ...untracked, ...offline }).place();
    const summary = { ...placing.summary, balance: { ...placing.summary.balance, captured: 1 } };
    await expect(records.commit({ ...placing, summary })).rejects.toMatchObject({
      ...{ nonRetryable: true, type: 'DatabaseFailure' },
      message: 'PostgreSQL error 23514, constraint orders_check, table orders',
    });
    const endless = { ...placing, number: randomBytes(3000).toString('hex') };
    await expect(records.commit(endless)).rejects.toMatchObject({ nonRetryable: true });
    const { placement: _, ...context } = placing.state.context;
    const unplaced = { ...placing, state: { ...placing.state, context } };
    await expect(records.commit(unplaced)).rejects.toMatchObject({
      ...{ nonRetryable: true, type: 'TypeError' },
    });
  });

  it('fail without a word of whom they are about, tried again or not', async () => {
    const records = createRecords(database.knex);
    const placing = aLife({ ...untracked, ...offline }).place();
    const summary = { ...placing.summary, balance: { ...placing.summary.balance, captured: 1 } };
    const refused = await records.commit({ ...placing, summary }).catch((error: unknown) => error);
    const { url } = database;
    const hasty = connect(url, { min: 0, max: 1, applicationName: 'test', statementTimeoutMs: 1 });
    const late = await retryTheWorld(() =>
      Promise.resolve(hasty.raw('select pg_sleep(1), ? as who', ['ada@example.com'])),
    ).catch((error: unknown) => error);
    await hasty.destroy();
    const noConnection = Object.assign(new Error('No connection.'), { bindings: ['Ada'] });
    const full = await retryTheWorld(() => Promise.reject(noConnection)).catch(
      (error: unknown) => error,
    );

    expect(late).toMatchObject({ message: 'PostgreSQL error 57014' });
    for (const failure of [refused, late, full]) {
      expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/Ada|ada@|example\.com/);
    }
  });
});
