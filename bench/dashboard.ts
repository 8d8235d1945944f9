import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { connect } from '../db/connection';
import { buildDashboard } from '../scripts/dashboard/build';
import { fillOrders } from '../scripts/million/fill';
import { loadTwice, scrollThrough, type Load, type Place, type Scrolled } from './browsing';
import { median } from './statistics';
import { startSystem } from './system';

const LIST: Place = { path: '/orders', usableBy: 'main tbody a[href^="/orders/"]' };

const measures = {
  usable: 'usable, ms',
  domContentLoaded: 'DOMContentLoaded, ms',
  largestPaint: 'largest contentful paint, ms',
  longTasks: 'long tasks, ms in all',
  scriptBytes: 'scripts transferred, bytes',
} as const satisfies Record<keyof Load, string>;

/** `npm run bench -- dashboard [--orders 10000 --rounds 5]`: what Chromium says of the list and of an order's page. */
export async function benchDashboard(args: readonly string[], say: (line: string) => void) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      orders: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const orders = Number(values.orders);
  await buildDashboard();
  const system = await startSystem(true, say);
  try {
    const number = await fill(system.databaseUrl, orders);
    say(`${orders} orders are there`);
    const order: Place = { path: `/orders/${number}`, usableBy: 'main table tbody tr' };
    const site = { url: system.api, key: system.key };
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    try {
      // The first round finds the servers' caches cold; it is not counted.
      await loadTwice(browser, site, LIST);
      await loadTwice(browser, site, order);
      const lists: Awaited<ReturnType<typeof loadTwice>>[] = [];
      const pages: typeof lists = [];
      for (let round = 1; round <= Number(values.rounds); round += 1) {
        lists.push(await loadTwice(browser, site, LIST));
        pages.push(await loadTwice(browser, site, order));
        say(`round ${round}`);
      }
      process.stdout.write(
        tableOf({
          'list, cold': lists.map(({ cold }) => cold),
          'list, warm': lists.map(({ warm }) => warm),
          'order, cold': pages.map(({ cold }) => cold),
          'order, warm': pages.map(({ warm }) => warm),
        }),
      );
      process.stdout.write(sentenceOf(await scrollThrough(browser, site, LIST, orders)));
    } finally {
      await browser.close();
    }
  } finally {
    await system.stop();
  }
}

/** Gives the number of the order that the list shows first. */
async function fill(databaseUrl: string, orders: number): Promise<string> {
  const knex = connect(databaseUrl, { min: 0, max: 1, applicationName: 'conveyor bench' });
  try {
    await fillOrders(knex, { orders, until: new Date().toISOString() });
    const newest = await knex('orders')
      .orderBy('placed_at', 'desc')
      .first<{ number: string } | undefined>('number');
    if (!newest) throw new Error('No order was filled in.');
    return newest.number;
  } finally {
    await knex.destroy();
  }
}

function tableOf(found: Readonly<Record<string, readonly Load[]>>): string {
  const names = Object.keys(found);
  const rows = (Object.keys(measures) as (keyof Load)[]).map((measure) => {
    const cells = Object.values(found).map((loads) =>
      Math.round(median(loads.map((load) => load[measure]))),
    );
    return `| ${[measures[measure], ...cells].join(' | ')} |`;
  });
  const head = [`| median | ${names.join(' | ')} |`, `| --- |${' --- |'.repeat(names.length)}`];
  return `${[...head, ...rows].join('\n')}\n`;
}

function sentenceOf(scrolled: Scrolled): string {
  const { rows, seconds, frames, slowFrames, worstFrame, mostDrawn } = scrolled;
  return (
    `Scrolled through ${rows} orders in ${seconds.toFixed(0)} s: ${slowFrames} of ${frames} frames ` +
    `took over 50 ms, the worst ${Math.round(worstFrame)} ms; at most ${mostDrawn} rows in the DOM.\n`
  );
}
