import type { Browser } from 'playwright-core';

/** What Chromium says of one load of a page; ms, and bytes as they came over the wire. */
export interface Load {
  readonly usable: number;
  readonly domContentLoaded: number;
  readonly largestPaint: number;
  readonly scriptBytes: number;
  readonly longTasks: number;
}

export interface Scrolled {
  readonly rows: number;
  readonly seconds: number;
  readonly frames: number;
  readonly slowFrames: number;
  readonly worstFrame: number;
  readonly mostDrawn: number;
}

/** Somewhere in the dashboard, and what is there once it can be worked with. */
export interface Place {
  readonly path: string;
  readonly usableBy: string;
}

export interface Site {
  readonly url: string;
  readonly key: string;
}

const SETTLED_MS = 1_000;
const SCROLL_MS = 180_000;
const SLOW_FRAME_MS = 50;

/** Runs before the page's own scripts; as a text, because the benchmark's types know no browser. */
const watch = (selector: string) => `
  window.seen = { usable: NaN, largestPaint: NaN, longTasks: 0 };
  const look = () => {
    if (!document.querySelector(${JSON.stringify(selector)})) return;
    seen.usable = performance.now();
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) seen.largestPaint = startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasks += duration;
  }).observe({ type: 'longtask', buffered: true });`;

const READ = `({
  ...seen,
  domContentLoaded: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
  scriptBytes: performance
    .getEntriesByType('resource')
    .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
    .reduce((sum, { transferSize }) => sum + transferSize, 0),
})`;

/** Each frame goes a screen further down, until all rows were loaded or the time is over. */
const scroll = (rows: number) => `new Promise((resolve) => {
  const began = performance.now();
  const done = { rows: 0, frames: 0, slowFrames: 0, worstFrame: 0, mostDrawn: 0 };
  let before = began;
  const frame = (now) => {
    const took = now - before;
    before = now;
    done.frames += 1;
    if (took > ${SLOW_FRAME_MS}) done.slowFrames += 1;
    done.worstFrame = Math.max(done.worstFrame, took);
    done.mostDrawn = Math.max(done.mostDrawn, document.querySelectorAll('main tbody tr').length);
    done.rows = Number(document.querySelector('main table').getAttribute('aria-rowcount')) - 1;
    const seconds = (performance.now() - began) / 1000;
    if (done.rows >= ${rows} || seconds * 1000 > ${SCROLL_MS}) resolve({ ...done, seconds });
    else {
      window.scrollBy(0, window.innerHeight);
      requestAnimationFrame(frame);
    }
  };
  requestAnimationFrame(frame);
})`;

function visit(browser: Browser, { url, key }: Site) {
  return browser.newContext({
    baseURL: url,
    viewport: { width: 1360, height: 860 },
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  });
}

/** Loads a page in a browser that has nothing, and again with what that one kept. */
export async function loadTwice(browser: Browser, site: Site, place: Place) {
  const context = await visit(browser, site);
  await context.addInitScript(watch(place.usableBy));
  const load = async (): Promise<Load> => {
    const page = await context.newPage();
    await page.goto(place.path);
    await page.locator(place.usableBy).first().waitFor();
    await page.waitForTimeout(SETTLED_MS);
    const read = await page.evaluate<Load>(READ);
    await page.close();
    return read;
  };
  try {
    return { cold: await load(), warm: await load() };
  } finally {
    await context.close();
  }
}

/** Scrolls through the whole list of orders, which loads as it comes into sight. */
export async function scrollThrough(browser: Browser, site: Site, place: Place, rows: number) {
  const context = await visit(browser, site);
  try {
    const page = await context.newPage();
    await page.goto(place.path);
    await page.locator(place.usableBy).first().waitFor();
    return await page.evaluate<Scrolled>(scroll(rows));
  } finally {
    await context.close();
  }
}
