import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { raiseHouseTask } from '../../db/tasks/house';
import { look, settled, startBrowsedSystem, type BrowsedSystem } from '../support/browser';

let shop: BrowsedSystem;
let number: string;
beforeAll(async () => {
  shop = await startBrowsedSystem();
  ({ number } = await shop.system.placed());
  await shop.system.put('/v1/stock/PEN', { inStock: 2, lowStockThreshold: 5 });
});
afterAll(() => shop.stop());

const stockOf = async (sku: string) => (await shop.system.get(`/v1/stock/${sku}`)).body;

describe('the stock pages', () => {
  it('have a shelf counted on a phone, and say the difference before it is saved', async () => {
    const { page, complaints } = await shop.visitor({ isOnPhone: true });
    await page.goto('/stock/PEN');
    await page.getByRole('button', { name: 'Count' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Units on the shelf').fill('9');
    expect(await dialog.getByRole('status').first().textContent()).toContain('Difference+7');
    expect((await stockOf('PEN')).inStock).toBe(2);
    await dialog.getByRole('button', { name: 'Save the count' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await stockOf('PEN')).inStock).toBe(9);
    expect(complaints).toEqual([]);
  });

  it('say why a record that orders hold cannot be removed', async () => {
    const { page } = await shop.visitor();
    await page.goto('/stock/MUG-1');
    await page.getByRole('button', { name: 'More for Main' }).click();
    await page.getByRole('menuitem', { name: 'Remove the record' }).click();
    await page.getByRole('button', { name: 'Remove the record' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Orders hold 3 of MUG-1');
  });

  it('are for viewers to read, and say so', async () => {
    const { page } = await shop.visitor({ as: await shop.system.keyOf('viewer') });
    await page.goto('/stock/MUG-1');
    await page.getByRole('button', { name: 'Count', disabled: true }).focus();
    expect(await page.getByRole('tooltip').textContent()).toContain('may look, but not change');
  });

  it('look well', async () => {
    const { page } = await shop.visitor();
    for (const [path, name] of [
      ['/stock', 'stock'],
      ['/stock?tab=locations', 'stock-locations'],
      ['/stock/MUG-1', 'stock-record'],
    ] as const) {
      await page.goto(path);
      await settled(page);
      expect(await look(page, name)).toEqual([]);
    }
  });
});

describe('the page of what needs attention', () => {
  it('has a task of the house resolved with a note, and says that nothing is left', async () => {
    const { knex } = shop.system.database;
    const about = { reason: 'feed-failing', about: 'partner acme' } as const;
    await raiseHouseTask(knex, { ...about, text: 'Its feed answers 500.' });
    const { page, complaints } = await shop.visitor();
    await page.goto('/tasks');
    await settled(page);
    expect(await look(page, 'tasks')).toEqual([]);
    await page.getByRole('button', { name: 'Mark as resolved' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What was done').fill('Called them.');
    await dialog.getByRole('button', { name: 'Mark as resolved' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.goto('/tasks?state=closed');
    await page.getByText('Called them.').waitFor();
    await page.goto('/tasks');
    await page.getByRole('heading', { name: 'Nothing needs you' }).waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('the messages page', () => {
  it('lists what waits, with the order it is of', async () => {
    const { page, complaints } = await shop.visitor();
    await page.goto('/messages');
    await page.getByRole('tab', { name: 'Waiting' }).click();
    await page.getByRole('link', { name: number }).waitFor();
    expect(await look(page, 'messages')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
