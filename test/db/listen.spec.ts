import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { listen, type Listener, type Notice } from '../../db/listen';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { aLine } from '../support/placements';
import { aLife, offline } from './lives';

const applicationName = 'conveyor listener test';
const untracked = { lines: [aLine({ trackStock: false })] };

describe('a listener', () => {
  let database: TestDatabase;
  let listener: Listener;
  const heard: (Notice | undefined)[] = [];
  beforeAll(async () => {
    database = await cloneDatabase();
    listener = listen(database.url, { applicationName });
    listener.subscribe((notice) => heard.push(notice));
    await listening();
  });
  afterAll(async () => {
    await listener.close();
    await database.drop();
  });

  const connections = () =>
    database.knex('pg_stat_activity').where('application_name', applicationName);
  const listening = () =>
    eventually(
      () => connections().where('query', 'like', 'listen %').select('pid'),
      (rows) => rows.length === 1,
    );
  const has = (notice: Notice | undefined) => () =>
    eventually(
      () => Promise.resolve(heard.some((each) => JSON.stringify(each) === JSON.stringify(notice))),
      Boolean,
    );
  const place = async (number: string) => {
    await commit(database.knex, aLife({ ...untracked, ...offline, number }).place());
  };

  it('hears of each commit, whatever the order is called', async () => {
    await place('2026:7');
    await expect(has({ number: '2026:7', seq: 1 })()).resolves.toBe(true);
  });

  it('comes back when its connection is cut, and says that it may have missed something', async () => {
    await database.knex.raw(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?',
      [applicationName],
    );
    await expect(has(undefined)()).resolves.toBe(true);
    await place('after-the-cut');
    await expect(has({ number: 'after-the-cut', seq: 1 })()).resolves.toBe(true);
  });

  it('leaves those alone who no longer want to hear', async () => {
    let calls = 0;
    const stop = listener.subscribe(() => (calls += 1));
    stop();
    await place('unheard');
    await has({ number: 'unheard', seq: 1 })();
    expect(calls).toBe(0);
  });
});

describe('a listener whose server never answers', () => {
  it('can be closed while it connects', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    const connected = once(silent, 'connection');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const listener = listen(`postgres://x@127.0.0.1:${port}/x`, { applicationName: 'test' });
    await connected;
    await expect(listener.close()).resolves.toBeUndefined();
    silent.close();
  }, 3_000);
});
