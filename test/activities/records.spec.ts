import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
      ...{ nonRetryable: true, message: expect.stringContaining('check constraint') },
    });
    const endless = aLife({ ...untracked, ...offline, number: randomBytes(3000).toString('hex') });
    await expect(records.commit(endless.place())).rejects.toMatchObject({ nonRetryable: true });
    const { placement: _, ...context } = placing.state.context;
    const unplaced = { ...placing, state: { ...placing.state, context } };
    await expect(records.commit(unplaced)).rejects.toMatchObject({
      ...{ nonRetryable: true, type: 'TypeError' },
    });
  });
});
