import { statSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import type { Tally } from './run';

/** Shows how far an import is to whoever watches it. */
export interface Progress {
  read(bytes: number): void;
  done(tally: Tally): void;
  end(): void;
}

const COUNTS = '{imported} imported, {same} there, {refused} refused';

/** How much the files have together; undefined when one of them is a stream. */
function sizeOf(files: readonly string[]): number | undefined {
  if (files.includes('-')) return undefined;
  return files.reduce((total, file) => total + statSync(file).size, 0);
}

/** A bar on a terminal, and nothing anywhere else. */
export function createProgress(files: readonly string[]): Progress {
  const size = sizeOf(files);
  const format =
    size === undefined ? COUNTS : `{bar} {percentage}% | ${COUNTS} | {eta_formatted} left`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, etaBuffer: 200 });
  let isOpen = process.stderr.isTTY;
  if (isOpen) bar.start(size ?? 0, 0, { imported: 0, same: 0, refused: 0 });
  return {
    read: (bytes) => isOpen && bar.increment(bytes),
    done: (tally) => isOpen && bar.update({ ...tally }),
    end() {
      if (isOpen) bar.stop();
      isOpen = false;
    },
  };
}
