import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeCommand } from '../../scripts/parts/node-part';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { testKeys } from '../support/vault';

describe('the process of a worker', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  function start(environment: Record<string, string | undefined>) {
    const file = join(__dirname, '../../activities/worker.ts');
    const command = nodeCommand(file, [], {
      ...{ LOG_LEVEL: 'warn', SECRETS_KEY: testKeys.join(',') },
      ...environment,
    });
    const child = spawn(command.file, command.args, {
      env: command.environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let [said, logged] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => (logged += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    const ready = once(child, 'message').then(([message]) => message as unknown);
    return { child, ended, ready, said: () => said, logged: () => logged };
  }

  it('says that it is ready, and ends in good order when its parent is gone', async () => {
    const worker = start({
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS,
      TASK_QUEUE: 'worker-process-test',
    });
    expect(await worker.ready).toEqual({ ready: true });
    const since = Date.now();
    worker.child.disconnect();
    expect(await worker.ended).toBe(0);
    expect(Date.now() - since).toBeLessThan(10_000);
    expect(worker.said()).toBe('');
  });

  it('ends when it is told to while it still waits for Temporal', async () => {
    const worker = start({ DATABASE_URL: database.url, TEMPORAL_ADDRESS: '127.0.0.1:1' });
    await eventually(
      () => Promise.resolve(worker.logged()),
      (text) => text.includes('waiting'),
    );
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
  });

  it('says in a sentence what setting is missing', async () => {
    const worker = start({ DATABASE_URL: '' });
    expect(await worker.ended).toBe(1);
    expect(worker.said()).toContain('DATABASE_URL is not set');
    expect(worker.said().trim().split('\n')).toHaveLength(1);
  });

  it('does not start without what secrets are sealed with, and says so', async () => {
    const worker = start({ DATABASE_URL: database.url, SECRETS_KEY: '' });
    expect(await worker.ended).toBe(1);
    expect(worker.said()).toMatch(
      /^SECRETS_KEY is not set: set it, .* `npm start`, which keeps one\.\n$/,
    );
  });
});
