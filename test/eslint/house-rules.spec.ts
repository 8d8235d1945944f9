import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLinter, type Linter } from './lint';

let linter: Linter;
beforeAll(() => {
  linter = startLinter();
});
afterAll(() => linter.stop());

/** The rules that complain about one file. */
const rules = (file: string, text: string) => linter.rules({ [file]: `${text}\n` });

describe('machines/ have no clock, no chance and no world', () => {
  it.each([
    [`export const now = Date.now();`, 'no-restricted-properties'],
    [`export const now = new Date();`, 'no-restricted-syntax'],
    [`export const now = Date();`, 'no-restricted-syntax'],
    [`const { now } = Date;\nexport const at = now();`, 'no-restricted-properties'],
    [`export const dice = Math.random();`, 'no-restricted-properties'],
    [`export const id = crypto.randomUUID();`, 'no-restricted-globals'],
    [`export const user = process.title;`, 'no-restricted-globals'],
    [`setTimeout(() => undefined, 1000);`, 'no-restricted-globals'],
    [`export const page = fetch('http://localhost');`, 'no-restricted-globals'],
    [`export const all = globalThis;`, 'no-restricted-globals'],
    [`export const order = 'a'.localeCompare('b');`, 'no-restricted-syntax'],
    [`export const shown = (5).toLocaleString();`, 'no-restricted-syntax'],
    [`export const format = new Intl.NumberFormat();`, 'no-restricted-syntax'],
  ])('%s', async (text, rule) => {
    expect(await rules('machines/step.ts', text)).toContain(rule);
  });

  it.each([
    `export const at = Date.parse('2026-11-23T10:00:00Z');`,
    `export const text = new Date(1000).toISOString();`,
    `export const most = Math.max(1, 2);`,
  ])('but may compute: %s', async (text) => {
    expect(await rules('machines/step.ts', text)).toEqual([]);
  });
});

describe('workflows/ are replayed', () => {
  it.each([
    `export const user = process.title;`,
    `export const page = fetch('http://localhost');`,
    `export const id = crypto.randomUUID();`,
  ])('%s', async (text) => {
    expect(await rules('workflows/order.ts', text)).toContain('no-restricted-globals');
  });

  it('and have the clock of their history', async () => {
    expect(await rules('workflows/order.ts', `export const now = () => Date.now();`)).toEqual([]);
  });
});

describe('workflows/index.ts exports workflows only', () => {
  const others = {
    'workflows/order.ts': `export async function order(): Promise<void> {}\nexport const limit = 3;\nexport function plain() {}\nexport interface Input { a: string }\n`,
  };
  const index = (text: string) => linter.lint({ ...others, 'workflows/index.ts': `${text}\n` });

  it.each([
    `export { order } from './order';`,
    `export type { Input } from './order';`,
    `export async function delivery(): Promise<void> {}`,
    `export const delivery = async () => {};`,
  ])('%s', async (text) => {
    expect(await index(text)).toEqual([]);
  });

  it.each([
    `export { order, limit } from './order';`,
    `export { plain } from './order';`,
    `export const retries = 5;`,
    `export class Inbox {}`,
    `export enum Kind { A }`,
    `export * from './order';`,
  ])('not %s', async (text) => {
    const complaints = await index(text);
    expect(complaints.map(({ rule }) => rule)).toEqual(['house/workflows-only']);
  });

  it('no default, which would answer for every name', async () => {
    const complaints = await index(`export default async function any() {}`);
    expect(complaints.map(({ rule }) => rule)).toContain('house/workflows-only');
  });
});

describe('a validator of an update is synchronous', () => {
  const head = `import { defineUpdate, setHandler } from '@temporalio/workflow';
const place = defineUpdate<string, [string]>('place');
const handle = async (text: string) => text;
const validator = (text: string) => { if (!text) throw new Error('empty'); };
const later = async (text: string) => { await Promise.resolve(text); };
const options = { validator: later };
`;
  const handler = (call: string) => rules('workflows/order.ts', head + call + use);
  const use = `\nexport const used = { place, handle, validator, later, options };`;

  it.each([
    `setHandler(place, handle);`,
    `setHandler(place, handle, { validator });`,
    `setHandler(place, handle, { validator: (text: string) => { validator(text); } });`,
    `setHandler(place, handle, { unfinishedPolicy: undefined });`,
  ])('%s', async (call) => {
    expect(await handler(call)).toEqual([]);
  });

  it.each([
    `setHandler(place, handle, { validator: async (text) => { await later(text); } });`,
    `setHandler(place, handle, { async validator(text) { await later(text); } });`,
    `setHandler(place, handle, { validator: later });`,
    `setHandler(place, handle, { validator: (text) => later(text) });`,
    `setHandler(place, handle, options);`,
  ])('not %s', async (call) => {
    expect(await handler(call)).toContain('house/synchronous-validators');
  });
});

describe('a rule is set aside on its line, by name, with a reason', () => {
  const any = '@typescript-eslint/no-explicit-any';

  it('is then silent', async () => {
    const reason = `// eslint-disable-line ${any} -- knex leaves its rows open`;
    expect(await rules('db/rows.ts', `export type Row = any; ${reason}`)).toEqual([]);
  });

  it.each([
    `export type Row = any; // eslint-disable-line ${any}`,
    `export type Row = any; // eslint-disable-line`,
    `// eslint-disable-next-line ${any} -- a reason\nexport type Row = any;`,
    `/* eslint-disable */\nexport type Row = any;`,
    `/* eslint-disable house/reasoned-disable, ${any} -- a reason */\nexport type Row = any;`,
  ])('not %s', async (text) => {
    expect(await rules('db/rows.ts', text)).toContain('house/reasoned-disable');
  });

  it('and nothing is set aside that was not wrong', async () => {
    const text = `export type Row = string; // eslint-disable-line ${any} -- a reason`;
    expect(await rules('db/rows.ts', text)).toEqual([null]);
  });

  it('any without it is refused', async () => {
    expect(await rules('db/rows.ts', `export type Row = any;`)).toEqual([any]);
  });
});

describe('settings', () => {
  it.each([
    `export const port = process.env.PORT;`,
    `const { env } = process;\nexport const port = env.PORT;`,
    `import { env } from 'node:process';\nexport const port = env.PORT;`,
  ])('are not read by others: %s', async (text) => {
    const complaints = await linter.lint({ 'api/main.ts': text, 'scripts/start.ts': text });
    expect(complaints.map(({ file, rule }) => [file, rule])).toEqual([
      ['api/main.ts', expect.stringMatching(/^no-restricted-/)],
      ['scripts/start.ts', expect.stringMatching(/^no-restricted-/)],
    ]);
  });

  it('are read by config.ts, tests and benchmarks', async () => {
    const text = `export const port = process.env.PORT;\n`;
    const files = { 'config.ts': text, 'test/support/port.ts': text, 'bench/port.ts': text };
    expect(await linter.lint(files)).toEqual([]);
  });
});

describe('promises, types and circles', () => {
  it.each([
    [`async function act() {}\nexport const go = () => { act(); };`, 'no-floating-promises'],
    [`async function act() {}\nexport const all = [1].forEach(act);`, 'no-misused-promises'],
    [`import { Knex } from 'knex';\nexport type Db = Knex;`, 'consistent-type-imports'],
  ])('%s', async (text, rule) => {
    expect(await rules('db/rows.ts', text)).toContain(`@typescript-eslint/${rule}`);
  });

  it('a circle of imports is refused, however long', async () => {
    const files = {
      'db/a.ts': `import { b } from './b';\nexport const a = () => b;\n`,
      'db/b.ts': `import { c } from './c';\nexport const b = () => c;\n`,
      'db/c.ts': `import { a } from './a';\nexport const c = (): unknown => a;\n`,
    };
    expect(await linter.rules(files)).toEqual(['import-x/no-cycle']);
  });

  it('a circle of types alone is none', async () => {
    const files = {
      'db/a.ts': `import type { B } from './b';\nexport interface A { b?: B }\n`,
      'db/b.ts': `import type { A } from './a';\nexport interface B { a?: A }\n`,
    };
    expect(await linter.lint(files)).toEqual([]);
  });
});

describe('readability', () => {
  const lines = (count: number) => 'export {};\n'.repeat(count);

  it('a product file ends at 250 lines; a test may go on', async () => {
    const files = { 'db/short.ts': lines(250), 'test/db/long.ts': lines(251) };
    expect(await linter.lint(files)).toEqual([]);
    expect(await linter.rules({ 'db/long.ts': lines(251) })).toEqual(['max-lines']);
  });

  it('a name is exported by name, except where somebody else loads the file', async () => {
    const text = `export default 1;\n`;
    const files = { 'machines/shop.ts': text, 'test/support/global-setup.ts': text };
    expect(await linter.lint(files)).toEqual([]);
    expect(await linter.rules({ 'db/orders.ts': text })).toEqual(['import-x/no-default-export']);
  });

  it('nesting ends at three', async () => {
    const nest = (depth: number): string => (depth ? `if (a) { ${nest(depth - 1)} }` : 'a = !a;');
    const text = (depth: number) => `export function f(a: boolean) { ${nest(depth)} return a; }`;
    expect(await rules('db/f.ts', text(3))).toEqual([]);
    expect(await rules('db/f.ts', text(4))).toEqual(['max-depth']);
  });
});
