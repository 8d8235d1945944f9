import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const appendFile = promisify(fs.appendFile);
const fdatasync = promisify(fs.fdatasync);
const NEWLINE = 0x0a;

/** An append-only file of JSON lines that outlives `kill -9`. */
export interface Journal<Line> {
  /** The lines found at opening, oldest first. */
  readonly lines: readonly Line[];
  /** How many bytes of a half-written last line were cut off at opening. */
  readonly torn: number;
  /** Resolves when the line is on disk; lines appended meanwhile share one sync. Rejects for good after a failed write. */
  append(line: Line): Promise<void>;
  /** Resolves when every line appended so far is on disk. */
  settled(): Promise<void>;
  /** Resolves when what was appended is on disk; what is appended later is rejected. */
  close(): Promise<void>;
}

/** Opens or creates the journal, for one process at a time; throws if a whole line cannot be read. `onFailure` is told when nothing can be written any more. */
export function openJournal<Line>(
  file: string,
  onFailure?: (error: unknown) => void,
): Journal<Line> {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const fd = fs.openSync(file, 'a+');
  const { lines, torn } = replay<Line>(file, fd);
  syncDirectory(path.dirname(file));

  let waiting: string[] = [];
  let writing = Promise.resolve();
  let next: Promise<void> | undefined;

  const writeBatch = async () => {
    const batch = waiting;
    waiting = [];
    next = undefined;
    try {
      await appendFile(fd, batch.join(''));
      await fdatasync(fd);
    } catch (error) {
      onFailure?.(error);
      throw error;
    }
  };

  const settled = () => next ?? writing;

  return {
    lines,
    torn,
    append(line) {
      waiting.push(`${JSON.stringify(line)}\n`);
      // Chained on the write under way, so after a failure no later line is ever written behind it.
      next ??= writing = writing.then(writeBatch);
      return next;
    },
    settled,
    async close() {
      const last = settled();
      writing = next = last.then(() => Promise.reject(new Error('The journal is closed.')));
      writing.catch(() => undefined);
      await last.finally(() => fs.closeSync(fd));
    },
  };
}

function replay<Line>(file: string, fd: number): { lines: Line[]; torn: number } {
  const content = fs.readFileSync(file);
  const end = content.lastIndexOf(NEWLINE) + 1;
  const torn = content.length - end;
  if (torn > 0) {
    fs.ftruncateSync(fd, end);
    fs.fsyncSync(fd);
  }
  const text = content.toString('utf8', 0, end);
  const lines = text.split('\n').slice(0, -1);
  return { lines: lines.map((line, index) => parseLine<Line>(line, file, index + 1)), torn };
}

function parseLine<Line>(line: string, file: string, number: number): Line {
  try {
    return JSON.parse(line) as Line;
  } catch (cause) {
    throw new Error(`Line ${number} of ${file} is not JSON; the journal is damaged.`, { cause });
  }
}

function syncDirectory(directory: string): void {
  const fd = fs.openSync(directory, 'r');
  fs.fsyncSync(fd);
  fs.closeSync(fd);
}
