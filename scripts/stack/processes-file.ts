import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { birthOf } from './birth';

/** A running program as processes.json names it. */
export interface Entry {
  readonly pid: number;
  readonly [port: string]: number;
}

/** What a later start needs to recognise a program and end it as it should be ended. */
interface Mark {
  readonly birth: string;
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
}

interface Contents {
  readonly entries: Readonly<Record<string, Entry>>;
  readonly supervisor: {
    readonly pid: number;
    readonly birth: string;
    readonly marks: Readonly<Record<string, Mark>>;
  };
}

/** A program that an earlier supervisor started and left behind. */
export interface Leftover extends Mark {
  readonly name: string;
  readonly pid: number;
}

/** Another supervisor runs on the same data; its message says which, and where it answers. */
class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
  constructor(
    dataDir: string,
    readonly pid: number,
    readonly apiPort: number | undefined,
  ) {
    const address = apiPort === undefined ? '' : ` at http://localhost:${apiPort}`;
    super(
      `Conveyor already runs on the data in ${dataDir}: process ${pid}${address}. End that one first, or set DATA_DIR to another folder for a second one.`,
    );
  }
}

/** DATA_DIR/processes.json: which process is which, and proof that its writer is the only supervisor. */
export class ProcessesFile {
  private constructor(
    private readonly file: string,
    private contents: Contents,
  ) {}

  /** Takes the data for this process; throws AlreadyRunning when a living supervisor holds it. */
  static claim(dataDir: string): ProcessesFile {
    mkdirSync(dataDir, { recursive: true });
    const file = join(dataDir, 'processes.json');
    let entries: Contents['entries'] = {};
    let marks: Contents['supervisor']['marks'] = {};
    for (;;) {
      const supervisor = { pid: process.pid, birth: birthOf(process.pid) ?? '', marks };
      const claimed = { entries, supervisor };
      if (createExclusively(file, claimed)) return new ProcessesFile(file, claimed);
      const found = read(file);
      if (found !== undefined && birthOf(found.supervisor.pid) === found.supervisor.birth) {
        throw new AlreadyRunning(dataDir, found.supervisor.pid, found.entries['api']?.['port']);
      }
      // Of two starts that find the same abandoned file, only one can move it away.
      if (!moveAway(file)) continue;
      entries = { ...entries, ...found?.entries };
      marks = { ...marks, ...found?.supervisor.marks };
    }
  }

  /** What earlier supervisors left running, last started first. */
  leftovers(): readonly Leftover[] {
    const { entries, supervisor } = this.contents;
    return Object.entries(supervisor.marks)
      .flatMap(([name, mark]) => {
        const pid = entries[name]?.pid;
        return pid !== undefined && birthOf(pid) === mark.birth ? [{ name, pid, ...mark }] : [];
      })
      .reverse();
  }

  forgetLeftovers(): void {
    const supervisor = { ...this.contents.supervisor, marks: {} };
    this.rewrite({ entries: {}, supervisor });
  }

  /** Names a program that was just started; an earlier one of that name is forgotten. */
  put(name: string, entry: Entry, stopSignal: Mark['stopSignal']): void {
    const { entries, supervisor } = this.contents;
    const mark = { birth: birthOf(entry.pid) ?? '', stopSignal };
    this.rewrite({
      entries: { ...entries, [name]: entry },
      supervisor: { ...supervisor, marks: { ...supervisor.marks, [name]: mark } },
    });
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }

  private rewrite(contents: Contents): void {
    this.contents = contents;
    writeFileSync(`${this.file}.new`, asJson(contents));
    renameSync(`${this.file}.new`, this.file);
  }
}

function asJson({ entries, supervisor }: Contents): string {
  return `${JSON.stringify({ ...entries, supervisor }, null, 2)}\n`;
}

function createExclusively(file: string, contents: Contents): boolean {
  try {
    writeFileSync(file, asJson(contents), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function moveAway(file: string): boolean {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    rmSync(aside);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** A file that is not ours or was cut short counts as none. */
function read(file: string): Contents | undefined {
  try {
    const { supervisor, ...entries } = JSON.parse(
      readFileSync(file, 'utf8'),
    ) as Contents['entries'] & Pick<Contents, 'supervisor'>;
    return typeof supervisor.pid === 'number' && typeof supervisor.marks === 'object'
      ? { entries, supervisor }
      : undefined;
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
