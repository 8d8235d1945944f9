import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../db/connection';
import { migrate } from '../../db/migrate';
import { migrations } from '../../db/migrations';
import { cloneDatabase, type TestDatabase } from '../support/database';

describe('the migrations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  it('run once, however many callers come at the same time, and after one that died', async () => {
    const { knex, url } = database;
    await knex.raw('drop schema public cascade');
    await knex.raw('create schema public');
    await Promise.all([migrate(url), migrate(url), migrate(url)]);
    await knex('knex_migrations_lock').update({ is_locked: 1 });
    await migrate(url);
    const names = await knex('knex_migrations').orderBy('id').pluck('name');
    expect(names).toEqual(Object.keys(migrations));
  });
});

describe('a connection', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  it('gives whole numbers and ISO times, and no number that is not exact', async () => {
    const { knex } = database;
    const select = async (sql: string) => {
      const { rows } = await knex.raw<{ rows: { value: unknown }[] }>(`select ${sql} as value`);
      return rows[0]?.value;
    };
    expect(await select('9007199254740991::bigint')).toBe(9007199254740991);
    await expect(select('9007199254740992::bigint')).rejects.toThrow('9007199254740992');
    const time = `'2026-11-23 10:00:00.25+02'::timestamptz`;
    expect(await select(time)).toBe('2026-11-23T08:00:00.250Z');
    expect(await select(`jsonb_build_object('a', 1)`)).toEqual({ a: 1 });
  });

  it('ends a statement that takes too long', async () => {
    const options = { min: 0, max: 1, applicationName: 'test', statementTimeoutMs: 50 };
    const knex = connect(database.url, options);
    await expect(knex.raw('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
    await knex.destroy();
  });
});
