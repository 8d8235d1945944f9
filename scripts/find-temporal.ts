import { cacheDir, programFolders } from '../config';
import { findTemporal } from './parts/temporal-cli';

/** Prints where Temporal's CLI is, after downloading or building it when it is nowhere yet. */
async function main(): Promise<void> {
  const say = (who: string, sentence: string) => process.stderr.write(`${who} ${sentence}\n`);
  const { signal } = new AbortController();
  const file = await findTemporal({ folders: programFolders(), cache: cacheDir(), say, signal });
  process.stdout.write(`${file}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
