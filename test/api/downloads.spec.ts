import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDigitalDeliverer } from '../../activities/digital/deliverer';
import { createFolderProvider } from '../../activities/digital/folder-provider';
import { createSignedTokens } from '../../db/secrets/signed-tokens';
import { eventually } from '../support/eventually';
import { aLine, startSystem, type Reply, type System } from '../support/system';
import { testVault } from '../support/vault';

describe('digital lines', () => {
  let system: System;
  let folder: string;
  let now = Date.now();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'conveyor-downloads-'));
    await writeFile(join(folder, 'EBOOK.pdf'), 'once upon a time');
    system = await startSystem({
      downloadsDir: folder,
      deliverers: (knex) => {
        const tokens = createSignedTokens(knex, testVault);
        const setting = { folder, tokens, publicUrl: 'https://shop.example', now: () => now };
        const provider = createFolderProvider(setting);
        return { digital: createDigitalDeliverer({ knex, provider }) };
      },
    });
  });
  afterAll(async () => {
    await system.stop();
    await rm(folder, { recursive: true });
  });

  const digital = (sku: string) =>
    aLine({ id: 'E', sku, title: 'E-book', quantity: 1, kind: 'digital', trackStock: false });
  const bought = async (...lines: ReturnType<typeof aLine>[]): Promise<string> => {
    const { number } = await system.placed({ lines });
    await system.command(number, { type: 'take-payment' });
    return number as string;
  };
  const order = async (number: string): Promise<Reply['body']> =>
    (await system.get(`/v1/orders/${number}`)).body;
  const fetched = (url: string) => fetch(url.replace('https://shop.example', system.url));
  const linkOf = async (number: string, but = ''): Promise<string> => {
    const isThere = ({ downloads }: { downloads: { url: string }[] }) =>
      downloads.length === 1 && downloads[0]?.url !== but;
    const { downloads } = await eventually(() => order(number), isThere);
    return downloads[0]?.url ?? '';
  };

  it('are delivered at once, by a link to their file, and complete the order', async () => {
    const number = await bought(digital('EBOOK'));
    const file = await fetched(await linkOf(number));
    expect(file.status).toBe(200);
    expect(await file.text()).toBe('once upon a time');
    expect(file.headers.get('content-disposition')).toContain('filename="EBOOK.pdf"');
    expect(await order(number)).toMatchObject({
      status: 'Complete',
      lines: [{ quantities: { downloaded: 1 }, status: 'Shipped' }],
      shipments: [{ event: 'Downloaded' }],
    });
    const rows = await system.database.knex('outbox').where({ order_number: number });
    expect(rows.map(({ kind }) => kind as string).sort()).toEqual([
      ...['Downloaded', 'downloads-ready', 'order-placed'],
    ]);
  });

  it('leave the parcels of a mixed order to be shipped', async () => {
    const number = await bought(aLine(), digital('EBOOK'));
    await linkOf(number);
    expect(await order(number)).toMatchObject({ status: 'Being processed' });
    const event = { type: 'record-shipping-event', event: 'Shipped' };
    expect((await system.command(number, event)).body.order.status).toBe('Complete');
  });

  it('wait for people when their file is missing, and are delivered when asked once more', async () => {
    const number = await bought(digital('ATLAS'));
    const { attention } = await eventually(
      () => order(number),
      ({ needsAttention }) => needsAttention as boolean,
    );
    expect(attention).toMatchObject([{ reason: 'digital-failed' }]);
    await writeFile(join(folder, 'ATLAS.zip'), 'maps');
    expect((await system.command(number, { type: 'send-downloads' })).status).toBe(200);
    expect(await (await fetched(await linkOf(number))).text()).toBe('maps');
    expect(await order(number)).toMatchObject({ status: 'Complete', needsAttention: false });
  });

  it('have links that expire, and get new ones from the staff', async () => {
    now = Date.now() - 40 * 24 * 60 * 60 * 1000;
    const number = await bought(digital('EBOOK'));
    const old = await linkOf(number);
    now = Date.now();
    const gone = await fetched(old);
    expect(gone.status).toBe(410);
    expect(await gone.json()).toMatchObject({ code: 'link-expired' });
    await system.command(number, { type: 'send-downloads' });
    expect((await fetched(await linkOf(number, old))).status).toBe(200);
    expect((await order(number)).shipments).toHaveLength(1);
  });

  it('are nowhere for a link that was not made here, for a file that is gone, and for units that came back', async () => {
    const number = await bought(digital('EBOOK'));
    const link = await linkOf(number);
    const wrong = await fetched(`${link}x`);
    expect(wrong.status).toBe(404);
    const body: unknown = await wrong.json();
    expect(body).toMatchObject({ detail: 'There is nothing at this address.' });
    const tokens = createSignedTokens(system.database.knex, testVault);
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    for (const subject of [
      JSON.stringify([number, 'E', '../../etc/passwd']),
      JSON.stringify([number, 'E', 'EBOOK']),
      JSON.stringify([number, 'Z', 'EBOOK.pdf']),
      JSON.stringify(['nobody', 'E', 'EBOOK.pdf']),
    ]) {
      const token = await tokens.sign({ purpose: 'download', subject, expiresAt });
      expect((await fetched(`https://shop.example/v1/downloads/${token}`)).status).toBe(404);
    }
  });
});
