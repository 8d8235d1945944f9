import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePart } from '../../scripts/parts/node-part';
import { birthOf } from '../../scripts/stack/birth';
import { Logs } from '../../scripts/stack/logs';
import type { Part, Step } from '../../scripts/stack/part';
import { Stack } from '../../scripts/stack/stack';

/** What small programs that stand for parts do; each notes in a journal when it starts and ends. */
const behaviours = {
  steady: `
    for (const why of ['SIGTERM', 'disconnect'])
      process.once(why, () => { note('ends on ' + why); process.exit(0); });
    note('starts');
    process.send({ ready: true });`,
  /** As PostgreSQL and Temporal, it does not notice that its supervisor is gone. */
  unnoticing: `
    process.once('SIGTERM', () => { note('ends on SIGTERM'); process.exit(0); });
    note('starts');
    process.send({ ready: true });`,
  deaf: `
    process.on('SIGTERM', () => note('hears SIGTERM'));
    note('starts');
    process.send({ ready: true });`,
  slow: `
    process.once('SIGTERM', () => { note('ends on SIGTERM'); process.exit(0); });
    note('starts');`,
  faulty: `
    note('starts');
    console.log('The shop cannot be used: status Shiped is misspelt.');
    process.exit(1);`,
  faultyAtFirst: `
    note('starts');
    if (journal().length < 2) process.exit(1);
    process.send({ ready: true });`,
} as const;

type Behaviour = keyof typeof behaviours;

/** A folder with its own data, journal and stand-in programs. */
export class Workbench {
  readonly dataDir: string;
  readonly said: string[] = [];
  private readonly journalFile: string;

  constructor(readonly folder = mkdtempSync(join(tmpdir(), 'conveyor-stack-'))) {
    this.dataDir = join(folder, 'data');
    this.journalFile = join(folder, 'journal');
    mkdirSync(this.dataDir, { recursive: true });
    appendFileSync(this.journalFile, '');
  }

  part(name: string, behaviour: Behaviour, port?: number): Part {
    const file = join(this.folder, `${name}.js`);
    writeFileSync(
      file,
      `const fs = require('node:fs');
       const note = (what) => fs.appendFileSync(${JSON.stringify(this.journalFile)}, '${name} ' + what + '\\n');
       const journal = () => fs.readFileSync(${JSON.stringify(this.journalFile)}, 'utf8').trim().split('\\n');
       setTimeout(() => process.exit(), 60_000);
       ${behaviours[behaviour]}`,
    );
    return nodePart({ name, file, environment: {}, ...(port === undefined ? {} : { port }) });
  }

  stack(...steps: Step[]): Stack {
    const { dataDir } = this;
    const say = (who: string, sentence: string) => void this.said.push(`${who} ${sentence}`);
    return new Stack({ dataDir, logs: new Logs(dataDir), say, plan: async () => steps });
  }

  journal(): string[] {
    return readFileSync(this.journalFile, 'utf8').trim().split('\n');
  }

  processes(): Record<string, { pid: number; port?: number }> {
    return JSON.parse(readFileSync(join(this.dataDir, 'processes.json'), 'utf8'));
  }

  pidOf(name: string): number {
    return this.processes()[name]?.pid ?? NaN;
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function isRunning(pid: number): boolean {
  return birthOf(pid) !== undefined;
}

/** Resolves when the condition holds; throws when it does not in time. */
export async function until(condition: () => boolean, seconds = 10): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
