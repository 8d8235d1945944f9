import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { look, settled, startBrowsedSystem, type BrowsedSystem } from '../support/browser';

let shop: BrowsedSystem;
beforeAll(async () => {
  shop = await startBrowsedSystem();
});
afterAll(() => shop.stop());

describe('the list of orders', () => {
  it('says how to begin where there is none, and shows the first order when it is asked for', async () => {
    const { page, complaints } = await shop.visitor();
    await page.goto('/orders');
    await page.getByRole('heading', { name: 'No orders yet' }).waitFor();
    expect(await look(page, 'orders-none')).toEqual([]);
    const { number } = await shop.system.placed();
    await page.getByRole('link', { name: number }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('does not move what is shown when an order comes in, but offers it', async () => {
    const { page } = await shop.visitor();
    await page.goto('/orders');
    await page.getByRole('row').nth(1).waitFor();
    const { number } = await shop.system.placed();
    const offer = page.getByRole('button', { name: 'Show 1 new order' });
    await offer.waitFor();
    expect(await page.getByRole('link', { name: number }).count()).toBe(0);
    await offer.click();
    await page.getByRole('link', { name: number }).waitFor();
  });

  it('keeps its filter in the address, and takes it away again', async () => {
    const { number } = await shop.system.placed();
    await shop.system.command(number, { type: 'hold', reason: 'Fraud?' });
    const { page, complaints } = await shop.visitor();
    await page.goto('/orders');
    await page.getByRole('tab', { name: /On hold/ }).click();
    await page.waitForURL(/hold=/);
    await settled(page);
    expect(await page.getByRole('row').count()).toBe(2);
    await page.reload();
    await page.getByRole('link', { name: number }).waitFor();
    expect(await look(page, 'orders')).toEqual([]);
    await page.getByRole('button', { name: 'Take away the filter On hold' }).click();
    await page.waitForURL((url) => !url.search.includes('hold'));
    expect(complaints).toEqual([]);
  });

  it('previews a command for those selected, and tells what became of it at each', async () => {
    const { page, complaints } = await shop.visitor();
    await page.goto('/orders');
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await page.getByRole('button', { name: 'Do', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Add a note' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Note').fill('Recalled.');
    await dialog.getByText(/3 can/).waitFor();
    await dialog.getByRole('button', { name: /^Add a note/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Add a note: 3 orders' }).waitFor();
    await page.getByText('3 done').waitFor();
    expect(await look(page, 'batch')).toEqual([]);
    await page.goto('/batches');
    await page.getByRole('link', { name: 'Add a note' }).waitFor();
    expect(await look(page, 'batches')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
