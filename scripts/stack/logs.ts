import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';

const KEPT_BYTES = 20_000_000;
const SHOWN_BYTES = 4_000;

/** DATA_DIR/logs: one file for each part, appended to; what grew past 20 MB is put aside as `.1` at start. */
export class Logs {
  readonly dir: string;

  constructor(dataDir: string) {
    this.dir = join(dataDir, 'logs');
    mkdirSync(this.dir, { recursive: true });
  }

  /** The file of a part about to start for the first time. */
  fileOf(part: string): string {
    const file = join(this.dir, `${part}.log`);
    if (sizeOf(file) > KEPT_BYTES) renameSync(file, `${file}.1`);
    return file;
  }
}

export function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** The last lines written after the given size was reached, at most `count`. */
export function lastLines(file: string, since: number, count: number): readonly string[] {
  const end = sizeOf(file);
  const start = Math.max(since, end - SHOWN_BYTES);
  if (end <= start) return [];
  const bytes = Buffer.alloc(end - start);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, bytes, 0, bytes.length, start);
  } finally {
    closeSync(handle);
  }
  return bytes.toString('utf8').trimEnd().split('\n').slice(-count);
}
