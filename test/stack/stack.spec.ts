import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, until, Workbench } from './stand-ins';

describe('a stack of parts', () => {
  let bench: Workbench;
  beforeEach(() => {
    bench = new Workbench();
  });
  afterEach(() => bench.clear());

  it('starts its parts in order and ends them in reverse', async () => {
    const stack = bench.stack(bench.part('first', 'steady'), bench.part('second', 'steady'));
    await stack.start();
    await stack.stop();
    expect(bench.journal()).toEqual([
      'first starts',
      'second starts',
      'second ends on SIGTERM',
      'first ends on SIGTERM',
    ]);
  });

  it('performs a task between the parts it stands between', async () => {
    const task = { name: 'task', run: async () => void seen.push(...bench.journal()) };
    const seen: string[] = [];
    const stack = bench.stack(bench.part('first', 'steady'), task, bench.part('second', 'steady'));
    await stack.start();
    await stack.stop();
    expect(seen).toEqual(['first starts']);
  });

  it('names each process with its pid and ports while it runs, and nothing afterwards', async () => {
    const stack = bench.stack(bench.part('worker', 'steady'), bench.part('api', 'steady', 4321));
    await stack.start();
    const { worker, api, supervisor } = bench.processes();
    expect(worker).toEqual({ pid: expect.any(Number) });
    expect(api).toEqual({ pid: expect.any(Number), port: 4321 });
    expect(supervisor?.pid).toBe(process.pid);
    expect(isRunning(worker?.pid ?? NaN)).toBe(true);
    await stack.stop();
    expect(existsSync(join(bench.dataDir, 'processes.json'))).toBe(false);
  });

  it('starts a killed part again and says so', async () => {
    const stack = bench.stack(bench.part('worker', 'steady'));
    await stack.start();
    const killed = bench.pidOf('worker');
    process.kill(killed, 'SIGKILL');
    await until(() => bench.pidOf('worker') !== killed);
    await until(() => bench.said.length === 3);
    expect(bench.said).toEqual([
      'worker is ready.',
      'worker died (killed by SIGKILL); starting it again in 0.25 s.',
      `worker runs again as process ${bench.pidOf('worker')}.`,
    ]);
    await stack.stop();
  });

  it('waits longer each time a part dies anew', async () => {
    const stack = bench.stack(bench.part('worker', 'steady'));
    await stack.start();
    for (const deaths of [1, 2]) {
      process.kill(bench.pidOf('worker'), 'SIGKILL');
      await until(() => bench.said.filter((line) => line.includes('runs again')).length === deaths);
    }
    await stack.stop();
    expect(bench.said.filter((line) => line.includes('died'))).toEqual([
      'worker died (killed by SIGKILL); starting it again in 0.25 s.',
      'worker died (killed by SIGKILL); starting it again in 0.5 s.',
    ]);
  });

  it('does not start a part again that died while the stack was being stopped', async () => {
    const stack = bench.stack(bench.part('worker', 'steady'));
    await stack.start();
    process.kill(bench.pidOf('worker'), 'SIGKILL');
    await until(() => bench.said.length === 2);
    await stack.stop();
    expect(bench.journal()).toEqual(['worker starts']);
  });

  it('bears a part that fails at first', async () => {
    const stack = bench.stack(bench.part('worker', 'faultyAtFirst'));
    await stack.start();
    await stack.stop();
    expect(bench.journal()).toEqual(['worker starts', 'worker starts']);
  });

  it('gives up on a part that fails again and again, shows its last words and ends the others', async () => {
    const stack = bench.stack(bench.part('first', 'steady'), bench.part('worker', 'faulty'));
    await expect(stack.start()).rejects.toThrow(
      /The worker does not start: it died \(exit code 1\)\.[^]*status Shiped is misspelt[^]*logs\/worker\.log/,
    );
    expect(bench.journal()).toEqual([
      'first starts',
      ...Array<string>(3).fill('worker starts'),
      'first ends on SIGTERM',
    ]);
  });

  it('says which task failed and why, and ends what runs', async () => {
    const run = async () => Promise.reject(new Error('no such table'));
    const stack = bench.stack(bench.part('first', 'steady'), { name: 'migration', run });
    await expect(stack.start()).rejects.toThrow('The migration failed: no such table');
    expect(bench.journal()).toEqual(['first starts', 'first ends on SIGTERM']);
  });

  it('can be stopped while it starts', async () => {
    const stack = bench.stack(bench.part('first', 'steady'), bench.part('second', 'slow'));
    const outcome = stack.start().catch((error: Error) => error.message);
    await until(() => bench.journal().includes('second starts'));
    await stack.stop();
    expect(await outcome).toBe('Stopped before everything ran.');
    expect(bench.journal().slice(2)).toEqual(['second ends on SIGTERM', 'first ends on SIGTERM']);
  });

  it('kills a part that will not end, after five seconds', async () => {
    const stack = bench.stack(bench.part('worker', 'deaf'));
    await stack.start();
    const pid = bench.pidOf('worker');
    const askedAt = Date.now();
    await stack.stop();
    expect(Date.now() - askedAt).toBeGreaterThan(4_900);
    expect(bench.journal()).toContain('worker hears SIGTERM');
    expect(isRunning(pid)).toBe(false);
  });

  it('kills it at once when hurried', async () => {
    const stack = bench.stack(bench.part('worker', 'deaf'));
    await stack.start();
    const pid = bench.pidOf('worker');
    const askedAt = Date.now();
    const stopped = stack.stop();
    stack.hurry();
    await stopped;
    expect(Date.now() - askedAt).toBeLessThan(3_000);
    expect(isRunning(pid)).toBe(false);
  });

  it('is refused on data that another one runs on', async () => {
    const stack = bench.stack(bench.part('api', 'steady', 4321));
    await stack.start();
    const refusal = `Conveyor already runs on the data in ${bench.dataDir}: process ${process.pid} at http://localhost:4321.`;
    await expect(bench.stack().start()).rejects.toThrow(refusal);
    expect(isRunning(bench.pidOf('api'))).toBe(true);
    await stack.stop();
  });
});
