import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fillOrders } from '../../scripts/million/fill';
import { startBrowsedSystem, type BrowsedSystem } from '../support/browser';

const ORDERS = 10_000;
const PAGES = 6;
const MOST_DRAWN = 200;

let shop: BrowsedSystem;
beforeAll(async () => {
  shop = await startBrowsedSystem();
  await fillOrders(shop.system.database.knex, {
    orders: ORDERS,
    until: '2026-11-23T18:00:00Z',
  });
});
afterAll(() => shop.stop());

it('a list of 10,000 orders goes on as it is scrolled, and draws only what is in sight', async () => {
  const { page, complaints } = await shop.visitor();
  await page.goto('/orders');
  await page.locator('tbody a').first().waitFor();
  const loaded = async () =>
    Number(await page.getByRole('table').getAttribute('aria-rowcount')) - 1;
  const first = await loaded();
  for (let pages = 2; pages <= PAGES; pages += 1) {
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    await page.locator(`table[aria-rowcount="${pages * first + 1}"]`).waitFor();
    expect(await page.locator('tbody tr').count()).toBeLessThan(MOST_DRAWN);
  }
  expect(PAGES * first).toBeGreaterThan(MOST_DRAWN);
  expect(complaints).toEqual([]);
});
