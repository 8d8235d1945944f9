import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { startSystem, type System, type SystemOptions } from './system';

/** Debian's, or wherever else it is. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Where each page's looks are left for people to see. */
const SCREENSHOTS = join(__dirname, '../../screenshots');
const WIDE = { width: 1360, height: 860 };
const PHONE = { width: 390, height: 844 };
const SETTLED_MS = 250;

/** Somebody at a browser of their own. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the console said that it should not: errors, warnings, and exceptions that nobody caught. */
  readonly complaints: string[];
}

export interface VisitorOptions {
  /** The key their requests carry; the admin's unless given, none when null. */
  readonly as?: string | null;
  readonly isDark?: boolean;
  readonly isOnPhone?: boolean;
  readonly locale?: string;
}

/** The whole system with its dashboard built, and a Chromium to look at it. */
export async function startBrowsedSystem(options: SystemOptions = {}) {
  if (process.env.TEST_DASHBOARD === undefined) throw new Error('The dashboard was not built.');
  const system = await startSystem(options);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  return {
    system,
    browser,
    visitor: (changes: VisitorOptions = {}) => newVisitor(browser, system, changes),
    async stop() {
      await browser.close();
      await system.stop();
    },
  };
}

export type BrowsedSystem = Awaited<ReturnType<typeof startBrowsedSystem>>;

async function newVisitor(
  browser: Browser,
  { url, adminKey }: System,
  { as = adminKey, isDark = false, isOnPhone = false, locale = 'en-GB' }: VisitorOptions,
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: isOnPhone ? PHONE : WIDE,
    hasTouch: isOnPhone,
    colorScheme: isDark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale,
    timezoneId: 'Europe/London',
    ...(as !== null && { extraHTTPHeaders: { authorization: `Bearer ${as}` } }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    // Chromium notes every refusal of the API there, which the dashboard shows to people in its own words.
    const isRefusal = /^Failed to load resource: .* status of 4\d\d/.test(text);
    if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(text);
  });
  return { page, context, complaints };
}

/** Waits until nothing loads and nothing moves; streams, which never end, are not waited for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  // The page's own policy forbids code that is handed to it as a text.
  await page.locator('[aria-label="Loading"]').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(SETTLED_MS);
}

/** What axe has against the page as it is shown, a line each. */
export async function violations(page: Page): Promise<string[]> {
  // By evaluation, because the page itself runs no script but its own.
  if (await page.evaluate(`!('axe' in window)`)) {
    await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  }
  const { violations: found } = (await page.evaluate(
    // What is behind an open dialog is dimmed and out of reach.
    `axe.run(document.querySelector('[aria-modal=true]') ?? document, { resultTypes: ['violations'] })`,
  )) as AxeResults;
  return found.map(({ id, help, nodes }) => {
    const where = nodes.map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`);
    return `${id}: ${help}: ${where.slice(0, 4).join(' | ')}`;
  });
}

/** By how many pixels the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}

/**
 * Looks at the page in light, in dark and on a phone: leaves a picture of each, and tells what is wrong with it:
 * violations that axe finds, and what sticks out on a phone.
 */
export async function look(page: Page, name: string): Promise<string[]> {
  await mkdir(SCREENSHOTS, { recursive: true });
  const wrong: string[] = [];
  const looks = [
    { as: 'light', viewport: WIDE, colorScheme: 'light' },
    { as: 'dark', viewport: WIDE, colorScheme: 'dark' },
    { as: 'phone', viewport: PHONE, colorScheme: 'light' },
  ] as const;
  for (const { as, viewport, colorScheme } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await settled(page);
    await page.screenshot({ path: join(SCREENSHOTS, `${name}-${as}.png`), fullPage: true });
    wrong.push(...(await violations(page)).map((each) => `${name}, ${as}: ${each}`));
    const wider = await overflow(page);
    if (wider > 0) wrong.push(`${name}, ${as}: is ${wider} px wider than the window`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(WIDE);
  return wrong;
}
