import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVault } from '../../db/secrets/vault';
import type { Cruelty } from '../../examples/partner/manners';
import { audit, booksFinding } from '../../scripts/automated/audit';
import { gather } from '../../scripts/automated/evidence';
import { ordersOf, type Planned } from '../../scripts/automated/orders';
import { makeCruel, startPartners, type Registered } from '../../scripts/automated/partners';
import { fillShelves, placeAll } from '../../scripts/automated/placing';
import { isOver, read, type Shown } from '../../scripts/automated/reading';
import { call } from '../../scripts/demo/system';
import { diceOf } from '../../scripts/lives/dice';
import { databaseOf } from '../../scripts/torture/database';
import { reconcile } from '../../scripts/torture/reconciling';
import {
  dataFolder,
  partNames,
  startEverything,
  untilReady,
  type Everything,
} from '../../scripts/torture/running';
import { databaseFinding, mailsFinding } from '../automated/first-hand';
import { writeHastyShop } from '../automated/hasty-shop';
import {
  createSearch,
  leaksInFiles,
  leaksInHistories,
  leaksInTables,
  type Search,
  type Secrets,
} from '../automated/leaks';
import { startReceiver } from '../automated/receiver';
import { startMailServer, type MailServer } from '../mail/mail-server';
import { alone, TURN_WITHIN_MS } from '../support/alone';
import { eventually } from '../support/eventually';

const SEED = 5;
const DELIVERY_RETRIES = '1s,1s,1s,1s,2s,2s,2s,2s,5s,5s,5s,5s,5s,5s,10s,10s,10s';
/** What a story may take on a busy machine; a quiet one needs a small part of it. */
const STORY_MS = 240_000;
const OVER_WITHIN_MS = 150_000;
const AT_REST_WITHIN_MS = 60_000;

describe('a shop that nobody watches, whatever is done to it', () => {
  const { dataDir, remove } = dataFolder();
  const planned: Planned[] = [];
  let everything: Everything;
  let partners: Registered[];
  let mail: MailServer;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let knex: Knex;
  let secrets: Secrets;
  /** What is to be ended, the last first. */
  const endings: (() => unknown)[] = [];

  beforeAll(async () => {
    endings.push(await alone());
    mail = await startMailServer();
    endings.push(() => mail.stop());
    receiver = await startReceiver();
    endings.push(() => receiver.stop());
    const settings = { SHOP: writeHastyShop(dataDir), SMTP_URL: mail.url, DELIVERY_RETRIES };
    everything = await startEverything(dataDir, settings);
    endings.push(() => everything.stop());
    partners = await startPartners(everything);
    endings.push(() => Promise.all(partners.map((partner) => partner.stop())));
    const { body } = await call(everything.system, 'POST', '/v1/webhooks', { url: receiver.url });
    receiver.verifyWith(String(body.secret));
    secrets = {
      ...Object.fromEntries(partners.map(({ code, secret }) => [`secret of ${code}`, secret])),
      'secret of the webhook': String(body.secret),
    };
    await fillShelves(everything);
    knex = await databaseOf(everything);
    endings.push(() => knex.destroy());
  }, TURN_WITHIN_MS);

  afterAll(async () => {
    for (const end of endings.toReversed()) await end();
    remove();
  }, 60_000);

  async function treat(cruelty: Cruelty, of = partners): Promise<void> {
    for (const partner of of) await makeCruel(partner, cruelty);
  }

  const partner = (code: string) => partners.filter((each) => each.code === code);

  async function place(orders: readonly Planned[], news: () => void = () => undefined) {
    planned.push(...orders);
    await placeAll({ everything, partners, everyMs: 200, news }, orders);
  }

  /** Orders that nobody is cruel to by chance. */
  const plain = (count: number, prefix: string): Planned[] =>
    ordersOf(SEED, count, prefix).map(({ number, request }) => ({ number, request }));

  const shown = () =>
    Promise.all(
      planned.map(({ number }) => read<Shown>(everything.system, `/v1/orders/${number}`)),
    );

  const untilAllAreOver = () =>
    eventually(
      async () => (await shown()).filter((order) => !isOver(order)).map(({ number }) => number),
      (left) => left.length === 0,
      OVER_WITHIN_MS,
    );

  /** Everything that does not add up, of all orders up to now, once it has come to rest. */
  async function differences(): Promise<string[]> {
    await untilReady(everything);
    await untilAllAreOver();
    const look = async () => {
      const evidence = await gather(everything, partners, await shown());
      const findings = [
        ...audit(planned, evidence),
        await databaseFinding(knex),
        mailsFinding(evidence, mail),
        receiver.finding(evidence),
      ];
      return findings.flatMap(({ about, faults }) => faults.map((fault) => `${about}: ${fault}`));
    };
    const end = Date.now() + AT_REST_WITHIN_MS;
    let faults = await look();
    while (faults.length > 0 && Date.now() < end) {
      await pause(500);
      faults = await look();
    }
    const { faults: own } = booksFinding(await reconcile(dataDir));
    return [...faults, ...own];
  }

  it(
    'is told everything five times at once, and the last first',
    async () => {
      await treat({ times: 5, reversed: true, parcels: 2, returned: 1 });
      await place(ordersOf(SEED, 8, 'FIVE'));
      expect(await differences()).toEqual([]);
      await treat({ times: 1, reversed: false, parcels: 1, returned: 0 });
    },
    STORY_MS,
  );

  it(
    'cannot reach a partner for the whole first half',
    async () => {
      await treat({ downMs: 3_600_000 }, partner('lumen'));
      await place(plain(4, 'HALF'));
      const others = ({ partner: code }: { readonly partner?: string | null }) => code !== 'lumen';
      await eventually(
        shown,
        (orders) =>
          orders.every(({ lines }) =>
            lines
              .filter(others)
              .every(({ quantity, units }) => units.dispatched + units.cancelled === quantity),
          ),
        OVER_WITHIN_MS,
      );
      await treat({ downMs: 0 }, partner('lumen'));
      await place(plain(8, 'HALF').slice(4));
      expect(await differences()).toEqual([]);
    },
    STORY_MS,
  );

  it(
    'does not answer while partners call',
    async () => {
      await treat({ paceMs: 1_000, parcels: 2 });
      await place(plain(5, 'DEAF'));
      const end = Date.now() + 6_000;
      while (Date.now() < end) {
        everything.signal('api', 'SIGKILL');
        await pause(100);
      }
      expect(await differences()).toEqual([]);
      const unanswered = partner('lumen')
        .flatMap(({ book }) => book.said.flatMap(({ answers }) => answers))
        .filter((answer) => typeof answer === 'string');
      expect(unanswered.length).toBeGreaterThan(0);
      await treat({ paceMs: 200, parcels: 1 });
    },
    STORY_MS,
  );

  it(
    'has each of its processes killed in the middle of it',
    async () => {
      const waiting = diceOf(SEED, 'kills').shuffled(partNames);
      const killed: boolean[] = [];
      await place(ordersOf(SEED, 8, 'KILL'), () => {
        const part = waiting.pop();
        if (part) killed.push(everything.signal(part, 'SIGKILL'));
      });
      expect(killed).toEqual(partNames.map(() => true));
      expect(await differences()).toEqual([]);
    },
    STORY_MS,
  );

  it('keeps its secrets: none is in a log, in a history, or in the database', async () => {
    const [key] = readFileSync(join(dataDir, 'secrets-key'), 'utf8').trim().split(',');
    const vault = createVault([String(key)]);
    // What signs links is made with the first.
    const link = `/v1/orders/${planned[0]?.number}/guest-link`;
    expect(await call(everything.system, 'POST', link, {})).toMatchObject({ status: 200 });
    const { secret } = await knex('secrets').where({ name: 'signed-tokens' }).first();
    const search = createSearch({
      ...secrets,
      'the key of the vault': String(key),
      'the secret of links': vault.open(secret, 'secret signed-tokens'),
    });
    const connection = await Connection.connect({
      address: `127.0.0.1:${everything.processes().temporal?.port}`,
    });
    const client = new Client({ connection });
    const look = async (found: Search) => [
      ...(await leaksInHistories(client, found)),
      ...(await leaksInTables(knex, found)),
      ...leaksInFiles(dataDir, found),
    ];
    expect(await look(search)).toEqual([]);
    // The same look finds what is there to be found.
    const said = (await look(createSearch({ 'an order': String(planned[0]?.number) }))).join('\n');
    for (const place of ['history', 'table', 'logs/', 'temporal.db', 'postgres/']) {
      expect(said).toContain(`an order is in ${place}`);
    }
    await connection.close();
  }, 60_000);
});
