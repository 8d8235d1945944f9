import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listen } from '../../scripts/partner-check/listening';
import { written } from '../../scripts/partner-check/report';
import { checkPartner } from '../../scripts/partner-check/run';
import { blocksOf, root } from '../docs/markdown';
import { eventually } from '../support/eventually';

const secret = `whsec_${Buffer.from('a secret of both, of some length').toString('base64')}`;
const folder = join(root, 'examples/partner-samples');

/** A sample: its file, its processes on a port, and how its language is got where it is not there. */
interface Sample {
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

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe.each(samples.filter(isToBeTried))('the sample $file', ({ file, language, processes }) => {
  let data: string;
  const children: ChildProcess[] = [];
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'conveyor-sample-'));
  });
  afterAll(async () => {
    for (const child of children) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    rmSync(data, { recursive: true });
  });

  it('is in docs/partners.md as it is', () => {
    const shown = blocksOf('docs/partners.md').find(
      (block) => block.language === language && block.words[0] === 'sample',
    );
    expect(shown?.text).toBe(readFileSync(join(folder, file), 'utf8').trimEnd());
  });

  it('keeps every rule of the check', async () => {
    const ear = await listen('http://127.0.0.1:0/callbacks', secret);
    const port = await freePort();
    const settings = { SECRET: secret, CALLBACKS: ear.url, PORT: String(port), FOLDER: data };
    for (const [program, ...args] of processes(port)) {
      const env = { ...process.env, ...settings };
      children.push(spawn(program, args, { env, cwd: root, stdio: 'ignore' }));
    }
    const url = `http://127.0.0.1:${port}/`;
    await eventually(() => answers(url), Boolean);
    const whom = { url, secret, answerMs: 10_000, partner: 'acme', skus: ['A-1', 'B-2'] };
    const report = await checkPartner({ ...whom, patienceMs: 30_000 }, ear);
    await ear.close();
    expect(written(report)).toContain(' kept, 0 broken, 0 not tried.');
    expect(readdirSync(join(data, 'to-say'))).toEqual([]);
    expect(readdirSync(join(data, 'said'))).not.toEqual([]);
    expect(readdirSync(join(data, 'refused'))).toEqual([]);
  });
});
