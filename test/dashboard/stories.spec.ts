import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { settled, startBrowsedSystem, type BrowsedSystem, type Visitor } from '../support/browser';
import { aLine, anOrder } from '../support/system';

let shop: BrowsedSystem;
beforeAll(async () => {
  shop = await startBrowsedSystem();
});
afterAll(() => shop.stop());

/** Two mugs and a pot by card, so that two parcels can be made of it. */
async function placed(): Promise<string> {
  const pot = { id: 'B', sku: 'POT-1', title: 'Pot', quantity: 1 };
  const lines = [aLine({ quantity: 2 }), aLine(pot)];
  const order = anOrder({ lines });
  for (const { sku } of lines) await shop.system.put(`/v1/stock/${sku}`, { inStock: 100 });
  const { body } = await shop.system.post('/v1/orders', order);
  return body.number;
}

const orderOf = async (number: string) => (await shop.system.get(`/v1/orders/${number}`)).body;

const main = (page: Page) => page.getByRole('main');
const button = (page: Page, name: string | RegExp) =>
  main(page).getByRole('button', { name, exact: true }).first();
const dialog = (page: Page) => page.getByRole('dialog');

/** Sends what the open dialog is for, and waits until it has gone. */
async function send(page: Page, name: string): Promise<void> {
  await dialog(page).getByRole('button', { name, exact: true }).click();
  await dialog(page).waitFor({ state: 'detached' });
}

/** Opens a command of the menu beside the buttons. */
async function choose(page: Page, name: string): Promise<void> {
  const shown = button(page, name);
  if (await shown.isVisible()) return shown.click();
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name }).first().click();
}

describe("the manual shop's day, by mouse", () => {
  it('an order is paid, sent in two parcels, and a part of it is given back', async () => {
    const number = await placed();
    const { page, complaints } = await shop.visitor();
    await page.goto('/orders');
    await page.getByRole('link', { name: number }).click();
    await button(page, 'Take payment').click();
    await send(page, 'Take payment');

    await button(page, 'Mark as shipped').click();
    const pot = dialog(page).getByRole('textbox', { name: /Pot/ });
    await pot.fill('0');
    await dialog(page).getByLabel('Tracking number').fill('RM123456785GB');
    await send(page, 'Mark as shipped');
    await main(page).getByText('RM123456785GB').first().waitFor();
    expect(await orderOf(number)).toMatchObject({ shipping: { summary: '2 of 3 Shipped' } });

    await button(page, 'Mark as shipped').click();
    await send(page, 'Mark as shipped');
    await main(page).getByText('Complete').first().waitFor();

    await choose(page, 'Refund');
    await dialog(page).getByLabel('Reason').fill('One mug was chipped');
    await dialog(page).getByText('An amount', { exact: true }).click();
    await dialog(page)
      .getByRole('textbox', { name: /Amount/ })
      .fill('5.00');
    await send(page, 'Refund');
    await main(page).getByText('partly refunded').first().waitFor();
    expect(await orderOf(number)).toMatchObject({
      status: 'Complete',
      payment: { captured: 4100, refunded: 500 },
    });
    expect(complaints).toEqual([]);
  });

  it('an order is held, let go, and called off: nothing is taken, and the stock is free', async () => {
    const number = await placed();
    const { page, complaints } = await shop.visitor();
    await page.goto(`/orders/${number}`);
    await choose(page, 'Hold');
    await dialog(page).getByLabel('Reason').fill('Is the address right?');
    await send(page, 'Hold');
    await main(page).getByText('Is the address right?').first().waitFor();
    await choose(page, 'Release the hold');
    await send(page, 'Release the hold');
    await choose(page, 'Cancel');
    await dialog(page).getByLabel('Reason').fill('She called us');
    await send(page, 'Cancel');
    await main(page).getByText('Cancelled').first().waitFor();
    expect(await orderOf(number)).toMatchObject({
      status: 'Cancelled',
      payment: { captured: 0, voided: 4100 },
    });
    expect(complaints).toEqual([]);
  });
});

describe("the manual shop's day, by keyboard alone", () => {
  /** Goes on with Tab until what is named has the focus. */
  async function tabTo(page: Page, name: string): Promise<void> {
    for (let tries = 0; tries < 120; tries += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate<string>(
        `(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim()`,
      );
      if (focused === name) return;
    }
    throw new Error(`Tab does not reach ${name}.`);
  }

  async function press(page: Page, name: string): Promise<void> {
    await tabTo(page, name);
    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
  }

  /** Ctrl+Enter, once the dialog has said what will happen. */
  async function submit({ page }: Visitor, name: string): Promise<void> {
    await dialog(page).locator(`button:not([disabled]):has-text("${name}")`).first().waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor({ state: 'detached' });
  }

  it('an order is found, paid, sent and complete', async () => {
    const number = await placed();
    const visitor = await shop.visitor();
    const { page, complaints } = visitor;
    await page.goto('/tasks');
    await settled(page);
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(number);
    await page.getByRole('row').nth(1).getByText(number).waitFor();
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `Order ${number}` }).waitFor();
    await press(page, 'Take payment');
    await submit(visitor, 'Take payment');
    await button(page, 'Mark as shipped').waitFor();
    await press(page, 'Mark as shipped');
    await submit(visitor, 'Mark as shipped');
    await main(page).getByText('Complete').first().waitFor();
    expect(await orderOf(number)).toMatchObject({ status: 'Complete' });
    expect(complaints).toEqual([]);
  });
});

describe('two people at one order', () => {
  it('see what the other does, within a moment', async () => {
    const number = await placed();
    const [ada, bob] = [await shop.visitor(), await shop.visitor()];
    await ada.page.goto(`/orders/${number}`);
    await bob.page.goto(`/orders/${number}`);
    await button(bob.page, 'Take payment').waitFor();
    await button(ada.page, 'Take payment').click();
    await send(ada.page, 'Take payment');
    await main(bob.page).getByText('Being processed').first().waitFor({ timeout: 5_000 });
    await button(bob.page, 'Mark as shipped').waitFor();
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
  });
});
