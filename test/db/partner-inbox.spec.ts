import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { findInboxMessage, keepSaid, listInbox, type Arrival } from '../../db/partners/inbox';
import {
  claimMessages,
  parkMessage,
  releaseMessage,
  retryMessage,
  settleMessage,
  wakeParked,
} from '../../db/partners/inbox-work';
import { putPartner } from '../../db/partners/registry';
import type { Said } from '../../machines/letters/letters';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { testVault } from '../support/vault';
import { aLife, offline } from './lives';

const partner = 'acme';
const LEASE = { limit: 10, leaseMs: 60_000 };

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
  await putPartner(database.knex, testVault, {
    ...{ code: partner, name: 'Acme', active: true, feed: null, terms: {}, capabilities: {} },
    transport: { kind: 'http', url: 'https://acme.example/letters' },
  });
});
afterAll(() => database.drop());

const aSaid = (changes: Partial<Said> = {}): Said => ({
  ...{ id: randomUUID(), type: 'shipped', order: randomUUID().slice(0, 13) },
  ...changes,
});
const keep = (said: Said) => keepSaid(database.knex, { partner, via: 'callback', said });
const found = (id: string) => findInboxMessage(database.knex, partner, id);
const claim = async (order: string, leaseMs = LEASE.leaseMs) =>
  (await claimMessages(database.knex, { limit: 100, leaseMs })).filter(
    (message) => message.order === order,
  );
const place = (number: string) =>
  commit(
    database.knex,
    aLife({ ...offline, lines: [aLine({ trackStock: false })], number }).place(),
  );

describe('keeping what a partner says', () => {
  it('counts it once, however often it comes at once', async () => {
    const said = aSaid();
    const kept = await Promise.all(Array.from({ length: 5 }, () => keep(said)));
    expect(kept.filter(({ outcome }) => outcome === 'kept')).toHaveLength(1);
    expect(await found(said.id)).toMatchObject({ said, repeated: 4, status: 'waiting' });
  });

  it('lets what was said first count, and shows what came under the same id later', async () => {
    const said = aSaid({ lines: [{ id: 'A', quantity: 1 }] });
    const other = { ...said, lines: [{ id: 'A', quantity: 2 }] };
    await keep(said);
    expect(await keep(other)).toEqual({ outcome: 'repeated', differs: true });
    expect(await keep(said)).toEqual({ outcome: 'repeated', differs: false });
    expect(await found(said.id)).toMatchObject({ said, other, repeated: 2 });
  });

  it('refuses what cannot be read, until the same id comes and can', async () => {
    const said = aSaid();
    const unread = { id: said.id, sent: { ...said, order: 7 }, why: '/order: Write a number.' };
    const arrival: Arrival = { partner, via: 'feed', unread };
    expect(await keepSaid(database.knex, arrival)).toMatchObject({ outcome: 'kept' });
    expect(await found(said.id)).toMatchObject({
      ...{ status: 'refused', order: null, why: unread.why, said: unread.sent },
    });
    expect(await retryMessage(database.knex, { partner, id: said.id })).toBe(false);
    expect(await keep(said)).toMatchObject({ outcome: 'kept' });
    expect(await found(said.id)).toMatchObject({ status: 'waiting', order: said.order, why: null });
    expect(await keepSaid(database.knex, arrival)).toEqual({ outcome: 'repeated', differs: true });
  });

  it('is listed newest first, page by page', async () => {
    const order = randomUUID().slice(0, 13);
    const ids = ['1', '2', '3'].map((n) => `${order}-${n}`);
    for (const id of ids) await keep(aSaid({ order, id }));
    const first = await listInbox(database.knex, { partner, order }, { limit: 2 });
    const page = { limit: 2, after: first.next };
    const second = await listInbox(database.knex, { partner, order }, page);
    const shown = [...first.rows, ...second.rows].map(({ id }) => id);
    expect(shown).toEqual(ids.toReversed());
    expect(second.next).toBeUndefined();
    expect((await listInbox(database.knex, { order, status: ['done'] })).rows).toEqual([]);
  });
});

describe('taking messages in hand', () => {
  it('gives each to one alone, and the oldest of an order first', async () => {
    const order = randomUUID().slice(0, 13);
    const [first, second] = [aSaid({ order }), aSaid({ order })];
    for (const said of [first, second]) await keep(said);
    const claims = await Promise.all([claim(order), claim(order), claim(order)]);
    expect(claims.flat().map(({ id }) => id)).toEqual([first.id]);
    await settleMessage(database.knex, { partner, id: first.id }, { status: 'done' });
    expect((await claim(order)).map(({ id }) => id)).toEqual([second.id]);
  });

  it('gives one of somebody who died to the next, when its lease is over', async () => {
    const said = aSaid();
    await keep(said);
    expect(await claim(said.order, 50)).toMatchObject([{ id: said.id, tries: 1 }]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await claim(said.order)).toMatchObject([{ id: said.id, tries: 2 }]);
  });

  it('lets others of its order pass one that is parked, and not one that only failed', async () => {
    const order = randomUUID().slice(0, 13);
    const [first, second] = [aSaid({ order }), aSaid({ order })];
    for (const said of [first, second]) await keep(said);
    const which = { partner, id: first.id };
    await claim(order);
    await releaseMessage(database.knex, which, { why: 'Nobody answers.', waitMs: 60_000 });
    expect(await claim(order)).toEqual([]);
    await parkMessage(database.knex, which, { why: 'Not yet.', waitMs: 60_000 });
    expect((await claim(order)).map(({ id }) => id)).toEqual([second.id]);
    expect(await found(first.id)).toMatchObject({ status: 'parked', why: 'Not yet.' });
  });

  it('lets others of its order pass one that has failed too often', async () => {
    const order = randomUUID().slice(0, 13);
    const [first, second] = [aSaid({ order }), aSaid({ order })];
    for (const said of [first, second]) await keep(said);
    for (let tries = 1; tries <= 10; tries += 1) {
      expect((await claim(order)).map(({ id }) => id)).toEqual([first.id]);
      const waitMs = tries === 10 ? 60_000 : 0;
      await releaseMessage(database.knex, { partner, id: first.id }, { why: 'No.', waitMs });
    }
    expect((await claim(order)).map(({ id }) => id)).toEqual([second.id]);
  });
});

describe('a message that is parked', () => {
  it('is tried when its order becomes known, and again when it moves', async () => {
    const { order, id } = aSaid();
    await keep(aSaid({ order, id }));
    const which = { partner, id };
    await claim(order);
    await parkMessage(database.knex, which, { why: 'Not known.', waitMs: 60_000 });
    await wakeParked(database.knex);
    expect(await claim(order)).toEqual([]);
    await place(order);
    await wakeParked(database.knex);
    expect(await claim(order)).toMatchObject([{ id }]);

    await parkMessage(database.knex, which, { why: 'On hold.', on: 1, waitMs: 60_000 });
    await wakeParked(database.knex);
    expect(await claim(order)).toEqual([]);
    await database.knex('orders').where({ number: order }).update({ version: 2 });
    await wakeParked(database.knex);
    expect(await claim(order)).toMatchObject([{ id }]);
  });

  it('is tried at once when its order moved while it was looked at', async () => {
    const said = aSaid();
    await keep(said);
    await claim(said.order);
    await place(said.order);
    const parking = { why: 'Not known.', waitMs: 60_000 };
    await parkMessage(database.knex, { partner, id: said.id }, parking);
    expect(await claim(said.order)).toMatchObject([{ id: said.id }]);
  });

  it('is tried at once when people ask for it; what was refused, as another command', async () => {
    const said = aSaid();
    await keep(said);
    const which = { partner, id: said.id };
    await claim(said.order);
    await parkMessage(database.knex, which, { why: 'Not known.', waitMs: 60_000 });
    expect(await retryMessage(database.knex, which)).toBe(true);
    expect(await claim(said.order)).toMatchObject([{ round: 1 }]);
    await settleMessage(database.knex, which, { status: 'refused', why: 'Too many.' });
    expect(await retryMessage(database.knex, which)).toBe(true);
    expect(await claim(said.order)).toMatchObject([{ round: 2 }]);
    await settleMessage(database.knex, which, { status: 'done' });
    expect(await retryMessage(database.knex, which)).toBe(false);
  });

  it('stays as it was ended, whatever somebody says late', async () => {
    const said = aSaid();
    await keep(said);
    const which = { partner, id: said.id };
    await settleMessage(database.knex, which, { status: 'done' });
    await parkMessage(database.knex, which, { why: 'Late.', waitMs: 0 });
    await releaseMessage(database.knex, which, { why: 'Late.', waitMs: 0 });
    await settleMessage(database.knex, which, { status: 'refused', why: 'Late.' });
    expect(await found(said.id)).toMatchObject({ status: 'done', why: null });
  });
});
