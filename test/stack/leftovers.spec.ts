import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeCommand } from '../../scripts/parts/node-part';
import { isRunning, until, Workbench } from './stand-ins';

describe('after kill -9 of the supervisor', () => {
  let bench: Workbench;
  afterEach(() => bench.clear());

  /** Starts a supervisor of `postgres` and `worker` in a process of its own, kills it and waits for the worker to leave. */
  async function killedSupervisor(): Promise<{ postgres: number }> {
    const command = nodeCommand(join(__dirname, 'supervisor.ts'), []);
    const supervisor = spawn(command.file, command.args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [{ folder }] = (await once(supervisor, 'message')) as [{ folder: string }];
    bench = new Workbench(folder);
    const pids = { postgres: bench.pidOf('postgres'), worker: bench.pidOf('worker') };
    supervisor.kill('SIGKILL');
    await once(supervisor, 'exit');
    await until(() => !isRunning(pids.worker));
    return pids;
  }

  it('the Node parts leave by themselves, and the next start ends what stayed', async () => {
    const { postgres } = await killedSupervisor();
    expect(bench.journal()).toContain('worker ends on disconnect');
    expect(isRunning(postgres)).toBe(true);

    const next = bench.stack(bench.part('postgres', 'steady'));
    await next.start();
    expect(isRunning(postgres)).toBe(false);
    expect(bench.said).toEqual([
      `postgres was left running as process ${postgres} by an earlier start; ending it.`,
      'postgres is ready.',
    ]);
    expect(bench.pidOf('postgres')).not.toBe(postgres);
    await next.stop();
  });

  it('a process that only happens to have the pid is left alone', async () => {
    const { postgres } = await killedSupervisor();
    const file = join(bench.dataDir, 'processes.json');
    const processes = JSON.parse(readFileSync(file, 'utf8'));
    processes.supervisor.marks.postgres.birth += '0';
    writeFileSync(file, JSON.stringify(processes));

    const next = bench.stack();
    await next.start();
    expect(bench.said).toEqual([]);
    expect(isRunning(postgres)).toBe(true);
    await next.stop();
    process.kill(postgres, 'SIGKILL');
  });

  it('a file that was cut short does not stand in the way', async () => {
    bench = new Workbench();
    writeFileSync(join(bench.dataDir, 'processes.json'), '{ "worker": { "pi');
    const next = bench.stack(bench.part('worker', 'steady'));
    await next.start();
    expect(isRunning(bench.pidOf('worker'))).toBe(true);
    await next.stop();
  });
});
