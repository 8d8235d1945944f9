import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDigitalDeliverer } from '../../activities/digital/deliverer';
import { createFolderProvider } from '../../activities/digital/folder-provider';
import { createEffectDeliverer } from '../../activities/effects/deliverer';
import { createSignedTokens } from '../../db/secrets/signed-tokens';
import { startPartner, type Partner } from '../../examples/partner/partner';
import type { Letter } from '../../examples/partner/wire';
import licences from '../../examples/shops/digital/shop.effects';
import dropship from '../../examples/shops/dropship/shop';
import digital from '../../examples/shops/digital/shop';
import manual from '../../examples/shops/manual/shop';
import type { EffectCodes } from '../../machines/calls/code';
import { readStory, tell } from '../../scripts/demo/story';
import { drawnAsSvg } from '../../scripts/shop-check/svg';
import { loadEffects } from '../../shop-file';
import { root } from '../docs/markdown';
import { eventually } from '../support/eventually';
import { startSystem, type System } from '../support/system';
import { testVault } from '../support/vault';

const shops = { manual, dropship, digital };

/** A partner that takes letters and does nothing: people say for it what it says by telephone. */
async function quietPartner(system: System, code: string): Promise<Partner> {
  const register = (url: string) =>
    system.put(`/v1/partners/${code}`, { name: code, transport: { kind: 'http', url } });
  const { body } = await register('https://not-yet-known.example');
  const partner = await startPartner({ code, secrets: [body.secret], manners: { deaf: true } });
  await register(`${partner.url}/letters`);
  return partner;
}

describe.each(Object.keys(shops) as (keyof typeof shops)[])('examples/shops/%s', (name) => {
  const home = join(root, 'examples/shops', name);
  let system: System;
  let folder: string;
  let partners: Partner[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'conveyor-fonts-'));
    await writeFile(join(folder, 'FONT-SERIF.otf'), 'a font');
    const codes: Record<string, EffectCodes> = {
      manual: {},
      dropship: {},
      digital: licences,
    };
    const code = codes[name] ?? {};
    system = await startSystem({
      shop: join(home, 'shop.ts'),
      downloadsDir: folder,
      letters: { exchangeDir: folder },
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
    if (name === 'dropship') {
      partners = [await quietPartner(system, 'lumen'), await quietPartner(system, 'oak')];
    }
  });
  afterAll(async () => {
    await system.stop();
    await Promise.all(partners.map((partner) => partner.stop()));
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
    it('told each partner of its own lines, once for each order, and of what is called off', async () => {
      const told = ({ book }: Partner) =>
        [...book.told.values()].map(({ letter }) => {
          const { type, lines } = letter as Letter;
          return `${type} ${lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ')}`;
        });
      const [lumen, oak] = partners as [Partner, Partner];
      await eventually(
        () => Promise.resolve(told(oak)),
        ({ length }) => length === 3,
      );
      expect(told(lumen)).toEqual(['order 2 L-77', 'order 2 L-77']);
      expect(told(oak).sort()).toEqual(['cancellation 1 OAK-C', 'order 1 OAK-C', 'order 1 OAK-C']);
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
