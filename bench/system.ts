import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDir, programFolders, readSettings } from '../config';
import { connect } from '../db/connection';
import { conveyor } from '../scripts/parts/conveyor';
import { nodePart } from '../scripts/parts/node-part';
import { postgresUrl } from '../scripts/parts/postgres';
import { openCluster } from '../scripts/parts/postgres-cluster';
import { Logs } from '../scripts/stack/logs';
import { isTask } from '../scripts/stack/part';
import { Ports } from '../scripts/stack/ports';
import { Stack } from '../scripts/stack/stack';
import { HOT_SKU, IN_STOCK, SKUS } from './order';

/** Where the empty workflow's worker listens. */
export const FLOOR_QUEUE = 'floor';

const ADMIN_KEY = 'bench-key-of-no-worth';

/** A running Conveyor of the benchmark's own, with the worker of the empty workflow beside it. */
export interface System {
  readonly dataDir: string;
  readonly temporalAddress: string;
  readonly databaseUrl: string;
  readonly api: string;
  readonly key: string;
  stop(): Promise<void>;
}

/** Starts everything `npm start` starts, as it starts it, on free ports and with data of its own. */
export async function startSystem(withApi: boolean, say: (line: string) => void): Promise<System> {
  const dataDir = mkdtempSync(join(tmpdir(), 'conveyor-bench-'));
  // PostgreSQL's user must be able to enter it.
  chmodSync(dataDir, 0o755);
  let apiPort = 0;
  const stack = new Stack({
    dataDir,
    logs: new Logs(dataDir),
    say: (part, sentence) => say(`${part} ${sentence}`),
    plan: async (signal) => {
      const planned = await conveyor({
        // Nothing that is set by hand: an address would measure somebody else's servers.
        settings: { ...readSettings({}), port: 0 },
        dataDir,
        adminKey: ADMIN_KEY,
        ports: Ports.rememberedIn(dataDir),
        programs: { folders: programFolders(), cache: cacheDir() },
        say: (part, sentence) => say(`${part} ${sentence}`),
        signal,
      });
      apiPort = planned.apiPort;
      const { temporal } = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as {
        temporal: number;
      };
      const floor = nodePart({
        name: 'floor',
        file: join(__dirname, 'floor/worker.ts'),
        environment: {
          DATABASE_URL: 'postgres://unused',
          TEMPORAL_ADDRESS: `127.0.0.1:${temporal}`,
          TASK_QUEUE: FLOOR_QUEUE,
        },
      });
      const wanted = planned.steps.filter((step) => isTask(step) || step.name !== 'api' || withApi);
      return [...wanted, floor];
    },
  });
  const stop = async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await stack.start();
    const ports = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as Record<
      'temporal' | 'postgres',
      number
    >;
    const cluster = await openCluster(dataDir, AbortSignal.timeout(10_000));
    const databaseUrl = postgresUrl({ cluster, port: ports.postgres });
    await fillShelves(databaseUrl);
    return {
      ...{ dataDir, databaseUrl },
      temporalAddress: `127.0.0.1:${ports.temporal}`,
      api: `http://127.0.0.1:${apiPort}`,
      key: ADMIN_KEY,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fillShelves(databaseUrl: string): Promise<void> {
  const knex = connect(databaseUrl, {
    min: 0,
    max: 1,
    applicationName: 'conveyor bench',
  });
  try {
    const rows = [...SKUS, HOT_SKU].map((sku) => ({ sku, in_stock: IN_STOCK, allocated: 0 }));
    await knex('stock_records').insert(rows);
  } finally {
    await knex.destroy();
  }
}
