import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, startBrowsedSystem, type BrowsedSystem } from '../support/browser';
import { invited, PASSWORD } from '../support/users';

let browsed: BrowsedSystem;
beforeAll(async () => {
  browsed = await startBrowsedSystem();
});
afterAll(() => browsed.stop());

const linkOf = async () => (await browsed.system.post('/v1/sign-in-links')).body.path as string;
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const password = (page: Page) => page.getByLabel('Password', { exact: true });

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await password(page).fill(PASSWORD);
  await password(page).press('Enter');
}

describe('the door', () => {
  it('lets the first admin in by the printed link, once', async () => {
    const { page, complaints } = await browsed.visitor({ as: null });
    const link = await linkOf();
    await page.goto(link);
    expect(await look(page, 'sign-in-first')).toEqual([]);
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await password(page).fill(PASSWORD);
    await page.getByRole('button', { name: 'Begin' }).click();
    await heading(page, 'Orders').waitFor();
    await page.goto('/settings');
    await page.getByLabel('E-mail').waitFor();
    const second = await browsed.visitor({ as: null });
    await second.page.goto(link);
    await second.page.getByText('was used before').waitFor();
    await second.page.goto(await linkOf());
    await heading(second.page, 'Orders').waitFor();
    expect([...complaints, ...second.complaints]).toEqual([]);
  });

  it('asks who is there, says what is wrong, and leads on to where one was going', async () => {
    const { page, complaints } = await browsed.visitor({ as: null });
    await page.goto('/system');
    await heading(page, 'Sign in').waitFor();
    expect(await look(page, 'sign-in')).toEqual([]);
    await page.getByLabel('E-mail').fill('ada@example.com');
    await password(page).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The e-mail or the password is not right.').waitFor();
    await signIn(page, 'ada@example.com');
    await heading(page, 'System').waitFor();
    expect(await look(page, 'system')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('says when the session has ended, and leads back to the same page', async () => {
    const { page, context, complaints } = await browsed.visitor({ as: null });
    await page.goto('/settings?tab=users');
    await signIn(page, 'ada@example.com');
    await page.getByRole('button', { name: 'Invite a user' }).waitFor();
    await context.clearCookies();
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('dialog', { name: 'You have been signed out' }).waitFor();
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await signIn(page, 'ada@example.com');
    await page.getByRole('button', { name: 'Make a key' }).waitFor();
    await page.getByRole('button', { name: 'You and your settings' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading(page, 'Sign in').waitFor();
    await page.goBack();
    await heading(page, 'Sign in').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('settings', () => {
  it('invite a user, whose link lets them choose a password', async () => {
    const { page, complaints } = await browsed.visitor({ as: null });
    await page.goto('/settings?tab=users');
    await signIn(page, 'ada@example.com');
    await page.getByRole('button', { name: 'Invite a user' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Grace Hopper');
    await page.getByLabel('E-mail').fill('grace@example.com');
    await page.getByLabel('Viewer').check();
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const link = await page.getByLabel('Sign-in link').inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('row', { name: /Grace Hopper.*Invited.*Viewer/ }).waitFor();
    expect(await look(page, 'settings-users')).toEqual([]);

    const grace = await browsed.visitor({ as: null });
    await grace.page.goto(link);
    await password(grace.page).fill('short');
    await grace.page.getByRole('button', { name: 'Save and sign in' }).click();
    await password(grace.page).fill(PASSWORD);
    await grace.page.getByRole('button', { name: 'Save and sign in' }).click();
    await heading(grace.page, 'Orders').waitFor();
    // A viewer manages nobody but herself.
    await grace.page.goto('/settings?tab=users');
    await grace.page.getByRole('heading', { name: 'Your password' }).waitFor();
    expect(await grace.page.getByRole('tab').allInnerTexts()).toEqual(['You']);
    expect(await look(grace.page, 'settings-you')).toEqual([]);
    expect([...complaints, ...grace.complaints]).toEqual([]);
  });

  it('keep the last admin, and say why', async () => {
    const { page } = await browsed.visitor({ as: null });
    await page.goto('/settings?tab=users');
    await signIn(page, 'ada@example.com');
    await page.getByRole('button', { name: 'Actions for Ada Lovelace' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByText('This is the last admin').waitFor();
    expect(await page.getByText('Disabled').count()).toBe(0);
  });

  it('show a key once, and end it when asked twice', async () => {
    const { page, complaints } = await browsed.visitor({ as: null });
    await page.goto('/settings?tab=keys');
    await signIn(page, 'ada@example.com');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Shop window');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = await page.getByLabel('Key', { exact: true }).inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    expect((await browsed.system.get('/v1/me', { as: key })).body.name).toBe('Shop window');
    expect(await look(page, 'settings-keys')).toEqual([]);
    await page.getByRole('button', { name: 'Revoke Shop window' }).click();
    await page.getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByText('opens nothing any more').waitFor();
    expect((await browsed.system.get('/v1/me', { as: key })).status).toBe(401);
    expect(complaints).toEqual([]);
  });

  it('are for a partner’s people themselves alone', async () => {
    const wile = { email: 'wile@acme.example', name: 'Wile', partner: 'acme' };
    await invited(browsed.system, { ...wile, role: 'partner' });
    const { page, complaints } = await browsed.visitor({ as: null });
    await page.goto('/orders');
    await signIn(page, wile.email);
    await heading(page, 'Orders').waitFor();
    const pages = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    expect(await pages.allInnerTexts()).toEqual(['Orders', 'Settings']);
    expect(complaints).toEqual([]);
  });
});
