import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { childEnvironment } from '../../config';
import { systemIn, type System } from '../demo/system';

const ROOT = join(__dirname, '..', '..');

/** The processes that `npm start` runs. */
export const partNames = ['postgres', 'temporal', 'gateway', 'worker', 'api'] as const;
export type PartName = (typeof partNames)[number];

interface Processes {
  readonly [part: string]: { readonly pid: number; readonly port?: number };
}

/** A folder for the data of one run of everything; `remove` it at the end. */
export function dataFolder() {
  const dataDir = mkdtempSync(join(tmpdir(), 'conveyor-run-'));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** What `npm start` starts, on its own data; everything is a process of its own, as in real life. */
export async function startEverything(dataDir: string, settings: Record<string, string> = {}) {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'scripts', 'start.ts')],
    {
      cwd: ROOT,
      env: childEnvironment({ DATA_DIR: dataDir, ...settings }),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  // Whoever is killed itself leaves no servers behind.
  const end = () => void child.kill('SIGTERM');
  process.once('exit', end);
  let said = '';
  const listen = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const ended = once(child, 'exit');
  while (!said.includes('Conveyor is up.')) {
    if (child.exitCode !== null) throw new Error(`npm start ended: ${said}`);
    await pause(50);
  }
  const processes = () =>
    JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8')) as Processes;
  const system: System = systemIn(dataDir, settings.ADMIN_KEY);

  return {
    system,
    dataDir,
    said: () => said,
    processes,
    pidOf: (part: PartName) => processes()[part]?.pid ?? 0,
    gatewayUrl: () => `http://127.0.0.1:${processes().gateway?.port ?? 0}`,

    /** Whether the part serves again since it was last killed. */
    isBack(this: void, part: PartName): boolean {
      const { pid = 0 } = processes()[part] ?? {};
      const news = said.slice(said.lastIndexOf(`\n${part} `));
      return new RegExp(`^\\n${part} +runs again as process ${pid}\\.`).test(news);
    },

    /** Sends a part a signal without telling the supervisor; false when it was dead already. */
    signal(part: PartName, signal: NodeJS.Signals): boolean {
      try {
        return process.kill(processes()[part]?.pid ?? 0, signal);
      } catch {
        // It has just died of an earlier signal and is about to be started again.
        return false;
      }
    },

    /** Ends it as Ctrl-C does, and gives the exit code. */
    async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
      process.removeListener('exit', end);
      if (child.exitCode === null) child.kill(signal);
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

export type Everything = Awaited<ReturnType<typeof startEverything>>;

/** Waits until the API says that it, PostgreSQL and Temporal are there; throws when they are not in time. */
export async function untilReady({ system }: Everything, withinMs = 120_000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    const status = await fetch(`${system.api}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    if (Date.now() > end) throw new Error(`${system.api}/readyz is not 200 after ${withinMs} ms.`);
    await pause(200);
  }
}
