import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFanOut } from '../../activities/webhooks/fan-out';
import type { Teller } from '../../db/webhooks/fan-out';
import { createEndpoint, pauseEndpoint, resumeEndpoint } from '../../db/webhooks/endpoints';
import { payloads } from '../../api/webhooks/payloads';
import type { Webhook, WebhookType } from '../../machines/webhooks/payload';
import * as teller from '../../machines/webhooks/telling';
import { startSystem, withKey, type System } from '../support/system';
import { eventually } from '../support/eventually';

describe('the fan-out', () => {
  let system: System;
  const running: { stop(): Promise<void> }[] = [];
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(async () => {
    await Promise.all(running.map((each) => each.stop()));
    await system.stop();
  });

  const start = (by: Teller = teller) => {
    const fanOut = startFanOut({ databaseUrl: system.database.url, teller: by, lookMs: 200 });
    running.push(fanOut);
    return fanOut;
  };
  async function anEndpoint(events: WebhookType[] = []): Promise<string> {
    const terms = { url: 'https://receiver.example.com', description: '', events };
    const { id } = await createEndpoint(system.database.knex, terms, () => 'sealed');
    return id;
  }
  /** What the endpoint was told, of one order where one is given, in the order of its numbers. */
  async function told(endpoint: string, number?: string): Promise<Webhook[]> {
    const rows = await system.database
      .knex('deliveries')
      .where({ target: endpoint, ...(number !== undefined && { order_number: number }) })
      .orderBy(['order_number', 'sequence'])
      .select<{ body: string }[]>('body');
    return rows.map(({ body }) => JSON.parse(body) as Webhook);
  }
  const toldOf = (endpoint: string, number: string, last: WebhookType) =>
    eventually(
      () => told(endpoint, number),
      (all) => all.some(({ type }) => type === last),
    );
  const shape = ({ type, sequence, order }: Webhook) => `${sequence} ${type} ${order.status}`;

  it('tells an endpoint what happens from when it was made, each thing once, numbered by order', async () => {
    const before = await system.placed();
    start();
    const endpoint = await anEndpoint();
    const { number } = await system.placed();
    await system.command(number, { type: 'take-payment' }, withKey(randomUUID()));
    await system.command(number, { type: 'hold', reason: 'Ask first' });
    const all = await toldOf(endpoint, number, 'order.held');
    expect(all.map(shape)).toEqual([
      '1 order.placed Pending',
      '2 order.payment-event Pending',
      '3 order.payment-event Being processed',
      '4 order.status-changed Being processed',
      '5 order.line-status-changed Being processed',
      '6 order.held Being processed',
    ]);
    expect(await told(endpoint, before.number)).toEqual([]);
    for (const each of all) expect(payloads[each.type].parse(each)).toEqual(each);
  });

  it('tells each endpoint of what it asked for only, in numbers of its own', async () => {
    start();
    const [one, other] = [await anEndpoint(['order.held']), await anEndpoint(['order.placed'])];
    const { number } = await system.placed();
    await system.command(number, { type: 'hold', reason: 'Ask first' });
    expect((await toldOf(one, number, 'order.held')).map(shape)).toEqual(['1 order.held Pending']);
    const placed = await toldOf(other, number, 'order.placed');
    expect(placed.map(shape)).toEqual(['1 order.placed Pending']);
  });

  it('tells an endpoint that was paused everything that happened meanwhile, when it is resumed', async () => {
    start();
    const { knex } = system.database;
    const [endpoint, witness] = [await anEndpoint(), await anEndpoint(['order.held'])];
    await pauseEndpoint(knex, endpoint, 'Moving house');
    const { number } = await system.placed();
    await system.command(number, { type: 'hold', reason: 'Ask first' });
    await toldOf(witness, number, 'order.held');
    expect(await told(endpoint)).toEqual([]);
    await resumeEndpoint(knex, endpoint);
    const all = await toldOf(endpoint, number, 'order.held');
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1));
  });

  it('tells of 20 orders at once by three who are killed again and again: no gap, nothing twice', async () => {
    for (let count = 0; count < 3; count += 1) start();
    const endpoint = await anEndpoint();
    const kill = async () => {
      const { rows } = await system.database.knex.raw<{ rows: object[] }>(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'conveyor webhooks' and datname = current_database()`,
      );
      return rows.length;
    };
    let killed = 0;
    const killing = setInterval(() => void kill().then((count) => (killed += count)), 150);
    const orders = await Promise.all(Array.from({ length: 20 }, () => system.placed()));
    const numbers = orders.map(({ number }) => number as string);
    await Promise.all(
      numbers.map((number) =>
        system.command(number, { type: 'take-payment' }, withKey(randomUUID())),
      ),
    );
    clearInterval(killing);
    for (const number of numbers) await toldOf(endpoint, number, 'order.line-status-changed');
    const all = await told(endpoint);
    expect(killed).toBeGreaterThan(3);
    expect(new Set(all.map(({ order }) => order.number))).toEqual(new Set(numbers));
    for (const number of numbers) {
      const own = all.filter(({ order }) => order.number === number);
      expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, index) => index + 1));
      const things = own.map(({ event, type }) => `${event} ${type}`);
      expect(new Set(things).size).toBe(things.length);
      expect(own.map(({ order }) => order.seq)).toEqual(
        own.map(({ order }) => order.seq).toSorted((a, b) => a - b),
      );
    }
  });
});
