import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { listen } from '../../scripts/partner-check/listening';
import { written } from '../../scripts/partner-check/report';
import { checkPartner } from '../../scripts/partner-check/run';
import { blocksOf, root } from '../docs/markdown';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { aLine, startSystem, type System } from '../support/system';
import { samplesHere, startSample } from './running-samples';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

let system: System;
beforeAll(async () => {
  const shop = join(root, 'examples/shops/dropship/shop.ts');
  system = await startSystem({ shop, letters: { exchangeDir: '/nowhere' }, inboxes: 1 });
});
afterAll(() => system.stop());

describe.each(samplesHere)('the sample $file', (sample) => {
  it('is in docs/partners.md as it is', () => {
    const shown = blocksOf('docs/partners.md').find(
      ({ language, words }) => language === sample.language && words[0] === 'sample',
    );
    const file = join(root, 'examples/partner-samples', sample.file);
    expect(shown?.text).toBe(readFileSync(file, 'utf8').trimEnd());
  });

  it('keeps every rule of the check', async () => {
    const secret = `whsec_${Buffer.from('a secret of both, of some length').toString('base64')}`;
    const ear = await listen('http://127.0.0.1:0/callbacks', secret);
    stops.push(() => ear.close());
    const port = await freePort();
    const running = await startSample(sample, { port, secret, callbacks: ear.url });
    stops.push(() => running.stop());
    const { url, data } = running;
    const whom = { url, secret, answerMs: 10_000, partner: 'acme', skus: ['A-1', 'B-2'] };
    const report = await checkPartner({ ...whom, patienceMs: 30_000 }, ear);
    expect(written(report)).toContain(' kept, 0 broken, 0 not tried.');
    expect(readdirSync(join(data, 'to-say'))).toEqual([]);
    expect(readdirSync(join(data, 'said'))).not.toEqual([]);
    expect(readdirSync(join(data, 'refused'))).toEqual([]);
  });

  it('sends an order of the shop, from its letter to the money', async () => {
    const port = await freePort();
    const code = `acme-${randomInt(1e6)}`;
    const transport = { kind: 'http', url: `http://127.0.0.1:${port}/` };
    const { body } = await system.put(`/v1/partners/${code}`, { name: 'Acme', transport });
    const callbacks = `${system.url}/v1/partners/${code}/callbacks`;
    const running = await startSample(sample, { port, secret: body.secret, callbacks });
    stops.push(() => running.stop());
    const { number } = await system.placed({ lines: [aLine({ partner: code })] });
    const order = await eventually(
      async () => (await system.get(`/v1/orders/${number}`)).body,
      ({ status, payment }) => status === 'Delivered' && payment.status === 'paid',
      40_000,
    );
    expect(order).toMatchObject({
      handOvers: [{ partner: code, stage: 'fulfilled' }],
      shipments: [{ lines: [{ id: 'A', quantity: 3 }], tracking: { carrier: 'Royal Mail' } }],
    });
  });
});
