import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../docs/markdown';
import { eventually } from '../support/eventually';

const folder = join(root, 'examples/partner-samples');

/** A sample: its file, its processes on a port, and how its language is got where it is not there. */
export interface Sample {
  readonly file: string;
  readonly language: string;
  readonly processes: (port: number) => readonly (readonly [string, ...string[]])[];
  readonly howToGet: string;
}

const samples: readonly Sample[] = [
  {
    file: 'partner.ts',
    language: 'ts',
    processes: () => [['node', '--import', 'tsx', join(folder, 'partner.ts')]],
    howToGet: 'npm install',
  },
  {
    file: 'partner.py',
    language: 'py',
    processes: () => [['python3', join(folder, 'partner.py')]],
    howToGet: 'apt-get install python3',
  },
  {
    file: 'partner.php',
    language: 'php',
    processes: (port) => [
      ['php', '-S', `127.0.0.1:${port}`, join(folder, 'partner.php')],
      ['php', join(folder, 'partner.php')],
    ],
    howToGet: 'apt-get install php-cli',
  },
];

const isThere = (program: string) => spawnSync(program, ['--version']).status === 0;

/** Where the build runs every language has to be there; a developer may be without one, and is told. */
function isToBeTried({ file, processes, howToGet }: Sample): boolean {
  const [[program] = ['']] = processes(0);
  if (process.env.CI === 'true' || isThere(program)) return true;
  process.stderr.write(`${file} is NOT tried: there is no ${program} (${howToGet}).\n`);
  return false;
}

/** The samples whose language is here. */
export const samplesHere = samples.filter(isToBeTried);

export interface RunningSample {
  /** Where it takes letters. */
  readonly url: string;
  /** The folder of what it was told and what it says. */
  readonly data: string;
  stop(): Promise<void>;
}

/** Runs a sample as its page says, until it takes letters. */
export async function startSample(
  { processes }: Sample,
  { port, secret, callbacks }: { port: number; secret: string; callbacks: string },
): Promise<RunningSample> {
  const data = mkdtempSync(join(tmpdir(), 'conveyor-sample-'));
  const settings = { SECRET: secret, CALLBACKS: callbacks, PORT: String(port), FOLDER: data };
  const children = processes(port).map(([program, ...args]) =>
    spawn(program, args, { env: { ...process.env, ...settings }, cwd: root, stdio: 'ignore' }),
  );
  const url = `http://127.0.0.1:${port}/`;
  const answers = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  await eventually(answers, Boolean);
  return {
    ...{ url, data },
    async stop() {
      for (const child of children) {
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }
      rmSync(data, { recursive: true });
    },
  };
}
