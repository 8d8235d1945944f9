import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDir, defaults, programFolders } from '../../config';
import { postgresPart, postgresUrl } from '../../scripts/parts/postgres';
import { openCluster } from '../../scripts/parts/postgres-cluster';
import { registerSearchAttributes } from '../../scripts/parts/search-attributes';
import { temporalPart } from '../../scripts/parts/temporal';
import { findTemporal } from '../../scripts/parts/temporal-cli';
import { Logs } from '../../scripts/stack/logs';
import type { Step } from '../../scripts/stack/part';
import { Ports } from '../../scripts/stack/ports';
import { Stack } from '../../scripts/stack/stack';
import type { Addresses } from './stack';

/** Data that nobody needs after a crash need not reach the disk. */
const hasty = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };
/** So that a test reaches the end of a run without thousands of commands. */
const tuning = { 'limit.historyCount.suggestContinueAsNew': 150 };
const namespace = defaults.temporalNamespace;

/** A process of its own that runs the servers of a test run and ends them when its parent is gone. */
async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'conveyor-test-servers-'));
  chmodSync(dataDir, 0o755);
  let addresses: Addresses | undefined;
  const stack = new Stack({
    dataDir,
    logs: new Logs(dataDir),
    say: () => undefined,
    plan: async (signal) => {
      const planned = await plan(dataDir, signal);
      addresses = planned.addresses;
      return planned.steps;
    },
  });
  const end = async (exitCode: number) => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
    process.exit(exitCode);
  };
  for (const why of ['disconnect', 'SIGTERM'] as const) process.once(why, () => void end(0));
  try {
    await stack.start();
    process.send?.({ ...addresses, ready: true });
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    await end(1);
  }
}

async function plan(
  dataDir: string,
  signal: AbortSignal,
): Promise<{ addresses: Addresses; steps: readonly Step[] }> {
  const say = (who: string, sentence: string) => tell(`${who} ${sentence}`);
  const cli = await findTemporal({ folders: programFolders(), cache: cacheDir(), say, signal });
  const cluster = await openCluster(dataDir, signal);
  const ports = Ports.rememberedIn(dataDir);
  const postgres = { cluster, port: await ports.byHand('postgres', 0), settings: hasty };
  const port = await ports.byHand('temporal', 0);
  const uiPort = await ports.byHand('temporal-ui', 0);
  const address = `127.0.0.1:${port}`;
  return {
    addresses: { postgresUrl: postgresUrl(postgres, 'postgres'), temporalAddress: address },
    steps: [
      postgresPart(postgres),
      temporalPart({ cli, port, uiPort, namespace, dataDir, tuning }),
      {
        name: 'registration of search attributes',
        run: (stop) => registerSearchAttributes({ address, namespace, signal: stop }),
      },
    ],
  };
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

void main();
