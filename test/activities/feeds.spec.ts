import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPickUps } from '../../activities/feeds/pick-up';
import { findInboxMessage, listInbox } from '../../db/partners/inbox';
import type { Said } from '../../machines/letters/letters';
import { eventually } from '../support/eventually';
import { startFeed, type FeedServer } from '../support/feed-server';
import { testFeeds } from '../support/feeds';
import { partnerOnTheLine, type PartnerOnTheLine } from '../support/partner-on-the-line';
import { startSystem, type System } from '../support/system';

let system: System;
let exchangeDir: string;
beforeAll(async () => {
  exchangeDir = await mkdtemp(path.join(os.tmpdir(), 'conveyor-feeds-'));
  system = await startSystem({ feeds: { exchangeDir, patienceMs: 0 } });
});
afterAll(async () => {
  await system.stop();
  await rm(exchangeDir, { recursive: true });
});

const aSaid = (changes: Partial<Said> = {}): Said => ({
  ...{ id: randomUUID(), type: 'shipped', order: randomUUID().slice(0, 13) },
  ...changes,
});
const keptOf = async (partner: string) =>
  (await listInbox(system.database.knex, { partner }, { limit: 100 })).rows;
const pickUpsWith = (changes: Partial<Parameters<typeof createPickUps>[0]> = {}) =>
  createPickUps({
    ...testFeeds({ exchangeDir, patienceMs: 0 }),
    ...{ knex: system.database.knex, heartbeat: () => undefined },
    ...changes,
  });
const housework = () =>
  system.database.knex('house_tasks').select('reason', 'about', 'text', 'closed_how');

describe('a feed over HTTP', () => {
  let feed: FeedServer;
  let partner: PartnerOnTheLine;
  beforeEach(async () => {
    feed = await startFeed(3);
    const code = `p-${randomUUID().slice(0, 8)}`;
    const { url } = feed;
    partner = await partnerOnTheLine(system, {
      ...{ code, feed: { kind: 'http', url, everySeconds: 3_600 } },
    });
    feed.trust(partner.secret);
  });
  afterEach(() => feed.stop());

  const pickUp = () => system.post(`/v1/partners/${partner.code}/pick-ups`);
  const kept = (count: number) =>
    eventually(
      () => keptOf(partner.code),
      (rows) => rows.length === count,
    );

  it('is fetched page by page to its end, and from there on the next time', async () => {
    const first = Array.from({ length: 7 }, () => aSaid());
    feed.put(...first);
    expect((await pickUp()).status).toBe(202);
    const rows = await kept(7);
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(first.map(({ id }) => id)));
    expect(rows.every(({ via, status }) => via === 'feed' && status === 'waiting')).toBe(true);
    await eventually(
      () => Promise.resolve(feed.asked.length),
      (count) => count === 4,
    );
    feed.put(aSaid());
    await eventually(
      async () => {
        await pickUp();
        return keptOf(partner.code);
      },
      ({ length }) => length === 8,
    );
    expect(feed.asked.slice(0, 5)).toEqual([
      '/feed?limit=100',
      '/feed?after=3&limit=100',
      '/feed?after=6&limit=100',
      '/feed?after=7&limit=100',
      '/feed?after=7&limit=100',
    ]);
  });

  it('has what cannot be read refused in the partner’s log, and the others are kept', async () => {
    const [good, wrong] = [aSaid(), { ...aSaid(), type: 'lost' }];
    feed.put(wrong, 'nonsense', good);
    await pickUp();
    const rows = await kept(3);
    const of = (id: string) => rows.find((row) => row.id === id);
    expect(of(good.id)).toMatchObject({ status: 'waiting' });
    expect(of(wrong.id)).toMatchObject({ status: 'refused', said: wrong, order: null });
    expect(of(wrong.id)?.why).toContain('/type');
    expect(rows.filter(({ said }) => said === 'nonsense')).toMatchObject([{ status: 'refused' }]);
  });

  it('loses nothing and keeps nothing twice when it is cut off in the middle of a page', async () => {
    const messages = Array.from({ length: 6 }, () => aSaid());
    feed.put(...messages);
    const { readSaid } = testFeeds().reading;
    let read = 0;
    const reading = {
      ...testFeeds().reading,
      readSaid: (value: unknown) => {
        read += 1;
        // The fifth message of all is in the middle of the second page.
        if (read === 5) throw new Error('The process is gone.');
        return readSaid(value);
      },
    };
    const { pickUpFeed } = pickUpsWith({ reading });
    await expect(pickUpFeed(partner.code)).rejects.toThrow('gone');
    expect(await keptOf(partner.code)).toHaveLength(3);
    expect(await pickUpsWith().pickUpFeed(partner.code)).toMatchObject({ kept: 3, repeated: 0 });
    expect(await keptOf(partner.code)).toHaveLength(6);
  });

  it('keeps each once, fetched by several at once', async () => {
    feed.put(...Array.from({ length: 6 }, () => aSaid()));
    const { pickUpFeed } = pickUpsWith();
    const picked = await Promise.all([1, 2, 3].map(() => pickUpFeed(partner.code)));
    expect(picked.reduce((sum, { kept: each }) => sum + each, 0)).toBe(6);
    await pickUpFeed(partner.code);
    const rows = await keptOf(partner.code);
    expect(rows.map(({ repeated }) => repeated)).toEqual(Array(6).fill(0));
  });

  it('is known from a callback that told the same under the same id', async () => {
    const said = aSaid();
    await partner.say(said);
    feed.put(said);
    await pickUpsWith().pickUpFeed(partner.code);
    const message = await findInboxMessage(system.database.knex, partner.code, said.id);
    expect(message).toMatchObject({ via: 'callback', repeated: 1, other: null });
  });

  it('is a task for people while it fails for long, which ends when it works again', async () => {
    feed.trust();
    await pickUp();
    const about = `partner ${partner.code}`;
    const taskOf = (isRight: (task: { closed_how: string | null }) => boolean) =>
      eventually(housework, (tasks) =>
        tasks.some((task: { about: string; closed_how: string | null }) => {
          return task.about === about && isRight(task);
        }),
      );
    const [task] = (await taskOf(({ closed_how }) => closed_how === null)).filter(
      (each: { about: string }) => each.about === about,
    );
    expect(task).toMatchObject({ reason: 'feed-failing' });
    expect(task.text).toContain('The feed answered 401: Who are you?');
    feed.trust(partner.secret);
    await pickUpsWith().pickUpFeed(partner.code);
    await taskOf(({ closed_how }) => closed_how === 'itself');
  });

  it('fails in a sentence when it answers anything but a page', async () => {
    const { pickUpFeed } = pickUpsWith();
    feed.answerWith(200, '<html>Hello</html>');
    await expect(pickUpFeed(partner.code)).rejects.toThrow('The feed answered no page');
    feed.answerWith(302, '');
    await expect(pickUpFeed(partner.code)).rejects.toThrow('The feed answered 302');
    feed.answerWith(200, JSON.stringify({ messages: Array(101).fill({}), next: 'x' }));
    await expect(pickUpFeed(partner.code)).rejects.toThrow('at most 100');
    expect(await keptOf(partner.code)).toEqual([]);
  });
});

describe('a feed in a folder', () => {
  let partner: PartnerOnTheLine;
  let folder: string;
  beforeEach(async () => {
    const code = `p-${randomUUID().slice(0, 8)}`;
    partner = await partnerOnTheLine(system, {
      ...{ code, feed: { kind: 'folder', path: `${code}/out`, everySeconds: 3_600 } },
    });
    folder = path.join(exchangeDir, code, 'out');
    await mkdir(folder, { recursive: true });
  });

  const drop = (name: string, text: string) => writeFile(path.join(folder, name), text);
  const filesIn = async (...inside: string[]) =>
    (await readdir(path.join(folder, ...inside), { withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  const pickUp = () => pickUpsWith().pickUpFeed(partner.code);

  it('is read file by file in the order of their names, each of which is put aside', async () => {
    const [a, b, c] = [aSaid(), aSaid(), aSaid()];
    await drop('2.ndjson', `${JSON.stringify(b)}\n\n${JSON.stringify(c)}\n`);
    await drop('1.json', JSON.stringify(a));
    await drop('.half.json', '{');
    await drop('notes.txt', 'Hello');
    expect(await pickUp()).toEqual({ kept: 3, repeated: 0, unread: 0, isMore: false });
    const rows = await system.database
      .knex('partner_inbox')
      .where({ partner: partner.code })
      .orderBy('place')
      .pluck('id');
    expect(rows).toEqual([a.id, b.id, c.id]);
    expect(await filesIn('done')).toEqual(['1.json', '2.ndjson']);
    expect(await filesIn()).toEqual(['.half.json', 'notes.txt']);
  });

  it('may hold CSV: the records of one id are one parcel, in commas or semicolons', async () => {
    await drop(
      'parcels.csv',
      '\ufeffid;type;order;line;quantity;carrier;tracking\r\nm1;shipped;100001;A;2;dhl;JD1\r\nm1;shipped;100001;B;1;dhl;JD1\r\nm2;accepted;100002;;;;\r\n',
    );
    expect(await pickUp()).toMatchObject({ kept: 2, unread: 0 });
    const said = (id: string) => findInboxMessage(system.database.knex, partner.code, id);
    expect((await said('m1'))?.said).toEqual({
      ...{ id: 'm1', type: 'shipped', order: '100001' },
      lines: [
        { id: 'A', quantity: 2 },
        { id: 'B', quantity: 1 },
      ],
      tracking: { carrier: 'dhl', number: 'JD1' },
    });
    expect((await said('m2'))?.said).toEqual({ id: 'm2', type: 'accepted', order: '100002' });
  });

  it('keeps each once when its reader died before it put the file aside', async () => {
    const text = 'type,order,sku,quantity\nshipped,100001,"MUG ""1""",1\nshipped,100001,CUP,1\n';
    await drop('day.csv', text);
    expect(await pickUp()).toMatchObject({ kept: 2 });
    // It is there again under its name, as a crash leaves it.
    await drop('day.csv', text);
    expect(await pickUp()).toMatchObject({ kept: 0, repeated: 2 });
    expect(await filesIn('done')).toEqual(['day.2.csv', 'day.csv']);
    await drop('next-day.csv', text);
    expect(await pickUp()).toMatchObject({ kept: 2, repeated: 0 });
  });

  it('puts what cannot be read where people find it, says why, and goes on', async () => {
    const good = aSaid();
    await drop('1.json', '{"id": ');
    await drop('2.csv', 'id,typ,order\n1,shipped,100001\n');
    await drop('3.csv', 'id,type,order,quantity,line\nx1,shipped,100001,many,A\n');
    await drop('4.json', JSON.stringify([good]));
    expect(await pickUp()).toMatchObject({ kept: 1, unread: 3 });
    expect(await filesIn('failed')).toEqual(['1.json', '2.csv', '3.csv']);
    const whys = (await keptOf(partner.code)).flatMap(({ why }) => why ?? []).sort();
    expect(whys).toEqual([
      '/lines/0/quantity: A quantity is a number.',
      'The file 1.json: It is no JSON.',
      'The file 2.csv: There is no column typ; there is id, type, order, at, reference, line, sku, quantity, carrier, tracking, reason.',
    ]);
  });

  it('leads nowhere else, whatever links are in it', async () => {
    await rm(folder, { recursive: true });
    await symlink(os.tmpdir(), folder);
    await expect(pickUp()).rejects.toThrow('leads out of the folder of exchanged files');
  });
});

describe('the schedule of a feed', () => {
  it('picks it up every so often, follows the registry, and ends with the feed', async () => {
    const feed = await startFeed();
    const own = await startSystem({ feeds: { exchangeDir, areScheduled: true } });
    try {
      const { url } = feed;
      const code = 'hooli';
      const http = { kind: 'http', url, everySeconds: 1 } as const;
      const hooli = await partnerOnTheLine(own, { code, feed: http });
      feed.trust(hooli.secret);
      const said = aSaid();
      feed.put(said);
      await eventually(
        () => findInboxMessage(own.database.knex, code, said.id),
        (message) => message !== undefined,
      );
      await own.database.knex('partners').where({ code }).update({ active: false });
      const pickUp = await own.post(`/v1/partners/${code}/pick-ups`);
      expect(pickUp).toMatchObject({ status: 404, body: { code: 'not-found' } });
      const later = aSaid();
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const before = feed.asked.length;
      feed.put(later);
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      expect(feed.asked.length).toBe(before);
      expect(await findInboxMessage(own.database.knex, code, later.id)).toBeUndefined();
    } finally {
      await own.stop();
      await feed.stop();
    }
  });
});
