import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, settled, startBrowsedSystem, type BrowsedSystem } from '../support/browser';
import { aLine } from '../support/system';

let shop: BrowsedSystem;
beforeAll(async () => {
  shop = await startBrowsedSystem();
});
afterAll(() => shop.stop());

const main = (page: Page) => page.getByRole('main');
const button = (page: Page, name: string) =>
  main(page).getByRole('button', { name, exact: true }).first();

/** An order whose mugs are on their way, in one parcel. */
async function shipped(): Promise<string> {
  const { number } = await shop.system.placed();
  await shop.system.command(number, { type: 'take-payment' });
  await shop.system.command(number, {
    ...{ type: 'record-shipping-event', event: 'Shipped' },
    ...{ lines: [{ id: 'A', quantity: 2 }], tracking: { number: 'RM123456785GB' } },
  });
  return number;
}

describe('the page of an order', () => {
  it('shows what somebody else did at once, says who, and keeps a half-typed note', async () => {
    const { number } = await shop.system.placed();
    const { page, complaints } = await shop.visitor();
    const other = await shop.visitor({ as: await shop.system.keyOf('clerk') });
    await page.goto(`/orders/${number}`);
    await page.getByLabel('Add a note for the staff').fill('She asked for');
    await other.page.goto(`/orders/${number}`);
    await button(other.page, 'Take payment').click();
    const send = other.page.getByRole('dialog').getByRole('button', { name: 'Take payment' });
    await send.click();
    await page.getByRole('status').getByText('A clerk: Take payment').waitFor({ timeout: 5_000 });
    await main(page).getByText('Being processed').first().waitFor({ timeout: 5_000 });
    expect(await page.getByLabel('Add a note for the staff').inputValue()).toBe('She asked for');
    await other.page.getByText('Take payment: done').waitFor();
    expect(await other.page.getByText('A clerk: Take payment').count()).toBe(0);
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('finds one line among many', async () => {
    const lines = Array.from({ length: 42 }, (_, index) =>
      aLine({ id: `L${index}`, sku: `CUP-${index}`, title: `Cup no. ${index}`, quantity: 1 }),
    );
    const { number } = await shop.system.placed({ lines });
    const { page, complaints } = await shop.visitor();
    await page.goto(`/orders/${number}`);
    await page.getByRole('heading', { name: '42 lines' }).waitFor();
    const rows = page.getByRole('table', { name: 'Not shipped yet' }).locator('tbody tr');
    expect(await rows.count()).toBe(42);
    await page.getByLabel('Search in the lines').fill('cup-37');
    await rows.nth(1).waitFor({ state: 'detached' });
    expect(await rows.innerText()).toContain('Cup no. 37');
    expect(complaints).toEqual([]);
  });

  it('writes money with the digits of its currency, and a name in its own direction', async () => {
    const { page, complaints } = await shop.visitor();
    const customer = { name: 'ليلى الحداد', email: 'layla@example.com' };
    for (const [currency, shown] of [
      ['JPY', /^JP¥4,100$/],
      ['KWD', /^KWD\s4\.100$/],
    ] as const) {
      const { number } = await shop.system.placed({ currency, customer });
      await page.goto(`/orders/${number}`);
      await page.getByRole('table', { name: 'Totals' }).getByText(shown).first().waitFor();
    }
    const name = main(page).locator(':dir(rtl)', { hasText: customer.name });
    expect(await name.count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it('looks as it should, with every movement of its money', async () => {
    const number = await shipped();
    const { page, complaints } = await shop.visitor();
    await page.goto(`/orders/${number}`);
    await page.getByText('Ledger', { exact: true }).click();
    const ledger = page.getByRole('table', { name: 'Ledger' });
    await ledger.getByRole('cell', { name: 'capture' }).waitFor();
    expect(await ledger.getByRole('row', { name: /capture .*£41\.00/ }).count()).toBe(1);
    expect(await look(page, 'order')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows the past from its timeline, in which nothing is offered', async () => {
    const number = await shipped();
    const { page, complaints } = await shop.visitor();
    await page.goto(`/orders/${number}`);
    await button(page, 'Packing slip').waitFor();
    const events = page.getByRole('button', { name: /^Show the order as it was after event/ });
    await events.first().waitFor();
    await events.nth(1).click();
    await page.getByText('This is the past').waitFor();
    await button(page, 'Packing slip').waitFor({ state: 'detached' });
    await button(page, 'More').waitFor({ state: 'detached' });
    await button(page, 'Back to now').click();
    await button(page, 'Packing slip').waitFor();
    expect(complaints).toEqual([]);
  });

  it('offers who may only look no command, but the slip all the same', async () => {
    const number = await shipped();
    await shop.system.command(number, { type: 'hold', reason: 'Fraud?' });
    const clerk = await shop.visitor({ as: await shop.system.keyOf('clerk') });
    await clerk.page.goto(`/orders/${number}`);
    await button(clerk.page, 'Release').waitFor();

    const viewer = await shop.visitor({ as: await shop.system.keyOf('viewer') });
    const actions = viewer.page.waitForResponse(/\/actions/);
    await viewer.page.goto(`/orders/${number}`);
    await actions;
    await settled(viewer.page);
    expect(await button(viewer.page, 'Release').count()).toBe(0);
    const [slip] = await Promise.all([
      viewer.context.waitForEvent('page'),
      button(viewer.page, 'Packing slip').click(),
    ]);
    await slip.getByText('Mug').first().waitFor();
    expect(viewer.complaints).toEqual([]);
  });

  it('leads back to the list as it was left', async () => {
    const { number } = await shop.system.placed();
    const { page, complaints } = await shop.visitor();
    for (const goBack of [
      () => main(page).getByRole('link', { name: 'Orders', exact: true }).click(),
      () => page.keyboard.press('u'),
    ]) {
      await page.goto(`/orders?number=${number}`);
      await main(page).getByRole('link', { name: number }).click();
      await page.getByRole('heading', { name: `Order ${number}` }).waitFor();
      await goBack();
      await page.waitForURL((url) => url.pathname === '/orders' && url.search.includes(number));
    }
    expect(complaints).toEqual([]);
  });
});
