import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { call } from '../../scripts/demo/system';
import {
  dataFolder,
  partNames,
  startEverything,
  type Everything,
} from '../../scripts/torture/running';
import { alone, isAlive, TURN_WITHIN_MS } from '../support/alone';

const run = promisify(execFile);
const DEMO = join(__dirname, '..', '..', 'scripts', 'demo.ts');

describe('npm start', () => {
  const { dataDir, remove } = dataFolder();
  let everything: Everything;
  let release: () => void;
  let number: string;
  beforeAll(async () => {
    release = await alone();
    everything = await startEverything(dataDir);
  }, TURN_WITHIN_MS);
  afterAll(async () => {
    await everything.stop();
    release();
    remove();
  });

  it('prints the addresses and the key, and each of them answers', async () => {
    const said = everything.said();
    const { system } = everything;
    expect(said).toContain(system.key);
    const ui = everything.processes().temporal as { uiPort?: number };
    for (const address of [`${system.api}/docs`, `${system.api}/readyz`, system.temporalUi]) {
      expect((await fetch(`${address}`)).status).toBe(200);
    }
    expect(said).toContain(`:${ui.uiPort}`);
  });

  it('runs each part as a process of its own, as processes.json says', () => {
    const pids = partNames.map((part) => everything.pidOf(part));
    expect(new Set(pids).size).toBe(partNames.length);
    expect(pids.every(isAlive)).toBe(true);
  });

  it('tells the three stories of the demo', async () => {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', DEMO], {
      env: { ...process.env, DATA_DIR: dataDir },
      maxBuffer: 1e7,
    });
    expect(stdout).toContain('Complete');
    expect(stdout).toContain('Refused with 402 payment-declined');
    expect(stdout).toContain('refunded');
    expect(stdout).toMatch(/workflows\/order-\d+/);
    number = /Order (\d+) is placed/.exec(stdout)?.[1] ?? '';
  });

  it('ends everything it started, and finds its data again at the next start', async () => {
    const pids = partNames.map((part) => everything.pidOf(part));
    const address = everything.system.api;
    expect(await everything.stop('SIGINT')).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);

    everything = await startEverything(dataDir);
    expect(everything.system.api).toBe(address);
    const { status, body } = await call(everything.system, 'GET', `/v1/orders/${number}`);
    expect({ status, number: body.number }).toEqual({ status: 200, number });
  });
});
