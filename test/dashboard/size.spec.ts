import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../support/system';

const dist = join(__dirname, '../../dashboard/dist');
const MOST_BYTES = 250_000;
/** What the heavy packages alone have in them. */
const heavy = {
  '@xyflow/react': 'react-flow__',
  elkjs: 'org.eclipse.elk',
  recharts: 'recharts-',
};

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

/** The scripts that are there before the list of orders is: each once. */
async function scriptsOfTheList(): Promise<readonly string[]> {
  const manifest = JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const files = new Set<string>();
  const add = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`The build has no ${name}.`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(add);
  };
  ['index.html', 'app/shell.tsx', 'orders/page.tsx'].forEach(add);
  return Promise.all([...files].map((file) => readFile(join(dist, file), 'utf8')));
}

describe('scripts', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  it.each(['br', 'gzip', 'identity'])('are served to a browser that takes %s', async (encoding) => {
    const html = await readFile(join(dist, 'index.html'), 'utf8');
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
    const served = await fetch(`${system.url}${script}`, {
      headers: { 'accept-encoding': encoding },
    });
    const { headers } = served;
    expect(headers.get('content-encoding') ?? 'identity').toBe(encoding);
    expect(headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(headers.get('vary')).toContain('Accept-Encoding');
    expect(await served.text()).toBe(await readFile(join(dist, script), 'utf8'));
  });
});

describe('the first load of the orders list', () => {
  it('has less than 250 kB of compressed script', async () => {
    const sizes = (await scriptsOfTheList()).map((script) => gzipSync(script, { level: 9 }).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });

  it.each(Object.entries(heavy))('is without %s', async (_, mark) => {
    const scripts = await scriptsOfTheList();
    expect(scripts.filter((script) => script.includes(mark))).toEqual([]);
  });
});
