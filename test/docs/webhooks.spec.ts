import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { payloads } from '../../api/webhooks/payloads';
import { defaults } from '../../config';
import { webhookTypes } from '../../machines/webhooks/telling';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { startWebhooks, type Webhooks } from '../support/webhooks';
import { readCurl } from './curl';
import { blocksOf, readDocument, root } from './markdown';

const PATH = 'docs/webhooks.md';
const RECEIVER = 'examples/webhook-receiver.ts';
const text = readDocument(PATH);
const blocks = blocksOf(PATH);

describe('docs/webhooks.md', () => {
  let hooks: Webhooks;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    hooks = await startWebhooks();
  });
  afterAll(async () => {
    for (const child of children) child.kill();
    await hooks.stop();
  });

  /** The program of the page, and everything that it has said so far. */
  async function receive(secret: string, port: number): Promise<() => string> {
    let said = '';
    const child = fork(join(root, RECEIVER), {
      ...{ execArgv: ['--import', 'tsx'], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
      env: { ...process.env, SECRET: secret, PORT: String(port) },
    });
    children.push(child);
    child.stdout?.on('data', (chunk) => (said += String(chunk)));
    await eventually(
      async () => said,
      (all) => all.includes(`port ${port}`),
    );
    return () => said;
  }

  it('says what each of its requests is answered, and each is', async () => {
    const known: Record<string, string> = { API: hooks.system.url, KEY: hooks.system.adminKey };
    const port = await freePort();
    const asked = blocks.filter(
      ({ language, text: body }) => language === 'sh' && body.startsWith('curl'),
    );
    for (const block of asked) {
      if (block.text.includes('$DELIVERY')) {
        const [first] = await hooks.log(
          known.WEBHOOK ?? '',
          (all) => all[0]?.status === 'delivered',
        );
        known.DELIVERY = (first as unknown as { id: string }).id;
      }
      const here = block.text.replace('localhost:4020', `127.0.0.1:${port}`);
      if (block.text.includes('?type=ping'))
        await hooks.log(known.WEBHOOK ?? '', (all) => all[0]?.status === 'delivered');
      const { method, url, headers, body } = readCurl(here, known);
      const response = await fetch(url, { method, headers, ...(body && { body }) });
      const answer = (await response.json()) as { id: string; secret: string };
      const told = blocks[blocks.indexOf(block) + 1]?.text ?? '';
      const [, status, json = '{}'] = /^(\d{3})\n([^]*)$/.exec(told) ?? [];
      expect({ at: block.at, status: response.status, body: answer }).toMatchObject({
        ...{ at: block.at, status: Number(status) },
        body: JSON.parse(json.replace('localhost:4020', `127.0.0.1:${port}`)),
      });
      if (known.WEBHOOK === undefined) {
        known.WEBHOOK = answer.id;
        await receive(answer.secret, port);
      }
    }
    expect(asked).toHaveLength(9);
  });

  it('has a receiver that refuses strangers, and takes once what comes twice', async () => {
    const [block] = blocks.filter(({ words }) => words[0] === 'receiver');
    expect(`${block?.text}\n`).toBe(readFileSync(join(root, RECEIVER), 'utf8'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const { id, secret } = await hooks.endpoint(['order.placed'], url);
    const said = await receive(secret, port);
    const { number } = await hooks.system.placed();
    const [delivery] = await hooks.log(id, ([first]) => first?.status === 'delivered');
    const again = (delivery as unknown as { id: string }).id;
    await hooks.system.post(`/v1/webhooks/${id}/deliveries/${again}/redeliveries`);
    await hooks.log(id, ([first]) => first?.status === 'delivered' && first.attempts === 2);
    const lines = said()
      .split('\n')
      .filter((line) => line.includes(number));
    expect(lines).toEqual([`${number}: order.placed, number 1`]);
    const forged = await fetch(url, { method: 'POST', body: '{}' });
    expect(forged.status).toBe(401);
  });

  it('has each type of webhook, in the words of the API', () => {
    const rows = [...text.matchAll(/^\| `(order\.[\w-]+)` +\| (.*?) *\|$/gm)];
    expect(Object.fromEntries(rows.map(([, type, says]) => [type, says]))).toEqual(webhookTypes);
  });

  it('shows a webhook as it is sent, each of its fields explained', () => {
    const [block] = blocks.filter(({ words }) => words[0] === 'webhook');
    const shown = JSON.parse(block?.text ?? '') as { type: keyof typeof webhookTypes };
    expect(payloads[shown.type].parse(shown)).toEqual(shown);
    const [, section = ''] = text.split('\n## What arrives\n');
    const fields = [...section.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
    expect(fields.slice(0, Object.keys(shown).length)).toEqual(Object.keys(shown));
  });

  it('says how often a webhook is tried', () => {
    expect(defaults.deliveryRetries).toBe('5s,30s,2m,10m,30m,1h,2h,4h,8h,12h,24h,24h,24h');
    expect(text).toContain(
      'after 5 seconds, 30 seconds, 2, 10 and 30 minutes, 1, 2, 4, 8 and 12 hours, then daily for three days',
    );
  });
});
