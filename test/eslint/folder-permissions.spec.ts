import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLinter, type Linter } from './lint';

let linter: Linter;
beforeAll(() => {
  linter = startLinter();
});
afterAll(() => linter.stop());

const RULE = 'house/folder-permissions';

/** What is refused of these imports, in one file that uses them all, so that only the imports can be wrong. */
async function refused(file: string, sources: readonly string[]): Promise<(string | undefined)[]> {
  const imports = sources.map((source, n) => `import * as m${n} from '${source}';\n`);
  const uses = sources.map((_, n) => `export const used${n} = typeof m${n};\n`);
  const complaints = await linter.lint({ [file]: [...imports, ...uses].join('') });
  return complaints.filter(({ rule }) => rule === RULE).map(({ line }) => sources[line - 1]);
}

it.each([
  ['machines/step.ts', ['xstate', './table', '../machines/table']],
  ['machines/payment/prices.ts', ['../money', './keys']],
  ['workflows/order.ts', ['@temporalio/workflow', '@temporalio/common', '../machines/step']],
  ['activities/stock.ts', ['@temporalio/activity', '@temporalio/client', 'node:fs', '../db/stock']],
  ['activities/worker.ts', ['@temporalio/worker', '../config', '../machines/shop']],
  ['db/orders.ts', ['knex', 'pg', 'node:path']],
  ['api/routes/orders.ts', ['express', 'zod', '../../workflows/messages', '../../db/orders']],
  ['api/main.ts', ['../config', '../machines/shop']],
  ['dashboard/list.ts', ['react', '../machines/table']],
  ['scripts/start.ts', ['../config', '../machines/shop', '../db/migrate']],
  ['scripts/gateway/main.ts', ['../../config', './books', 'node:http']],
  ['bench/orders.ts', ['../workflows/messages', '../test/support/stack']],
  ['test/api/orders.spec.ts', ['../../api/app', '../../dashboard/list']],
  ['examples/wine-shop.ts', ['../machines/table']],
])('%s may import %j', async (file, sources) => {
  expect(await refused(file, sources)).toEqual([]);
});

it.each([
  ['machines/step.ts', ['node:fs', 'crypto', 'zod', '@temporalio/workflow', '../db/orders']],
  ['workflows/order.ts', ['zod', 'knex', 'xstate', 'node:crypto', '../db/orders', '../config']],
  ['workflows/perform.ts', ['../activities', '../activities/stock', '../api/schemas']],
  ['activities/stock.ts', ['../machines/step', '../workflows/order', '../config', 'express']],
  ['activities/worker.ts', ['../workflows/order', '../api/app', '../scripts/start']],
  ['db/orders.ts', ['express', 'zod', '../machines/step', '../config', '../activities/stock']],
  ['api/app.ts', ['../workflows/order', '../activities/stock', '@temporalio/worker', 'xstate']],
  ['dashboard/list.ts', ['../api/schemas', '../db/orders', 'knex', 'node:fs']],
  ['scripts/start.ts', ['../api/app', '../dashboard/list']],
  ['scripts/gateway/main.ts', ['../../machines/money', '../start', '../../db/orders']],
  ['bench/orders.ts', ['../api/app']],
  ['examples/wine-shop.ts', ['../db/orders', '../activities/stock']],
  ['config.ts', ['./db/orders', './machines/shop']],
])('%s may not import %j', async (file, sources) => {
  expect(await refused(file, sources)).toEqual(sources);
});

describe('types', () => {
  it.each([
    ['workflows/perform.ts', '../activities'],
    ['activities/stock.ts', '../machines/events'],
    ['activities/relay.ts', '../workflows/delivery'],
    ['db/orders.ts', '../machines/state'],
    ['api/orders-client.ts', '../workflows/order'],
  ])('cross the border from %s to %s by `import type` alone', async (file, source) => {
    const of = (statement: string) =>
      linter.rules({ [file]: `${statement}\nexport type Mine = Theirs;\n` });
    expect(await of(`import type { Theirs } from '${source}';`)).not.toContain(RULE);
    expect(await of(`import { Theirs } from '${source}';`)).toContain(RULE);
    expect(await of(`export { Other } from '${source}';`)).toContain(RULE);
  });

  it('of a folder that is closed stay closed', async () => {
    const text = `import type { Schema } from '../api/schemas';\nexport type Mine = Schema;\n`;
    expect(await linter.rules({ 'scripts/openapi.ts': text })).toContain(RULE);
  });
});

it.each([
  `export const fs = require('node:fs') as unknown;\n`,
  `export const fs = import('node:fs');\n`,
  `export const load = (name: string): unknown => require(name);\n`,
  `export const load = (name: string): Promise<unknown> => import(name);\n`,
  `export type Fs = typeof import('node:fs');\n`,
  `import fs = require('node:fs');\nexport const used = typeof fs;\n`,
  `export * from 'node:fs';\n`,
])('no other way of importing leads around it: %s', async (text) => {
  expect(await linter.rules({ 'machines/step.ts': text })).toContain(RULE);
});

it('says in a sentence what to do', async () => {
  const [complaint] = await linter.lint({ 'machines/step.ts': `import 'node:fs';\n` });
  expect(complaint?.message).toBe(
    "'node:fs' is out of reach here: machines/ only computes and imports xstate and itself; hand it what it needs as data.",
  );
});
