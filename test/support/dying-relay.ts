import { Client, Connection } from '@temporalio/client';
import { startRelay } from '../../activities/relay/relay';
import { createStarter } from '../../activities/relay/temporal';
import { quickRetries } from './retries';

/** Where a relay in a process of its own is killed by itself; `never` leaves that to others. */
export type Death = 'claimed' | 'started' | 'never';

export interface DyingRelay {
  readonly databaseUrl: string;
  readonly temporal: string;
  readonly taskQueue: string;
  readonly topic: string;
  readonly death: Death;
}

/** As `kill -9` ends it: no promise is kept, no connection closed, no transaction ended. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

async function main(): Promise<void> {
  const { databaseUrl, temporal, taskQueue, topic, death } = JSON.parse(
    process.argv[2] ?? '',
  ) as DyingRelay;
  const client = new Client({ connection: await Connection.connect({ address: temporal }) });
  const start = createStarter(client, taskQueue, quickRetries);
  startRelay({
    databaseUrl,
    topics: [topic],
    lookMs: 100,
    start: async (row) => {
      if (death === 'claimed') await die();
      await start(row);
      if (death === 'started') await die();
    },
  });
  process.send?.('ready');
}

// With whoever started it gone, it is of no use.
process.once('disconnect', () => process.exit());
void main();
