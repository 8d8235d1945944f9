import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeCommand } from './node-part';
import { run } from '../stack/run';
import type { Say } from '../stack/say';

const LOOK_EVERY_MS = 1_000;
const STANDSTILL_MS = 20_000;

export interface Download {
  readonly version: string;
  /** Where the program is to be. */
  readonly file: string;
  readonly say: Say;
  readonly signal: AbortSignal;
}

/** Downloads Temporal's CLI and answers where it is; throws when the internet is not there or stands still. */
export async function downloadTemporal({ version, file, say, signal }: Download): Promise<string> {
  const folder = dirname(file);
  const workshop = `${folder}.${process.pid}`;
  mkdirSync(workshop, { recursive: true });
  say('temporal', 'is not installed; trying to download it, once.');
  const progress = watchProgress(workshop, signal);
  try {
    // A process of its own, because the SDK that downloads takes over the signals of its process.
    const command = nodeCommand(join(__dirname, '../download-temporal.ts'), [workshop, version]);
    await run(command, progress.signal);
    const [program] = readdirSync(workshop);
    if (program === undefined) throw new Error('nothing arrived');
    mkdirSync(folder, { recursive: true });
    renameSync(join(workshop, program), file);
    return file;
  } catch (error) {
    throw new Error(`The download failed: ${rootCause(error)}.`, { cause: error });
  } finally {
    progress.stop();
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** The SDK's message repeats itself, with the cause last. */
function rootCause(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split(': ').slice(-2).join(': ');
}

/** A signal that aborts with the given one, and when the folder has not grown for twenty seconds. */
function watchProgress(
  folder: string,
  signal: AbortSignal,
): { signal: AbortSignal; stop: () => void } {
  const watched = new AbortController();
  const abort = () => watched.abort(signal.reason);
  signal.addEventListener('abort', abort);
  let size = 0;
  let grewAt = Date.now();
  const looking = setInterval(() => {
    const now = sizeOfFolder(folder);
    if (now > size) grewAt = Date.now();
    else if (Date.now() - grewAt > STANDSTILL_MS) {
      watched.abort(new Error('nothing arrived for twenty seconds'));
    }
    size = now;
  }, LOOK_EVERY_MS);
  const stop = () => {
    clearInterval(looking);
    signal.removeEventListener('abort', abort);
  };
  return { signal: watched.signal, stop };
}

function sizeOfFolder(folder: string): number {
  return readdirSync(folder)
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}
