import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Difference } from '../../machines/reconciling/difference';
import type { RunningOrders } from '../support/orders';

const root = resolve(__dirname, '../..');

/** What `npm run reconcile` said and how it ended. */
export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** With --json: what it found and what it did, by kind of line. */
  readonly found: readonly Difference[];
  readonly repaired: readonly { id: string; outcome: string; why?: string }[];
}

/** Runs `npm run reconcile` as a person does, without npm around it, on the database of these orders. */
export async function reconcile(
  { database, taskQueue, gateway }: Pick<RunningOrders, 'database' | 'taskQueue' | 'gateway'>,
  args: readonly string[],
  gatewayUrl: string = gateway.url,
): Promise<Said> {
  const script = ['--import', 'tsx', resolve(root, 'scripts/reconcile.ts'), '--grace-ms', '0'];
  const child = spawn(process.execPath, [...script, ...args], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS,
      TASK_QUEUE: taskQueue,
      GATEWAY_URL: gatewayUrl,
    },
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [[code], [out, err]] = await Promise.all([
    once(child, 'exit') as Promise<[number | null]>,
    said,
  ]);
  const lines = out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { difference?: Difference; repaired?: Said['repaired'][0] });
  return {
    ...{ code, out, err },
    found: lines.flatMap(({ difference }) => difference ?? []),
    repaired: lines.flatMap(({ repaired }) => repaired ?? []),
  };
}
