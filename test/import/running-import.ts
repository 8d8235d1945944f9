import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { RunningOrders } from '../support/orders';

const root = resolve(__dirname, '../..');

/** Starts `npm run import` as a person does, without npm around it, on the database of these orders. */
export function startImport(
  { database, taskQueue }: Pick<RunningOrders, 'database' | 'taskQueue'>,
  args: readonly string[],
  input = '',
) {
  const script = ['--import', 'tsx', resolve(root, 'scripts/import.ts'), ...args];
  const child = spawn(process.execPath, script, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS,
      TASK_QUEUE: taskQueue,
    },
  });
  child.stdin.end(input);
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  return {
    kill: () => child.kill('SIGKILL'),
    async end(): Promise<{ code: number | null; out: string; err: string }> {
      const [[code], [out, err]] = await Promise.all([ended, said]);
      return { code, out, err };
    },
  };
}
