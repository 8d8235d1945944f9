import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../support/system';

const run = promisify(execFile);
const root = join(__dirname, '../..');
const FILE = join(root, 'dashboard/client/api.d.ts');

let system: System;
let folder: string;
beforeAll(async () => {
  system = await startSystem();
  folder = await mkdtemp(join(tmpdir(), 'conveyor-types-'));
});
afterAll(async () => {
  await system.stop();
  await rm(folder, { recursive: true });
});

/** The types of what the API says of itself. */
async function typesOfTheApi(): Promise<string> {
  const description = join(folder, 'openapi.json');
  const types = join(folder, 'api.d.ts');
  await writeFile(description, JSON.stringify((await system.get('/openapi.json')).body));
  const program = join(root, 'node_modules/openapi-typescript/bin/cli.js');
  await run(process.execPath, [program, description, '--output', types]);
  return readFile(types, 'utf8');
}

describe("the dashboard's types", () => {
  it('are those of the OpenAPI document: `npm run dashboard:types` writes them anew', async () => {
    const types = await typesOfTheApi();
    if (process.env.UPDATE_TYPES) await writeFile(FILE, types);
    expect(await readFile(FILE, 'utf8')).toBe(types);
  });
});
