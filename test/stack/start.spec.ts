import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alone, TURN_WITHIN_MS } from '../support/alone';
import { isRunning, until } from './stand-ins';

const parts = ['postgres', 'temporal', 'gateway', 'worker', 'api'] as const;
type Processes = Record<string, { pid: number; port?: number; uiPort?: number }>;

/** One run of `npm start`, as somebody at a terminal sees it. */
class Start {
  printed = '';
  readonly ended: Promise<number | null>;
  readonly npm: ChildProcess;

  constructor(private readonly dataDir: string) {
    this.npm = spawn('npm', ['start'], {
      cwd: join(__dirname, '../..'),
      env: { ...process.env, DATA_DIR: dataDir, ADMIN_KEY: '', PORT: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.npm.stdout, this.npm.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
    }
    this.ended = once(this.npm, 'exit').then(([code]) => code as number | null);
  }

  async up(): Promise<void> {
    await until(() => this.printed.includes('Ctrl-C ends it.') || this.npm.exitCode !== null, 90);
    if (!this.printed.includes('Conveyor is up.')) throw new Error(this.printed);
  }

  processes(): Processes {
    return JSON.parse(readFileSync(join(this.dataDir, 'processes.json'), 'utf8'));
  }

  shown(what: string): string | undefined {
    return new RegExp(`^ +${what} +(.+)$`, 'm').exec(this.printed)?.[1];
  }

  /** Asks the API as the holder of the admin key; the status, or undefined when nobody answers. */
  async ask(path: string, body?: object): Promise<number | undefined> {
    const headers = {
      authorization: `Bearer ${this.shown('Admin key')}`,
      'content-type': 'application/json',
    };
    const sent = body && { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${this.shown('API')}${path}`, { headers, ...sent }).catch(
      () => undefined,
    );
    return answer?.status;
  }

  async answers(path: string): Promise<void> {
    for (let tries = 0; (await this.ask(path)) !== 200; tries += 1) {
      if (tries > 100) throw new Error(`${path} did not answer 200 in 30 s`);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

describe('npm start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'conveyor-start-'));
  let start: Start;
  let release: () => void;
  beforeAll(async () => {
    release = await alone();
    start = new Start(dataDir);
    await start.up();
  }, TURN_WITHIN_MS);
  afterAll(async () => {
    start.npm.kill('SIGTERM');
    await start.ended;
    release();
    rmSync(dataDir, { recursive: true, force: true });
  }, 30_000);

  const order = (number: string) => ({
    number,
    currency: 'GBP',
    customer: { email: 'a@example.com', name: 'A. Buyer', guest: true },
    shippingAddress: { name: 'A', lines: ['1 Road'], city: 'X', postcode: 'Y', country: 'GB' },
    lines: [
      {
        id: 'A',
        sku: 'MUG-1',
        title: 'Mug',
        quantity: 1,
        unitPrice: { exclTax: 1000, inclTax: 1200 },
        trackStock: false,
      },
    ],
    total: { exclTax: 1000, inclTax: 1200 },
  });

  it('runs every part as a process of its own and says where each answers', async () => {
    const processes = start.processes();
    expect(new Set(parts.map((part) => processes[part]?.pid)).size).toBe(parts.length);
    expect(processes['worker']).toEqual({ pid: expect.any(Number) });
    expect(processes['temporal']).toEqual({
      pid: expect.any(Number),
      port: expect.any(Number),
      uiPort: expect.any(Number),
    });
    expect(start.shown('API')).toBe(`http://localhost:${processes['api']?.port}`);
    expect(start.shown('Temporal Web UI')).toBe(
      `http://localhost:${processes['temporal']?.uiPort}`,
    );
    expect((await fetch(start.shown('Temporal Web UI') ?? '')).status).toBe(200);
  });

  it('prints a key that opens the API', async () => {
    expect(await start.ask('/v1/orders')).toBe(200);
    expect(await start.ask('/v1/orders', order('100001'))).toBe(201);
  });

  it('prints a link by which the first admin gets in', async () => {
    const [address, link] = (start.shown('Sign in') ?? '').split('#link=');
    expect(address).toBe(`${start.shown('Dashboard')}sign-in`);
    const read = await fetch(`${start.shown('API')}/v1/sign-in-links/read`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link }),
    });
    expect(await read.json()).toMatchObject({ kind: 'first' });
  });

  it('refuses a second start on the same data', async () => {
    const second = new Start(dataDir);
    expect(await second.ended).toBe(1);
    expect(second.printed).toContain(`process ${start.processes()['supervisor']?.pid}`);
    expect(second.printed).toContain(`at ${start.shown('API')}`);
  }, 30_000);

  it.each(parts)(
    'starts a killed %s again, and orders go on',
    async (part) => {
      const killed = start.processes()[part]?.pid ?? NaN;
      process.kill(killed, 'SIGKILL');
      await until(() => start.processes()[part]?.pid !== killed);
      await until(() => new RegExp(`^${part} +runs again`, 'm').test(start.printed), 30);
      await start.answers('/readyz');
      expect(await start.ask('/v1/orders', order(`20000${parts.indexOf(part)}`))).toBe(201);
    },
    60_000,
  );

  it('ends what a killed supervisor left behind and comes back with the same key, address and orders', async () => {
    const before = start;
    const left = before.processes();
    process.kill(left['supervisor']?.pid ?? NaN, 'SIGKILL');
    await before.ended;
    start = new Start(dataDir);
    await start.up();
    expect(parts.filter((part) => isRunning(left[part]?.pid ?? NaN))).toEqual([]);
    expect(start.shown('Admin key')).toBe(before.shown('Admin key'));
    expect(start.shown('API')).toBe(before.shown('API'));
    await start.answers('/v1/orders/100001');
  }, 100_000);

  it('ends everything when npm is asked to end', async () => {
    const running = start.processes();
    start.npm.kill('SIGTERM');
    expect(await start.ended).toBe(0);
    expect(parts.filter((part) => isRunning(running[part]?.pid ?? NaN))).toEqual([]);
    expect(existsSync(join(dataDir, 'processes.json'))).toBe(false);
  }, 30_000);
});
