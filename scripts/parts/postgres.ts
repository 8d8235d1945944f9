import { Client } from 'pg';
import { childEnvironment } from '../../config';
import type { Part } from '../stack/part';
import { untilItWorks } from '../stack/pause';
import { SUPERUSER, type Cluster } from './postgres-cluster';

export const DATABASE = 'conveyor';
const TRIES = 6;
const ASK_EVERY_MS = 100;
const CONNECT_WITHIN_MS = 2_000;

export interface PostgresOptions {
  readonly cluster: Cluster;
  readonly port: number;
  /** PostgreSQL's own settings, on top of ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The address of a database on the cluster, with its password. */
export function postgresUrl({ cluster, port }: PostgresOptions, database = DATABASE): string {
  return `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

/** PostgreSQL on the loopback address; ready once its database `conveyor` is there. */
export function postgresPart(options: PostgresOptions): Part {
  const { cluster, port } = options;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    // Its log quotes neither rows nor statements: they hold customers.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return {
    name: 'postgres',
    ports: { port },
    // SIGTERM would wait for every client to leave.
    stopSignal: 'SIGINT',
    // After a kill -9 its orphans hold on to the data for a moment, and a start is refused meanwhile.
    tries: TRIES,
    command: () =>
      cluster.user.as({
        file: cluster.program,
        args: ['-D', cluster.folder, '-p', String(port), ...flags],
        environment: childEnvironment({}),
        folder: '/',
      }),
    ready: async ({ signal }) => {
      await untilItWorks(() => createDatabase(options), { signal, everyMs: ASK_EVERY_MS });
    },
  };
}

/** Resolves once the database answers; throws a sentence when it has not until the signal aborts. */
export async function awaitDatabase(url: string, signal: AbortSignal): Promise<void> {
  try {
    await untilItWorks(() => query(url, 'select 1'), { signal, everyMs: ASK_EVERY_MS });
  } catch (error) {
    const { host } = new URL(url);
    throw new Error(
      `PostgreSQL at ${host} does not answer (${String(error)}): start it, or correct DATABASE_URL.`,
      { cause: error },
    );
  }
}

async function createDatabase(options: PostgresOptions): Promise<void> {
  const admin = postgresUrl(options, 'postgres');
  const found = await query(admin, `select from pg_database where datname = '${DATABASE}'`);
  if (found === 0) await query(admin, `create database ${DATABASE}`);
}

async function query(url: string, sql: string): Promise<number> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: CONNECT_WITHIN_MS * 5,
  });
  // Without a listener a connection that breaks while idle would end the whole process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
