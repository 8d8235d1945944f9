import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { look, settled, startBrowsedSystem, type BrowsedSystem } from '../support/browser';

let shop: BrowsedSystem;
beforeAll(async () => {
  shop = await startBrowsedSystem();
});
afterAll(() => shop.stop());

describe('the dashboard', () => {
  it('is served at the root, and at each of its addresses', async () => {
    const { page, complaints } = await shop.visitor();
    await page.goto('/');
    await page.waitForURL('**/orders');
    await page.goto('/tasks');
    await settled(page);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Needs attention');
    expect(complaints).toEqual([]);
  });

  it('says so where there is no such page', async () => {
    const { page } = await shop.visitor();
    await page.goto('/nowhere');
    expect(await page.getByRole('alert').textContent()).toContain('There is no such page.');
    expect(await look(page, 'no-such-page')).toEqual([]);
  });
});
