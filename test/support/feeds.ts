import type { FeedDependencies } from '../../activities/feeds/pick-up';
import { createPoster } from '../../activities/sending/post';
import { saidInCsv } from '../../machines/letters/said-csv';
import { readSaid } from '../../machines/letters/saying';
import { testVault } from './vault';

export interface FeedOptions {
  /** The folder of exchanged files. */
  readonly exchangeDir?: string;
  readonly patienceMs?: number;
  /** Whether feeds are picked up by themselves, as often as the registry says. */
  readonly areScheduled?: boolean;
}

/** What fetches what partners say in tests: from this machine too, and files as soon as they are there. */
export function testFeeds({
  exchangeDir = '/nowhere',
  patienceMs,
}: FeedOptions = {}): FeedDependencies {
  return {
    ...{ vault: testVault, exchangeDir, patienceMs, settledMs: 0 },
    fetch: createPoster({ allowed: ['127.0.0.1'], timeoutMs: 2_000, longest: 1_000_000 }),
    reading: { readSaid, saidInCsv },
  };
}
