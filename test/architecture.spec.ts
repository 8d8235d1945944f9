import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as files from './support/house-files';
import { folderPermissions, noCircles } from './support/house-imports';
import { effectNames, shopWords, workflowsNameNothing } from './support/house-words';

const root = path.resolve(__dirname, '..');

const checks: [string, files.Check][] = [
  ['files of the product are short', files.shortFiles],
  ['folders of the product are small', files.smallFolders],
  ['folders are at most two deep', files.shallowFolders],
  ['files are named in kebab-case', files.kebabNames],
  ['settings are read in config.ts', files.settingsInOnePlace],
  ['any has its reason beside it', files.reasonedAny],
  ['no file knows a computer', files.noMachinePaths],
  ['package.json says which Node', files.engines],
  ['imports run in no circle', noCircles],
  ['each folder imports what it may', folderPermissions],
  ['workflows name no status and no effect', workflowsNameNothing],
];

describe('this house', () => {
  it.each(checks)('%s', (_, check) => {
    expect(check(root)).toEqual([]);
  });

  it('has words that workflows could name, or the check above would see nothing', () => {
    expect(shopWords(root)).toEqual(expect.arrayContaining(['Being processed', 'Shipped']));
    expect(effectNames(root)).not.toEqual([]);
  });
});

describe('a house with', () => {
  const houses: string[] = [];
  afterEach(() => {
    for (const house of houses.splice(0)) fs.rmSync(house, { recursive: true });
  });

  /** Files by their path, on disk. */
  function house(contents: Record<string, string>): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'conveyor-house-'));
    houses.push(folder);
    for (const [file, text] of Object.entries(contents)) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    return folder;
  }
  const lines = (count: number) => 'export {};\n'.repeat(count);
  const many = (folder: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`${folder}/f${n}.ts`, '']));

  it('a long file', () => {
    const fine = { 'db/short.ts': lines(250), 'test/db/story.spec.ts': lines(400) };
    expect(files.shortFiles(house(fine))).toEqual([]);
    expect(files.shortFiles(house({ 'db/long.ts': lines(251) }))).toEqual([
      'db/long.ts has 251 lines: give what is a thing of its own a file of its own (250 at most).',
    ]);
  });

  it('a crowded folder', () => {
    const fine = { ...many('db', 15), ...many('db/migrations', 40), ...many('test/machines', 16) };
    expect(files.smallFolders(house(fine))).toEqual([]);
    expect(files.smallFolders(house(many('api/routes', 16)))).toEqual([
      'api/routes/ has 16 files: gather what belongs together in a folder inside it (15 at most).',
    ]);
  });

  it('a folder too deep', () => {
    expect(files.shallowFolders(house({ 'api/routes/orders.ts': '' }))).toEqual([]);
    expect(files.shallowFolders(house({ 'examples/shops/pots/shop.ts': '' }))).toEqual([]);
    expect(files.shallowFolders(house({ 'api/routes/v1/orders.ts': '' }))).toEqual([
      'api/routes/v1/orders.ts is more than 2 folders deep: move it up.',
    ]);
  });

  it('a name of another manner', () => {
    const fine = { 'db/order-lines.spec.ts': '', 'db/migrations/0001_orders.ts': '' };
    expect(files.kebabNames(house(fine))).toEqual([]);
    expect(files.kebabNames(house({ 'db/orderLines.ts': '', 'db/order_lines.ts': '' }))).toEqual([
      'db/orderLines.ts: rename orderLines.ts to small words joined by hyphens.',
      'db/order_lines.ts: rename order_lines.ts to small words joined by hyphens.',
    ]);
  });

  it('settings read anywhere', () => {
    const text = 'export const port = process.env.PORT;\n';
    const fine = { 'config.ts': text, 'test/port.ts': text, 'bench/port.ts': text };
    expect(files.settingsInOnePlace(house(fine))).toEqual([]);
    expect(files.settingsInOnePlace(house({ 'api/main.ts': text }))).toEqual([
      'api/main.ts reads process.env: read the setting in config.ts and pass it on.',
    ]);
  });

  it('an any without a reason', () => {
    const any = 'export type Row = any;';
    const rule = '// eslint-disable-line @typescript-eslint/no-explicit-any';
    expect(files.reasonedAny(house({ 'db/row.ts': `${any} ${rule} -- knex's own\n` }))).toEqual([]);
    expect(files.reasonedAny(house({ 'db/row.ts': `${any}\n${any} ${rule}\n` }))).toEqual([
      'db/row.ts:1 says any: say what it is, or why nobody can, on the same line.',
      'db/row.ts:2 says any: say what it is, or why nobody can, on the same line.',
    ]);
  });

  it('a path of one computer', () => {
    const folder = (name: string) => `/${name}/`;
    const fine = { 'docs/a.md': `docs${folder('work')} and ${folder('srv')}\n` };
    expect(files.noMachinePaths(house(fine))).toEqual([]);
    expect(files.noMachinePaths(house({ 'docs/a.md': `See ${folder('root')}shop.\n` }))).toEqual([
      `docs/a.md:1 names ${folder('root')}, a folder of one computer: write the path from the root.`,
    ]);
  });

  it('no word on Node', () => {
    expect(files.engines(house({ 'package.json': '{"engines":{"node":">=20.19"}}' }))).toEqual([]);
    expect(files.engines(house({ 'package.json': '{}' }))).toEqual([
      'package.json: say in engines.node which Node the shop needs, as ">=20.19"; now "".',
    ]);
  });

  it('a circle, late imports included, types not', () => {
    const fine = {
      'db/a.ts': `import type { B } from './b';`,
      'db/b.ts': `import { a } from './a';`,
    };
    expect(noCircles(house(fine))).toEqual([]);
    const round = {
      'db/a.ts': `import { b } from './b';`,
      'db/b.ts': `export * from './c/index';`,
      'db/c/index.ts': `export const a = () => import('../a.js');`,
    };
    expect(noCircles(house(round))).toEqual([
      'db/a.ts → db/b.ts → db/c/index.ts → db/a.ts is a circle: move what both ends need to a file of its own.',
    ]);
  });

  it('folders that keep to what they may', () => {
    const fine = {
      'machines/step.ts': `import { createMachine } from 'xstate';\nimport './table';`,
      'workflows/order.ts': `import '../machines/step';\nimport type { A } from '../activities/stock';`,
      'activities/stock.ts': `import fs from 'node:fs';\nimport '../db/stock';\nimport type { S } from '../machines/step';`,
      'activities/worker.ts': `import '../config';\nimport '../machines/step';`,
      'db/stock.ts': `import knex from 'knex';\nimport type { S } from '../machines/step';`,
      'api/app.ts': `import '../workflows/messages';\nimport '../db/stock';\nimport '../config';`,
      'test/api/app.spec.ts': `import '../../api/app';`,
      'config.ts': `import fs from 'node:fs';`,
    };
    expect(folderPermissions(house(fine))).toEqual([]);
  });

  it.each([
    ['machines/a.ts', 'zod', 'machines/ may import xstate and no other package.'],
    ['machines/a.ts', 'fs/promises', 'machines/ may import xstate and no other package.'],
    ['workflows/a.ts', 'zod', 'workflows/ may import @temporalio/workflow, @temporalio/common and'],
    ['workflows/a.ts', '../db/b', 'workflows/ may import itself, machines/, and types of'],
    ['workflows/a.ts', '../activities', 'as code: write `import type`'],
    ['workflows/a.ts', '../activities/b', 'as code: write `import type`'],
    ['activities/a.ts', '../machines/b', 'as code: write `import type`'],
    ['activities/a.ts', '../config', 'activities/ may import itself, db/, and types of'],
    ['db/a.ts', 'express', 'db/ may import knex, pg, node and no other package.'],
    ['api/a.ts', '../workflows/order', 'as code: write `import type`'],
    ['api/a.ts', '../activities/b', 'api/ may import itself, machines/, db/, workflows/messages,'],
    ['dashboard/a.ts', '../db/b', 'dashboard/ may import itself, machines/;'],
    ['scripts/a.ts', '../api/b', 'nothing imports api/; move what is shared'],
    ['bench/a.ts', '../dashboard/b', 'nothing imports dashboard/; move what is shared'],
  ])('%s that imports %s', (file, source, sentence) => {
    const [complaint] = folderPermissions(house({ [file]: `import { b } from '${source}';` }));
    expect(complaint).toContain(`${file} imports`);
    expect(complaint).toContain(sentence);
  });

  it('a workflow that knows the shop', () => {
    const machines = {
      'machines/shop.ts': `export default { orders: { statuses: { Pending: {}, 'On its way': {} } } };`,
      'machines/effects.ts': `export interface Move { readonly type: 'move-money'; to: 'a' }`,
    };
    const fine = `type Pending = string;\nexport const go = (a: any, effect: any) => a[effect.type](effect);`;
    expect(workflowsNameNothing(house({ ...machines, 'workflows/order.ts': fine }))).toEqual([]);

    const knowing = `if (state.status === 'On its way') act.moveMoney();\nconst next = { Pending: 1 };\nsend('move-money');`;
    expect(workflowsNameNothing(house({ ...machines, 'workflows/order.ts': knowing }))).toEqual([
      "workflows/order.ts:1 names the shop's own word 'On its way': let the machine decide and say it as data.",
      "workflows/order.ts:1 names the effect 'move-money': let the machine decide and say it as data.",
      "workflows/order.ts:2 names the shop's own word 'Pending': let the machine decide and say it as data.",
      "workflows/order.ts:3 names the effect 'move-money': let the machine decide and say it as data.",
    ]);
  });

  it.each(checks)('nothing in it yet: %s', (_, check) => {
    expect(check(house({ 'package.json': '{"engines":{"node":">=20.19"}}' }))).toEqual([]);
  });
});
