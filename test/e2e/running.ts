import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemIn, type System } from '../../scripts/demo/system';

const ROOT = join(__dirname, '..', '..');

export type PartName = 'postgres' | 'temporal' | 'gateway' | 'worker' | 'api';

interface Processes {
  readonly [part: string]: { readonly pid: number; readonly port?: number };
}

/** A folder for the data of one run of everything; `remove` it at the end. */
export function dataFolder() {
  const dataDir = mkdtempSync(join(tmpdir(), 'conveyor-e2e-'));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What `npm start` starts, on its own data; everything is a process of its own, as in real life. */
export async function startEverything(dataDir: string, settings: Record<string, string> = {}) {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'scripts', 'start.ts')],
    {
      cwd: ROOT,
      env: { ...process.env, DATA_DIR: dataDir, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
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
    said: () => said,
    processes,
    pidOf: (part: PartName) => processes()[part]?.pid ?? 0,
    gatewayUrl: () => `http://127.0.0.1:${processes().gateway?.port ?? 0}`,

    /** Sends a part a signal without telling the supervisor. */
    signal(part: PartName, signal: NodeJS.Signals): number {
      const pid = processes()[part]?.pid ?? 0;
      try {
        process.kill(pid, signal);
      } catch {
        // It has just died of an earlier signal and is about to be started again.
      }
      return pid;
    },

    /** Ends it as Ctrl-C does, and gives the exit code. */
    async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
      if (child.exitCode === null) child.kill(signal);
      const [code] = (await ended) as [number | null];
      return code;
    },

    /** Kills the supervisor itself, which then can tidy up nothing. */
    async killSupervisor(): Promise<void> {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export type Everything = Awaited<ReturnType<typeof startEverything>>;

/** Asks again under the same idempotency key until there is a final answer, as a patient client does. */
export async function persist(
  { system }: Everything,
  path: string,
  body: unknown,
  key: string,
  withinMs = 60_000,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const end = Date.now() + withinMs;
  let last = 'nothing';
  while (Date.now() < end) {
    try {
      const response = await fetch(`${system.api}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${system.key}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(15_000),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      const { code } = answer as { code?: string };
      const again =
        response.status >= 500 || response.status === 202 || code === 'request-in-progress';
      if (!again) return { status: response.status, body: answer };
      last = `${response.status} ${JSON.stringify(answer).slice(0, 300)}`;
    } catch (error) {
      last = String(error);
    }
    await pause(200);
  }
  throw new Error(
    `${path} (${key}) has no final answer after ${withinMs} ms; the last was ${last}`,
  );
}
