import { hostname } from 'node:os';
import { readConfig } from '../config';
import { withConnection } from './parts/temporal';

const RECENT_MS = 90_000;

/** Exits with 0 when a worker on this host asks Temporal for orders, else with 1. */
async function main(): Promise<void> {
  const { temporal, taskQueue } = readConfig();
  const { pollers } = await withConnection(temporal.address, (connection) =>
    connection.workflowService.describeTaskQueue({
      namespace: temporal.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: 1,
    }),
  );
  const recent = Date.now() / 1000 - RECENT_MS / 1000;
  const isOurs = pollers.some(
    ({ identity, lastAccessTime }) =>
      identity?.endsWith(`@${hostname()}`) && Number(lastAccessTime?.seconds ?? 0) > recent,
  );
  if (!isOurs) throw new Error(`No worker on ${hostname()} asks for ${taskQueue}.`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
