import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { connect } from '../../db/connection';
import { feedEnd, streamAfter, type FeedEvent } from '../../db/events';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { aLine } from '../support/placements';
import { aLife, offline } from './lives';

const untracked = { lines: [aLine({ trackStock: false })] };

describe('the feed of all orders', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    knex = connect(database.url, { min: 0, max: 12, applicationName: 'feed test' });
  });
  afterAll(async () => {
    await knex.destroy();
    await database.drop();
  });

  async function place(): Promise<string> {
    const life = aLife({ ...untracked, ...offline });
    await commit(knex, life.place());
    return life.number;
  }

  /** What the feed has after a cursor, page by page, once it has that much; other databases may hold it up. */
  async function readFrom(cursor: string | undefined, count: number): Promise<FeedEvent[]> {
    const seen: FeedEvent[] = [];
    let at = cursor;
    await eventually(
      async () => {
        const page = await streamAfter(knex, at, 3);
        seen.push(...page);
        at = page.at(-1)?.cursor ?? at;
        return seen.length;
      },
      (length) => length >= count,
    );
    return seen;
  }

  /** The end of the feed, once all that was committed is in it. */
  async function settledEnd(count: number): Promise<string> {
    await readFrom(undefined, count);
    return feedEnd(knex);
  }

  it('goes on from a cursor', async () => {
    const [first, second] = [await place(), await place()];
    const end = await settledEnd(2);
    const third = await place();
    const all = await readFrom(undefined, 3);
    expect(all.map(({ number }) => number)).toEqual([first, second, third]);
    expect((await readFrom(end, 1)).map(({ number }) => number)).toEqual([third]);
    expect(await streamAfter(knex, 'nothing we made')).toHaveLength(3);
  });

  it('shows nothing of an order before it is placed, and then all of it in order', async () => {
    const life = aLife(untracked);
    await commit(knex, life.place());
    // Readers of the feed go past the time at which the placing began.
    await place();
    const end = await settledEnd(4);
    const seen = (await streamAfter(knex, undefined)).map(({ number }) => number);
    expect(seen).not.toContain(life.number);
    const answering = life.answer();
    await commit(knex, answering);
    await commit(knex, answering);
    const { number } = life;
    expect(await readFrom(end, 2)).toMatchObject([
      { number, seq: 1, event: { type: 'place' } },
      { number, seq: 2, event: { type: 'payment.authorised' } },
    ]);
  });

  it('keeps back what a transaction still under way could come before', async () => {
    const end = await settledEnd(6);
    const slow = await knex.transaction();
    await slow.raw('select pg_current_xact_id()');
    const number = await place();
    expect(await streamAfter(knex, end)).toEqual([]);
    await slow.rollback();
    expect(await readFrom(end, 1)).toMatchObject([{ number, seq: 1 }]);
  });

  it('misses nothing and repeats nothing while orders are written at once', async () => {
    const start = await settledEnd(7);
    const placed: string[] = [];
    const reading = readFrom(start, 80);
    const placeTen = async () => {
      for (let n = 0; n < 10; n += 1) placed.push(await place());
    };
    await Promise.all(Array.from({ length: 8 }, placeTen));
    const read = (await reading).map(({ number }) => number);
    expect(read.sort()).toEqual(placed.sort());
  });
});
