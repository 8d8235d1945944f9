import { NativeConnection, Worker } from '@temporalio/worker';
import { readConfig } from '../../config';

/** A process that runs nothing but the empty workflow, with the settings of the product's worker. */
async function run(): Promise<void> {
  const { temporal, taskQueue } = readConfig();
  const connection = await NativeConnection.connect({ address: temporal.address });
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue,
    workflowsPath: require.resolve('./index'),
    shutdownGraceTime: '1 second',
    shutdownForceTime: '2 seconds',
  });
  for (const why of ['disconnect', 'SIGTERM'] as const) {
    process.once(why, () => worker.getState() === 'RUNNING' && worker.shutdown());
  }
  const running = worker.run();
  process.send?.({ ready: true });
  await running;
  await connection.close();
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
