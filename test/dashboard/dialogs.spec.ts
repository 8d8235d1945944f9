import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, startBrowsedSystem, type BrowsedSystem } from '../support/browser';
import { aPlacement } from '../support/placements';

let shop: BrowsedSystem;
beforeAll(async () => {
  shop = await startBrowsedSystem();
});
afterAll(() => shop.stop());

async function call(path: string, method = 'GET', body?: object) {
  const { url, adminKey } = shop.system;
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const answer = await fetch(url + path, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as { number: string; version: number; events: { type: string }[] };
}

async function anOrder(page: Page): Promise<string> {
  const { lines } = aPlacement();
  for (const { sku } of lines) await call(`/v1/stock/${sku}`, 'PUT', { inStock: 1_000 });
  const { number } = await call('/v1/orders', 'POST', {
    currency: 'GBP',
    customer: { email: 'ada@example.com', name: 'Ada Buyer' },
    lines: [
      {
        id: 'A',
        sku: lines[0]?.sku,
        title: 'Mug',
        quantity: 3,
        unitPrice: { exclTax: 1000, inclTax: 1200 },
      },
    ],
    total: { exclTax: 3000, inclTax: 3600 },
    payments: [{ gateway: 'sandbox', method: 'card', token: 'tok_ok' }],
  });
  await page.goto(`/orders/${number}`);
  return number;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const inDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true });

describe('the dialogs of an order', () => {
  it('take payment and mark as shipped, each saying before what will happen', async () => {
    const { page, complaints } = await shop.visitor();
    await anOrder(page);
    await button(page, 'Take payment').click();
    await page.getByRole('dialog').getByText('becomes').first().waitFor({ state: 'attached' });
    expect(await look(page, 'take-payment')).toEqual([]);
    await inDialog(page, 'Take payment').click();
    await button(page, 'Mark as shipped').click();
    await page.getByLabel('Tracking number').fill('1Z999');
    expect(await look(page, 'mark-as-shipped')).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Mark as shipped: done').waitFor();
    expect(complaints).toEqual([]);
  });

  it('are one command for a double click', async () => {
    const { page } = await shop.visitor();
    const number = await anOrder(page);
    await button(page, 'Hold').click();
    await page.getByLabel('Reason').fill('Fraud?');
    await inDialog(page, 'Hold').dblclick();
    await button(page, 'Release the hold').waitFor();
    const { events } = await call(`/v1/orders/${number}/events`);
    expect(events.filter(({ type }) => type === 'hold')).toHaveLength(1);
  });

  it('say what changed meanwhile, keep what was typed, and do no harm', async () => {
    const { page } = await shop.visitor();
    const number = await anOrder(page);
    await button(page, 'Cancel').click();
    await page.getByLabel('Reason').fill('She changed her mind');
    await call(`/v1/orders/${number}/commands`, 'POST', { type: 'take-payment' });
    await page.getByText('The order has changed meanwhile').waitFor();
    await inDialog(page, 'Look again').click();
    expect(await page.getByLabel('Reason').inputValue()).toBe('She changed her mind');
    await page.keyboard.press('Escape');
    await page.getByText('Throw away what you typed?').waitFor();
    const { events } = await call(`/v1/orders/${number}/events`);
    expect(events.filter(({ type }) => type === 'cancel')).toHaveLength(0);
  });
});
