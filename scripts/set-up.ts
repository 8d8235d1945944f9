import { readConfig } from '../config';
import { migrate } from '../db/migrate';
import { awaitDatabase } from './parts/postgres';
import { registerSearchAttributes } from './parts/search-attributes';
import { awaitTemporal } from './parts/temporal';
import { within } from './stack/pause';

const WITHIN_MS = 120_000;

/** Prepares a PostgreSQL and a Temporal that somebody else runs: tables, and search attributes. */
async function main(): Promise<void> {
  const { databaseUrl, temporal } = readConfig();
  await within(WITHIN_MS, new AbortController().signal, async (signal) => {
    await awaitDatabase(databaseUrl, signal);
    await migrate(databaseUrl);
    await awaitTemporal({ ...temporal, signal });
    await registerSearchAttributes({ ...temporal, signal });
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
