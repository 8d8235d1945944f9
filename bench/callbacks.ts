import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { Webhook } from 'standardwebhooks';
import { connect } from '../db/connection';
import type { Said } from '../machines/letters/letters';
import { percentile } from './statistics';
import { startSystem, type System } from './system';
import { variantOf, type Variant } from './variants';

const AT_ONCE = 20;
/** Between two callbacks when each is to find nobody else at work. */
const ALONE_MS = 250;
/** As the orders of the bench name it. */
const PARTNER = 'acme';

/** `npm run bench -- callbacks [--callbacks 200 --alone 40]`: what partners say, beside the empty workflow. */
export async function benchCallbacks(args: readonly string[], say: (line: string) => void) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      callbacks: { type: 'string', default: '200' },
      alone: { type: 'string', default: '40' },
    },
  });
  const [many, alone] = [Number(values.callbacks), Number(values.alone)];
  const system = await startSystem(true, say);
  const knex = connect(system.databaseUrl, { min: 1, max: 5, applicationName: 'conveyor bench' });
  const connection = await Connection.connect({ address: system.temporalAddress });
  const client = new Client({ connection });
  try {
    const callback = await partnerOf(system);
    const ours = variantOf('c', system, client);
    const floor = variantOf('a', system, client);
    await told(knex, await atOnce(await paid(ours, 'warm', 20), callback));

    const empty = await atOnce(await started(floor, 'empty', many), (number) =>
      client.workflow.getHandle(floor.workflowIdOf(number)).signal('note'),
    );
    const burst = await atOnce(await paid(ours, 'burst', many), callback);
    await told(knex, burst);
    const lonely = await oneByOne(await paid(ours, 'alone', alone), callback);
    await told(knex, lonely);

    const lines = [
      `signals to the empty workflow: ${rateOf(empty)}/s`,
      `callbacks accepted:            ${rateOf(burst)}/s, ${(rateOf(burst) / rateOf(empty)).toFixed(2)} of that`,
      `from kept to committed, ${many} by ${AT_ONCE} at once: ${await latency(knex, burst)}`,
      `from kept to committed, one at a time: ${await latency(knex, lonely)}`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await knex.destroy();
    await connection.close();
    await system.stop();
  }
}

/** Registers the partner; gives what says for it that an order has been shipped. */
async function partnerOf({ api, key }: System): Promise<(number: string) => Promise<void>> {
  const response = await fetch(`${api}/v1/partners/${PARTNER}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Acme', transport: { kind: 'folder', path: PARTNER } }),
  });
  const { secret } = (await response.json()) as { secret: string };
  const webhook = new Webhook(secret);
  return async (number) => {
    const said: Said = { id: randomUUID(), type: 'shipped', order: number, reference: number };
    const [body, at] = [JSON.stringify(said), new Date()];
    const answer = await fetch(`${api}/v1/partners/${PARTNER}/callbacks`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': said.id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': webhook.sign(said.id, at, body),
      },
      body,
    });
    if (!answer.ok) throw new Error(`${number}: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  };
}

interface Sent {
  readonly numbers: readonly string[];
  readonly seconds: number;
}

const rateOf = ({ numbers, seconds }: Sent) => Math.round(numbers.length / seconds);

/** Does it for each order, so many at once, and measures how long that takes. */
async function atOnce(
  numbers: readonly string[],
  send: (number: string) => Promise<void>,
): Promise<Sent> {
  const left = [...numbers];
  const sender = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await send(next);
  };
  const since = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  return { numbers, seconds: (performance.now() - since) / 1000 };
}

async function oneByOne(
  numbers: readonly string[],
  send: (number: string) => Promise<void>,
): Promise<Sent> {
  const since = performance.now();
  for (const number of numbers) {
    await send(number);
    await pause(ALONE_MS);
  }
  return { numbers, seconds: (performance.now() - since) / 1000 };
}

async function started(variant: Variant, name: string, count: number): Promise<readonly string[]> {
  const run = randomUUID().slice(0, 8);
  const numbers = Array.from({ length: count }, (_, index) => `${name}-${run}-${index + 1}`);
  await atOnce(numbers, (number) => variant.place(number));
  return numbers;
}

async function paid(variant: Variant, name: string, count: number): Promise<readonly string[]> {
  const numbers = await started(variant, name, count);
  await atOnce(numbers, (number) => variant.pay(number));
  return numbers;
}

/** Waits until every order has taken what was said of it. */
async function told(knex: Knex, { numbers }: Sent): Promise<void> {
  for (;;) {
    const found = await knex('partner_inbox')
      .whereIn('order_number', [...numbers])
      .where({ status: 'done' })
      .count('* as count');
    if (Number(found[0]?.count) === numbers.length) return;
    await pause(100);
  }
}

/** From a message's row to its event's commit, as seen by the inbox that was answered: both by the clock of PostgreSQL. */
async function latency(knex: Knex, { numbers }: Sent): Promise<string> {
  const rows = (await knex('partner_inbox')
    .whereIn('order_number', [...numbers])
    .select(knex.raw(`1000 * extract(epoch from settled_at - received_at) as ms`))) as {
    ms: string;
  }[];
  const all = rows.map(({ ms }) => Number(ms));
  const [p50, p95] = [percentile(all, 0.5), percentile(all, 0.95)];
  return `p50 ${Math.round(p50)} ms, p95 ${Math.round(p95)} ms`;
}
