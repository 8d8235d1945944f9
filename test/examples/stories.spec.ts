import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDigitalDeliverer } from '../../activities/digital/deliverer';
import { createFolderProvider } from '../../activities/digital/folder-provider';
import { createEffectDeliverer } from '../../activities/effects/deliverer';
import { createSignedTokens } from '../../db/secrets/signed-tokens';
import { callingAt } from '../../examples/shops/dropship/calling';
import licences from '../../examples/shops/digital/shop.effects';
import dropship from '../../examples/shops/dropship/shop';
import digital from '../../examples/shops/digital/shop';
import manual from '../../examples/shops/manual/shop';
import type { EffectCodes } from '../../machines/calls/code';
import { readStory, tell } from '../../scripts/demo/story';
import { drawnAsSvg } from '../../scripts/shop-check/svg';
import { loadEffects } from '../../shop-file';
import { root } from '../docs/markdown';
import { startSystem, type System } from '../support/system';
import { testVault } from '../support/vault';

const shops = { manual, dropship, digital };

/** A partner's own service, which remembers what it was told and under which key. */
async function startPartner() {
  const told: { key: unknown; body: { does: string; lines: { sku: string }[] } }[] = [];
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += String(part)));
    request.on('end', () => {
      told.push({ key: request.headers['idempotency-key'], body: JSON.parse(text) });
      response.end('{}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { told, server, url: `http://127.0.0.1:${port}/orders` };
}

describe.each(Object.keys(shops) as (keyof typeof shops)[])('examples/shops/%s', (name) => {
  const home = join(root, 'examples/shops', name);
  let system: System;
  let folder: string;
  let lumen: Awaited<ReturnType<typeof startPartner>>;
  let oak: Awaited<ReturnType<typeof startPartner>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'conveyor-fonts-'));
    await writeFile(join(folder, 'FONT-SERIF.otf'), 'a font');
    [lumen, oak] = [await startPartner(), await startPartner()];
    const codes: Record<string, EffectCodes> = {
      manual: {},
      dropship: callingAt({ lumen: lumen.url, oak: oak.url }),
      digital: licences,
    };
    const code = codes[name] ?? {};
    system = await startSystem({
      shop: join(home, 'shop.ts'),
      downloadsDir: folder,
      deliverers: (knex) => {
        const tokens = createSignedTokens(knex, testVault);
        const provider = createFolderProvider({
          folder,
          tokens,
          publicUrl: 'https://shop.example',
        });
        return {
          effect: createEffectDeliverer({ knex, code, log: () => undefined }),
          digital: createDigitalDeliverer({ knex, provider }),
        };
      },
    });
  });
  afterAll(async () => {
    await system.stop();
    await Promise.all([lumen, oak].map(({ server }) => new Promise((end) => server.close(end))));
    await rm(folder, { recursive: true });
  });

  it.each(readdirSync(join(home, 'orders')))(
    'tells %s on Temporal and PostgreSQL',
    async (file) => {
      const story = readStory(join(home, 'orders', file));
      const told: string[] = [];
      const order = await tell({ api: system.url, key: system.adminKey }, story, (text) => {
        told.push(text);
      });
      const { ends } = story;
      const end = order && {
        status: order.status,
        payment: order.payment.status,
        shipping: order.shipping.summary,
      };
      expect(end ?? ends).toEqual(ends);
      expect(told.join('\n')).toContain(story.title);
    },
  );

  if (name === 'dropship') {
    it('told each partner of its own lines, once for each order', () => {
      const orders = lumen.told.filter(({ body }) => body.does === 'order');
      expect(orders.map(({ body }) => body.lines.map(({ sku }) => sku))).toEqual([
        ['L-77'],
        ['L-77'],
      ]);
      expect(new Set(orders.map(({ key }) => key)).size).toBe(2);
      expect(oak.told.map(({ body }) => body.lines.map(({ sku }) => sku))).toEqual([
        ['OAK-C'],
        ['OAK-C'],
      ]);
    });
  }

  it('has code for every effect that it declares', async () => {
    const code = await loadEffects(join(home, 'shop.ts'));
    const declared = shops[name].effects ?? {};
    expect(Object.keys(code).sort()).toEqual(Object.keys(declared).sort());
  });

  it('has its picture drawn from its table', async () => {
    // `npm run shop:check -- examples/shops/<name>/shop.ts --svg examples/shops/<name>/pipelines.svg`
    const picture = readFileSync(join(home, 'pipelines.svg'), 'utf8');
    expect(picture).toBe(await drawnAsSvg(shops[name]));
  });
});
