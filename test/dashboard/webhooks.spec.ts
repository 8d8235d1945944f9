import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPoster } from '../../activities/sending/post';
import { createWebhookDeliverer } from '../../activities/webhooks/deliverer';
import { look, startBrowsedSystem, type BrowsedSystem } from '../support/browser';
import { isSigned, startReceiver, type Receiver } from '../support/receiver';
import { testVault } from '../support/vault';

describe('the webhooks’ pages', () => {
  let shop: BrowsedSystem;
  let erp: Receiver;
  beforeAll(async () => {
    const post = createPoster({ allowed: ['127.0.0.1'], timeoutMs: 2_000 });
    shop = await startBrowsedSystem({
      deliverers: (knex) => ({ webhook: createWebhookDeliverer({ knex, vault: testVault, post }) }),
    });
    erp = await startReceiver();
  });
  afterAll(async () => {
    await shop.stop();
    erp.stop();
  });

  it('make an endpoint whose secret signs what it is then sent', async () => {
    const { page, complaints } = await shop.visitor();
    await page.goto('/webhooks');
    await page.getByRole('heading', { name: 'Nobody is told yet' }).waitFor();
    await page.getByRole('button', { name: 'Add an endpoint' }).click();
    const form = page.getByRole('dialog', { name: 'Add an endpoint' });
    await form.getByLabel('Address').fill(erp.url);
    await form.getByPlaceholder('Search').fill('held');
    await form.getByRole('checkbox', { name: 'order.held' }).check();
    expect(await look(page, 'webhook-form')).toEqual([]);
    await form.getByRole('button', { name: 'Add the endpoint' }).click();
    const shown = page.getByRole('dialog', { name: /^The secret of/ });
    const secret = (await shown.getByText(/^whsec_/).textContent()) ?? '';
    await shown.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('link', { name: erp.url }).click();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByRole('button', { name: 'ping' }).waitFor();
    await page.getByRole('cell', { name: 'Delivered' }).waitFor();
    expect(erp.arrivals.map((arrival) => isSigned(secret, arrival))).toEqual([true]);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Somebody paused it.').waitFor();
    expect(await look(page, 'webhook')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('show what was answered, and send a range again that is counted before', async () => {
    const { body } = await shop.system.post('/v1/webhooks', { url: erp.url });
    erp.answer(() => ({ status: 500, body: 'The ERP is down' }));
    await shop.system.post(`/v1/webhooks/${body.id}/test`, undefined, {
      headers: { 'idempotency-key': randomUUID() },
    });
    const { page, complaints } = await shop.visitor();
    await page.goto(`/webhooks/${body.id}`);
    await page.getByRole('button', { name: 'ping' }).click();
    const delivery = page.getByRole('dialog', { name: 'Delivery' });
    await delivery.getByText('The ERP is down').waitFor();
    expect(await look(page, 'webhook-delivery')).toEqual([]);
    erp.isWell();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Send a range again' }).click();
    const range = page.getByRole('dialog', { name: 'Send a range again' });
    await range.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Failed' }).click();
    await page.keyboard.press('Escape');
    await range.getByText('1 delivery of these.').waitFor();
    expect(await look(page, 'webhook-range')).toEqual([]);
    await range.getByRole('button', { name: 'Send 1 delivery again' }).click();
    await page.getByRole('cell', { name: 'Delivered' }).waitFor();
    await page.goto('/webhooks');
    await page.getByRole('link', { name: erp.url }).first().waitFor();
    expect(await look(page, 'webhooks')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
