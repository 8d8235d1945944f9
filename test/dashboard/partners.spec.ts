import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPartner, type RunningPartner } from '../partners/running-partner';
import { look, startBrowsedSystem, type BrowsedSystem } from '../support/browser';

describe('the partners’ pages', () => {
  let shop: BrowsedSystem;
  let acme: RunningPartner;
  let exchangeDir: string;
  beforeAll(async () => {
    exchangeDir = await mkdtemp(path.join(os.tmpdir(), 'conveyor-exchange-'));
    acme = await startPartner();
    shop = await startBrowsedSystem({ letters: { exchangeDir } });
  });
  afterAll(async () => {
    await shop.stop();
    await acme.stop();
    await rm(exchangeDir, { recursive: true });
  });

  it('add a partner, keeping what was typed when it is refused, and show its secret once', async () => {
    const { page, complaints } = await shop.visitor();
    await page.goto('/partners');
    await page.getByRole('heading', { name: 'No partners yet' }).waitFor();
    await page.getByRole('button', { name: 'Add a partner' }).click();
    const form = page.getByRole('dialog', { name: 'Add a partner' });
    await form.getByLabel('Name').fill('Acme Warehousing');
    await form.getByLabel('Code').fill('acme');
    await form.getByRole('textbox', { name: 'Address' }).fill('ftp://acme.example');
    expect(await look(page, 'partner-form')).toEqual([]);
    await form.getByRole('button', { name: 'Add the partner' }).click();
    await form.getByText('Write an address that begins with').first().waitFor();
    expect(await form.getByLabel('Name').inputValue()).toBe('Acme Warehousing');
    await form.getByRole('textbox', { name: 'Address' }).fill(acme.url);
    await form.getByRole('button', { name: 'Add the partner' }).click();
    const secret = page.getByRole('dialog', { name: 'The secret of Acme Warehousing' });
    await secret.getByText(/^whsec_/).waitFor();
    await secret.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('link', { name: 'Acme Warehousing' }).click();
    await page.getByRole('heading', { level: 1, name: 'Acme Warehousing' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('show what a partner did not take, and send it again', async () => {
    await shop.system.put('/v1/partners/late', {
      name: 'Großhandel für Bürobedarf und Lagertechnik Müller-Lüdenscheidt GmbH & Co. KG',
      transport: { kind: 'http', url: acme.url },
    });
    acme.answers = { status: 500, body: 'Our database is away' };
    const { page, complaints } = await shop.visitor();
    await page.goto('/partners/late');
    await page.getByRole('button', { name: 'Send a test' }).click();
    const message = page.getByRole('dialog', { name: 'What the partner was told' });
    await message.getByText('Our database is away').waitFor();
    expect(await look(page, 'partner-message')).toEqual([]);
    acme.answers = { status: 200 };
    await message.getByRole('button', { name: 'Send again' }).click();
    await message.getByText('Delivered').waitFor();
    expect(await message.getByText(/^Attempt \d/).count()).toBe(2);
    await page.keyboard.press('Escape');
    expect(await look(page, 'partner')).toEqual([]);
    await page.goto('/partners');
    await page.getByRole('link', { name: 'Großhandel' }).waitFor();
    expect(await look(page, 'partners')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('let a clerk look, and say why they cannot change anything', async () => {
    await shop.system.put('/v1/partners/read', {
      ...{ name: 'Read only', transport: { kind: 'folder', path: 'read' } },
    });
    const { page } = await shop.visitor({ as: await shop.system.keyOf('clerk') });
    await page.goto('/partners');
    const add = page.getByRole('button', { name: 'Add a partner' });
    await page.locator('button[aria-disabled=true]', { hasText: 'Add a partner' }).waitFor();
    await add.focus();
    const why = page.getByText('Your role may look, but not change this.');
    await why.waitFor();
    expect(await why.isVisible()).toBe(true);
  });
});
