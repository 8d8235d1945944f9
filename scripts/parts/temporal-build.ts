import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { childEnvironment } from '../../config';
import { run } from '../stack/run';
import type { Say } from '../stack/say';

const TOLD_EVERY_MS = 20_000;

export interface Build {
  readonly version: string;
  /** Where the program is to be. */
  readonly file: string;
  readonly go: string;
  readonly say: Say;
  readonly signal: AbortSignal;
}

/** Builds Temporal's CLI with Go, in minutes, and answers where it is. */
export async function buildTemporal({ version, file, go, say, signal }: Build): Promise<string> {
  const folder = dirname(file);
  const workshop = `${folder}.${process.pid}`;
  mkdirSync(workshop, { recursive: true });
  const startedAt = Date.now();
  say('temporal', 'is being built with Go, once; this takes about four minutes.');
  const telling = setInterval(() => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    say('temporal', `is still being built (${seconds} s so far).`);
  }, TOLD_EVERY_MS);
  try {
    await run(
      {
        file: go,
        args: ['install', `github.com/temporalio/cli/cmd/temporal@${version}`],
        environment: childEnvironment({ GOBIN: workshop, CGO_ENABLED: '0' }),
      },
      signal,
    );
    mkdirSync(folder, { recursive: true });
    // Only a whole program ever stands where the next start looks.
    renameSync(join(workshop, 'temporal'), file);
    return file;
  } finally {
    clearInterval(telling);
    rmSync(workshop, { recursive: true, force: true });
  }
}
