import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { tablesInUse } from '../../db/renewals/open-orders';
import shop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { strandedBy } from '../../scripts/shop-check/stranded';
import { aLife, offline } from '../db/lives';
import { cloneDatabase, type TestDatabase } from '../support/database';

const root = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'conveyor-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run shop:check` as a person does, without npm around it. */
function check(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const script = ['--import', 'tsx', join(root, 'scripts/shop-check.ts'), ...args];
  const settings = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: folder, ...env };
  return new Promise((done) => {
    execFile(process.execPath, script, { cwd: root, env: settings }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

function file(name: string, table: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(table));
  return path;
}

describe('npm run shop:check', () => {
  it('draws a sound table as text and as the picture that the documentation shows', async () => {
    const picture = join(folder, 'default.svg');
    const { code, out } = await check(['--svg', picture]);
    expect(code).toBe(0);
    expect(out).toContain('Pending          → Being processed | Cancelled');
    expect(out).toContain('The table is sound.');
    expect(out).toContain('DATABASE_URL is not set, so nobody looked');
    const kept = join(root, 'docs/images/default-shop.svg');
    if (process.env.UPDATE_PICTURES) writeFileSync(kept, readFileSync(picture));
    // `UPDATE_PICTURES=1 npx jest test/stack/shop-check` draws it anew.
    expect(readFileSync(picture, 'utf8')).toBe(readFileSync(kept, 'utf8'));
  });

  it('ends with 1 on a table that is not sound, and says why in sentences', async () => {
    const { orders } = shop;
    const unsound = file('unsound.json', { ...shop, orders: { ...orders, initial: 'Gone' } });
    const { code, err } = await check([unsound]);
    expect(code).toBe(1);
    expect(err).toContain('The initial order status Gone is not among Pending');
    const named = await check([], { SHOP: unsound });
    expect(named.code).toBe(1);
  });
});

describe('open orders that a changed table would strand', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  const now = '2026-11-23T12:00:00.000Z';
  const changed = JSON.parse(
    JSON.stringify({ ...shop, revision: 2 }).replaceAll('"Being processed"', '"Packing"'),
  ) as Shop;
  const numbers: string[] = [];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
    await knex('stock_records').insert({ sku: 'MUG-1', in_stock: 99, allocated: 0 });
    const paid = { type: 'record-payment-event', event: 'Settled', amount: 4100 } as const;
    const shipped = { type: 'record-shipping-event', event: 'Shipped' } as const;
    for (const commands of [[], [paid], [paid, shipped]]) {
      const life = aLife(offline);
      await commit(knex, life.place());
      for (const command of commands) await commit(knex, life.decide(command));
      numbers.push(life.number);
    }
  });
  afterAll(() => database.drop());

  it('are counted by the table they follow; an order that has ended is not open', async () => {
    expect(await tablesInUse(knex)).toMatchObject([{ open: 2, table: { revision: 1 } }]);
    expect(await strandedBy(knex, shop, now)).toEqual([
      '2 open orders follow Default shop, revision 1, which is this table.',
    ]);
  });

  it('are named with what has no place in the new table', async () => {
    expect(await strandedBy(knex, changed, now)).toEqual([
      '2 open orders follow Default shop, revision 1 and will finish on it. Renewed to this table, 1 can move, 1 cannot, because:',
      `  1: The order is Being processed, which the new table does not know: say which it is with "statuses": { "Being processed": … }, one of Pending, Packing, Complete, Cancelled. Line A is Being processed, which the new table does not know: say which it is with "lineStatuses": { "Being processed": … }, one of Pending, Packing, Shipped, Returned, Cancelled. (${numbers[1]})`,
    ]);
  });

  it('are looked for when DATABASE_URL is set', async () => {
    const { code, out } = await check([file('changed.json', changed)], {
      DATABASE_URL: database.url,
    });
    expect(code).toBe(0);
    expect(out).toContain('1 can move, 1 cannot, because:');
  });
});
