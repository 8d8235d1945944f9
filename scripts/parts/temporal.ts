import { Connection } from '@temporalio/client';
import { join } from 'node:path';
import { childEnvironment } from '../../config';
import type { Part } from '../stack/part';
import { untilItWorks } from '../stack/pause';

const ASK_EVERY_MS = 100;
const CONNECT_WITHIN_MS = 2_000;

export interface TemporalOptions {
  /** The program, Temporal's CLI. */
  readonly cli: string;
  readonly port: number;
  readonly uiPort: number;
  readonly namespace: string;
  readonly dataDir: string;
  /** Dynamic configuration beside the product's own. */
  readonly tuning?: Readonly<Record<string, string | number | boolean>>;
}

/** Measured: with these a lone order goes through in a third of the time. */
const dynamicConfig = {
  'history.transferProcessorMaxPollRPS': 2000,
  'system.enableActivityEagerExecution': true,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

/** Measured: with these a file is as fast as memory. */
const sqlitePragmas = { journal_mode: 'WAL', synchronous: 'NORMAL' };

/** Temporal's development server with its Web UI, on the loopback address, its data in DATA_DIR/temporal.db. */
export function temporalPart(options: TemporalOptions): Part {
  const { cli, port, uiPort, namespace, dataDir, tuning = {} } = options;
  const args = [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--namespace', namespace],
    ...['--port', String(port), '--ui-port', String(uiPort)],
    ...['--db-filename', join(dataDir, 'temporal.db')],
    ...each('--sqlite-pragma', sqlitePragmas),
    ...each('--dynamic-config-value', { ...dynamicConfig, ...tuning }),
  ];
  return {
    name: 'temporal',
    ports: { port, uiPort },
    stopSignal: 'SIGTERM',
    command: () => ({ file: cli, args, environment: childEnvironment({}) }),
    ready: ({ signal }) => awaitTemporal({ address: `127.0.0.1:${port}`, namespace, signal }),
  };
}

export interface TemporalNamespace {
  readonly address: string;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

/** Resolves once the server answers for the namespace; throws a sentence when it has not until the signal aborts. */
export async function awaitTemporal({
  address,
  namespace,
  signal,
}: TemporalNamespace): Promise<void> {
  const ask = () =>
    withConnection(address, (connection) =>
      connection.workflowService.describeNamespace({ namespace }),
    );
  try {
    await untilItWorks(ask, { signal, everyMs: ASK_EVERY_MS });
  } catch (error) {
    throw new Error(
      `Temporal at ${address} does not answer for the namespace ${namespace} (${String(error)}): start it, or correct TEMPORAL_ADDRESS or TEMPORAL_NAMESPACE.`,
      { cause: error },
    );
  }
}

/** Lends a connection to the server and closes it afterwards. */
export async function withConnection<Result>(
  address: string,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_WITHIN_MS });
  try {
    return await connection.withDeadline(Date.now() + CONNECT_WITHIN_MS, () => use(connection));
  } finally {
    await connection.close();
  }
}

function each(flag: string, values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
}
