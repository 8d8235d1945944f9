import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findTemporal } from '../../scripts/parts/temporal-cli';

const fit = 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"';

describe('where Temporal comes from', () => {
  let folder: string;
  /** What was tried to get one that is not there. */
  let tried: string[];
  let reachable: boolean;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'conveyor-cli-'));
    tried = [];
    reachable = true;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function program(path: string, script: string): string {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  function find(): Promise<string> {
    const { signal } = new AbortController();
    const search = { folders: [join(folder, 'bin')], cache: join(folder, 'cache'), signal };
    const way = (name: string) => async (wanted: { file: string; version: string }) => {
      tried.push(`${name} ${wanted.version}`);
      if (reachable) return wanted.file;
      throw new Error(`The ${name} failed: no internet.`);
    };
    const ways = { download: way('download'), build: way('build') };
    return findTemporal({ ...search, say: () => undefined }, ways);
  }

  it('is the PATH before the cache', async () => {
    program('cache/go-bin/temporal', fit);
    const installed = program('bin/temporal', fit);
    expect(await find()).toBe(installed);
  });

  it('is what was downloaded earlier before what was built earlier', async () => {
    program('cache/go-bin/temporal', fit);
    const downloaded = program('cache/temporal-cli/temporal', fit);
    expect(await find()).toBe(downloaded);
  });

  it.each([
    ['is too old', 'echo "temporal version 1.0.0 (Server 1.24.2, UI 2.28.0)"'],
    ['is another program of that name', 'echo a calendar'],
    ['does not run', 'exit 127'],
  ])('passes over one that %s', async (_, script) => {
    program('bin/temporal', script);
    const built = program('cache/go-bin/temporal', fit);
    expect(await find()).toBe(built);
  });

  it('is a download when there is none', async () => {
    expect(await find()).toBe(join(folder, 'cache/temporal-cli/temporal'));
    expect(tried).toEqual(['download v1.5.1']);
  });

  it('is, without internet, nothing that Go could not build, and the ways out are said', async () => {
    program('bin/go', 'exit 1');
    reachable = false;
    await expect(find()).rejects.toThrow(
      /^Temporal's server is missing\. Install Temporal's CLI .* reach the internet, or install Go .*set TEMPORAL_ADDRESS/,
    );
    expect(tried).toEqual(['download v1.5.1', 'build v1.5.1']);
  });

  it('is not built where there is no Go', async () => {
    reachable = false;
    await expect(find()).rejects.toThrow(
      /download failed: no internet\.\n +Go is not on the PATH\.$/,
    );
    expect(tried).toEqual(['download v1.5.1']);
  });
});
