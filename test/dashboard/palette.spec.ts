import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { look, settled, startBrowsedSystem, type BrowsedSystem } from '../support/browser';

let shop: BrowsedSystem;
beforeAll(async () => {
  shop = await startBrowsedSystem();
});
afterAll(() => shop.stop());

describe('the palette', () => {
  it('finds an order by its number and opens it', async () => {
    const { number } = await shop.system.placed();
    await shop.system.placed();
    const { page, complaints } = await shop.visitor();
    await page.goto('/stock');
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('textbox').fill(number);
    await page.getByRole('dialog').getByRole('button', { name: number }).waitFor();
    expect(await look(page, 'palette')).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `Order ${number}` }).waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('statistics', () => {
  it('are there to read in every look', async () => {
    await shop.system.placed();
    const { page, complaints } = await shop.visitor();
    await page.goto('/statistics');
    await page.getByRole('heading', { level: 1, name: 'Statistics' }).waitFor();
    expect(await look(page, 'statistics')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
