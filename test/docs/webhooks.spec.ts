import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { receiver, type Told } from '../../examples/webhooks/receiver';
import { webhookTypes } from '../../machines/webhooks/telling';
import { eventually } from '../support/eventually';
import { startWebhooks, type Webhooks } from '../support/webhooks';
import { blocksOf, readDocument, root } from './markdown';

const PATH = 'docs/webhooks.md';

describe('docs/webhooks.md', () => {
  it('shows the example as it is', () => {
    const [shown] = blocksOf(PATH).filter(({ language }) => language === 'ts');
    const file = readFileSync(join(root, 'examples/webhooks/receiver.ts'), 'utf8');
    expect(shown?.text.trim()).toBe(file.trim());
  });

  it('has every type, in its words', () => {
    const rows = readDocument(PATH).matchAll(/^\| `(order\.[^`]+)` +\| (.*?) +\|$/gm);
    const told = Object.fromEntries([...rows].map(([, type = '', says]) => [type, says]));
    expect(told).toEqual(webhookTypes);
  });
});

describe('a receiver as the page has it', () => {
  const taken: Told[] = [];
  let isWell = true;
  let hooks: Webhooks;
  let server: Server;
  let endpoint: { readonly id: string; readonly secret: string };
  beforeAll(async () => {
    hooks = await startWebhooks();
    // The address has to be known before the secret is.
    let listener: RequestListener = () => undefined;
    server = createServer((request, response) => listener(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    endpoint = await hooks.endpoint([], `http://127.0.0.1:${port}/`);
    listener = receiver(endpoint.secret, (told) => {
      if (!isWell) return Promise.reject(new Error('It is closed for a moment.'));
      taken.push(told);
      return Promise.resolve();
    });
  });
  afterAll(async () => {
    server.close();
    await hooks.stop();
  });
  const about = (number: string) => taken.filter(({ order }) => order?.number === number);
  it('takes each webhook once, in the order of what happened', async () => {
    const { number } = await hooks.system.placed();
    await hooks.pay(number);
    const told = await eventually(
      () => Promise.resolve(about(number)),
      ({ length }) => length >= 5,
    );
    expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, index) => index + 1));
    expect(told.at(-1)).toMatchObject({ order: { status: 'Being processed' } });
  });

  it('knows what is sent again, and gets again what it could not take', async () => {
    isWell = false;
    const { number } = await hooks.system.placed();
    await hooks.log(endpoint.id, (all) => all.some(({ attempts }) => attempts > 1));
    isWell = true;
    const [first] = await eventually(
      () => Promise.resolve(about(number)),
      ({ length }) => length > 0,
    );
    const again = `/v1/webhooks/${endpoint.id}/deliveries/${first?.id}`;
    expect((await hooks.system.post(`${again}/redeliveries`)).status).toBe(202);
    const { body } = await eventually(
      () => hooks.system.get(again),
      ({ body: { status, log } }) => status === 'delivered' && log.at(-1).status === 204,
    );
    expect(body.log.at(-1)).toMatchObject({ status: 204 });
    expect(about(number).filter(({ id }) => id === first?.id)).toHaveLength(1);
  });

  it('takes nothing that somebody else has signed', async () => {
    const { port } = server.address() as AddressInfo;
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
    expect(status).toBe(401);
  });
});
