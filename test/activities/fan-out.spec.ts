import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFanOut } from '../../activities/webhooks/fan-out';
import type { Teller } from '../../db/webhooks/fan-out';
import { createEndpoint, pauseEndpoint, resumeEndpoint } from '../../db/webhooks/endpoints';
import { payloads } from '../../api/webhooks/payloads';
import type { Webhook, WebhookType } from '../../machines/webhooks/payload';
import * as teller from '../../machines/webhooks/telling';
import { aLine, startSystem, withKey, type System } from '../support/system';
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
    const { number } = await system.placed({ lines: [aLine()] });
    await system.command(number, { type: 'take-payment' }, withKey(randomUUID()));
    await system.command(number, { type: 'hold', reason: 'Ask first' });
    const all = await toldOf(endpoint, number, 'order.held');
    expect(all.map(shape)).toMatchInlineSnapshot();
    expect(await told(endpoint, before.number)).toEqual([]);
    for (const each of all) expect(payloads[each.type].parse(each)).toEqual(each);
  });
});
