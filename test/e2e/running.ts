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
  };
}

export type Everything = Awaited<ReturnType<typeof startEverything>>;

export interface Final {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function ask({ system }: Everything, path: string, key?: string, body?: unknown) {
  const response = await fetch(`${system.api}${path}`, {
    method: key === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${system.key}`,
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(15_000),
  });
  return {
    status: response.status,
    location: response.headers.get('location') ?? path,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** A patient client: asks again under the same idempotency key, and follows a command that takes its time. */
export async function persist(
  everything: Everything,
  path: string,
  body: unknown,
  key: string,
  withinMs = 60_000,
): Promise<Final> {
  const end = Date.now() + withinMs;
  let last = 'nothing';
  while (Date.now() < end) {
    try {
      let answer = await ask(everything, path, key, body);
      const { location } = answer;
      while (isUnderWay(answer) && Date.now() < end) {
        await pause(200);
        answer = await ask(everything, location);
      }
      const again = answer.status >= 500 || answer.body.code === 'request-in-progress';
      if (!again && !isUnderWay(answer)) return answer;
      last = `${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`;
    } catch (error) {
      last = String(error);
    }
    await pause(200);
  }
  throw new Error(
    `${path} (${key}) has no final answer after ${withinMs} ms; the last was ${last}`,
  );
}

function isUnderWay({ status, body }: Final): boolean {
  const command = (body.command ?? body) as { outcome?: string };
  return status === 202 || (status === 200 && command.outcome === 'pending');
}
