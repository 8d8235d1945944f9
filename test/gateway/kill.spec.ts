import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { callsOf, temporaryDirectory, type Calls } from './running-gateway';

const MAIN = path.resolve(__dirname, '../../scripts/gateway/main.ts');
const CAPTURES = 400;

describe('the gateway as a process', () => {
  let directory: string;
  let journal: string;
  let remove: () => void;
  let processes: ChildProcess[];

  beforeEach(() => {
    ({ directory, remove } = temporaryDirectory());
    journal = path.join(directory, 'gateway', 'journal.ndjson');
    processes = [];
  });
  afterEach(async () => {
    for (const process of processes) await end(process, 'SIGKILL');
    remove();
  });

  function launch(port: number): ChildProcess {
    const child = fork(MAIN, {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, PORT: String(port), DATA_DIR: directory, LOG_LEVEL: 'silent' },
    });
    processes.push(child);
    return child;
  }

  async function start(): Promise<{ process: ChildProcess; port: number; calls: Calls }> {
    const child = launch(0);
    const [{ port }] = await once(child, 'message');
    return { process: child, port, calls: callsOf(`http://127.0.0.1:${port}`) };
  }

  async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exit = once(child, 'exit');
    child.kill(signal);
    return (await exit)[0];
  }

  it('killed amid captures, has moved all it answered, each once, and nothing that was not asked for', async () => {
    const first = await start();
    const authorisation = await first.calls.authorise('tok_ok', 1_000_000);
    const keys = Array.from({ length: CAPTURES }, (_, index) => `capture ${index}`);
    const send = (calls: Calls, key: string) =>
      calls.post('/captures', { order: '1', authorisation, amount: Number(key.slice(8)) + 1 }, key);

    const answered = new Map<string, string>();
    const queue = [...keys];
    const sendInTurn = async () => {
      for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
        const answer = await send(first.calls, key).catch(() => undefined);
        if (answer) answered.set(key, answer.body.reference);
        if (answered.size >= CAPTURES / 4) first.process.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 20 }, sendInTurn));
    expect(answered.size).toBeLessThan(CAPTURES);

    appendFileSync(journal, '{"entry":"moved","kind":"capt');
    const second = await start();
    const moved = (await second.calls.ledger()).filter((entry) => entry.kind === 'capture');
    const references = new Map(moved.map((entry) => [entry.key, entry.reference]));
    expect(references.size).toBe(moved.length);
    expect(Object.fromEntries(references)).toMatchObject(Object.fromEntries(answered));

    const answers = await Promise.all(keys.map((key) => send(second.calls, key)));
    expect(answers).toMatchObject(
      keys.map((key) => {
        const reference = references.get(key);
        return reference === undefined
          ? { status: 201, replayed: false }
          : { status: 201, replayed: true, body: { reference } };
      }),
    );
    expect(await second.calls.ledger()).toHaveLength(1 + CAPTURES);
  });

  it('remembers across a kill how often a key failed', async () => {
    const body = { order: '1', amount: 1000, currency: 'GBP', token: 'tok_fails_twice' };
    for (const status of [500, 500, 201]) {
      const { process, calls } = await start();
      expect((await calls.post('/authorisations', body, 'key')).status).toBe(status);
      await end(process, 'SIGKILL');
    }
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends in good order on %s, with all answers given',
    async (signal) => {
      const { process, calls } = await start();
      const authorisation = await calls.authorise('tok_ok', 1000);
      expect(await end(process, signal)).toBe(0);
      const content = readFileSync(journal, 'utf8');
      expect(content).toContain(authorisation);
      expect(content.endsWith('\n')).toBe(true);
    },
  );

  it('ends when its parent is gone', async () => {
    const { process } = await start();
    const exit = once(process, 'exit');
    process.disconnect();
    expect((await exit)[0]).toBe(0);
  });

  it('does not touch the journal when its port is taken', async () => {
    const { process: running, port, calls } = await start();
    await calls.authorise('tok_ok', 1000);
    appendFileSync(journal, '{"entry":"being writ');
    const before = readFileSync(journal, 'utf8');
    const [code] = await once(launch(port), 'exit');
    expect(code).toBe(1);
    expect(readFileSync(journal, 'utf8')).toBe(before);
    expect(running.exitCode).toBeNull();
  });
});
