import { NativeConnection, Worker } from '@temporalio/worker';
import { readConfig, type Config } from '../config';
import { connect } from '../db/connection';
import { createGatewayClient } from './gateway-client';
import { createActivities } from './index';

/** A gateway that has not answered by then may have moved the money: it is asked by key. */
const GATEWAY_TIMEOUT_MS = 3000;
const RETRY_MS = 1000;
const RETRIES = 60;

/** Waits for a Temporal that is not up yet, as after a restart of everything. */
async function connectToTemporal(address: string): Promise<NativeConnection> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      if (attempt === RETRIES) {
        throw new Error(`No Temporal answers at ${address}: start one, or set TEMPORAL_ADDRESS.`, {
          cause: error,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function run({ temporal, taskQueue, databaseUrl, databasePool, gatewayUrl }: Config) {
  const connection = await connectToTemporal(temporal.address);
  const knex = connect(databaseUrl, {
    min: 1,
    max: databasePool,
    applicationName: 'conveyor worker',
  });
  const sandbox = createGatewayClient({ url: gatewayUrl, timeoutMs: GATEWAY_TIMEOUT_MS });
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue,
    workflowsPath: require.resolve('../workflows'),
    activities: createActivities({ knex, gateways: { sandbox } }),
    shutdownGraceTime: '2 seconds',
    shutdownForceTime: '4 seconds',
  });
  // The supervisor's death is noticed by its closed channel; a worker without one outlives its parent.
  process.once('disconnect', () => worker.shutdown());
  const running = worker.run();
  process.send?.({ ready: true });
  await running;
  await knex.destroy();
  await connection.close();
}

run(readConfig()).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
