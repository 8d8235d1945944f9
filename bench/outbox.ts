import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import { createDelivery, type Deliverer } from '../activities/delivery';
import { startRelay } from '../activities/relay/relay';
import { createStarter } from '../activities/relay/temporal';
import { createPoster } from '../activities/sending/post';
import { signed } from '../activities/sending/sign';
import { workflowSource } from '../activities/workflow-source';
import { OUTBOX_CHANNEL } from '../db/commits/notice';
import { connect } from '../db/connection';
import { beginAttempt, endAttempt } from '../db/deliveries/attempts';
import { keepDelivery, settleDelivery } from '../db/deliveries/deliveries';
import { startSystem } from './system';

const TOPIC = 'bench';
const QUEUE = 'bench-outbox';
const SECRET = Buffer.alloc(24, 'bench').toString('base64');

/** `npm run bench -- outbox [--idle 100 --waiting 10000]`: from a commit to the first attempt to deliver. */
export async function benchOutbox(args: readonly string[], say: (line: string) => void) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      idle: { type: 'string', default: '100' },
      waiting: { type: 'string', default: '10000' },
    },
  });
  const system = await startSystem(false, say);
  const { databaseUrl, temporalAddress: address } = system;
  const knex = connect(databaseUrl, { min: 1, max: 10, applicationName: 'conveyor bench' });
  const receiver = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(204).end());
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    ...{ connection, taskQueue: QUEUE, ...workflowSource },
    activities: createDelivery({
      deliverers: { [TOPIC]: posting(knex, url) },
      report: () => Promise.resolve(),
      heartbeat: () => undefined,
    }),
  });
  const start = createStarter(new Client({ connection }), QUEUE, [1_000]);
  const relaying = () => startRelay({ databaseUrl, topics: [TOPIC], start });
  try {
    await worker.runUntil(async () => {
      let relay = relaying();
      await owe(knex, 'warm-up', 20);
      await attempted(knex, 'warm-up', 20);
      for (let count = 0; count < Number(values.idle); count += 1) {
        await owe(knex, 'idle', 1);
        await pause(100);
      }
      await attempted(knex, 'idle', Number(values.idle));
      await relay.stop();
      await owe(knex, 'waiting', Number(values.waiting));
      const since = performance.now();
      relay = relaying();
      await attempted(knex, 'waiting', Number(values.waiting));
      const seconds = (performance.now() - since) / 1_000;
      await relay.stop();
      const rate = (Number(values.waiting) / seconds).toFixed(0);
      process.stdout.write(`idle: ${await latency(knex, 'idle')}\n`);
      process.stdout.write(
        `${values.waiting} waiting: ${await latency(knex, 'waiting')}, ${rate}/s\n`,
      );
    });
  } finally {
    receiver.close();
    await knex.destroy();
    await connection.close();
    await system.stop();
  }
}

/** Posts a row as webhooks are posted, with everything that is written about it. */
function posting(knex: Knex, url: string): Deliverer {
  const post = createPoster({ allowed: ['127.0.0.0/8'], timeoutMs: 5_000 });
  return {
    async deliver({ id, kind }) {
      const about = { id, kind: 'webhook', target: TOPIC, order: null, type: kind } as const;
      const { body } = await keepDelivery(knex, { ...about, write: () => JSON.stringify({ id }) });
      const attempt = await beginAttempt(knex, id);
      const headers = signed([SECRET], id, body, new Date());
      const posted = await post({ url, body, headers });
      await endAttempt(knex, id, attempt, { tookMs: posted.tookMs });
      await settleDelivery(knex, id, { status: 'delivered' });
      return { outcome: 'done' };
    },
    giveUp: () => Promise.resolve({ outcome: 'failed' }),
  };
}

async function owe(knex: Knex, kind: string, count: number): Promise<void> {
  await knex.raw(
    `insert into outbox (seq, topic, kind, cause, payload)
      select 1, :topic, :kind, :run || n, '{}' from generate_series(1, :count::integer) as n`,
    { topic: TOPIC, kind, run: randomUUID(), count },
  );
  await knex.raw(`select pg_notify(?, '')`, [OUTBOX_CHANNEL]);
}

async function attempted(knex: Knex, type: string, wanted: number): Promise<void> {
  for (;;) {
    const found = await knex('deliveries').where({ type, status: 'delivered' }).count('* as count');
    if (Number(found[0]?.count) >= wanted) return;
    await pause(200);
  }
}

/** From the commit to the first attempt, both by the clock of the database. */
async function latency(knex: Knex, type: string): Promise<string> {
  const { rows } = await knex.raw<{ rows: { p50: number; p95: number }[] }>(
    `select percentile_cont(0.5) within group (order by ms) as p50,
        percentile_cont(0.95) within group (order by ms) as p95
      from (
        select 1000 * extract(epoch from a.at - o.created_at) as ms
        from deliveries d join outbox o on o.id = d.id
          join delivery_attempts a on a.delivery = d.id and a.attempt = 1
        where d.type = :type
      ) as measured`,
    { type },
  );
  const [{ p50, p95 } = { p50: NaN, p95: NaN }] = rows;
  return `p50 ${Math.round(p50)} ms, p95 ${Math.round(p95)} ms`;
}
