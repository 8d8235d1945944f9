import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, renameSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { cacheDir, childEnvironment, programFolders } from '../../config';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';

const VERSION = 'v0.203.0';

/** Where stripe-mock is, built with Go when it is nowhere yet; undefined where there is no Go either. */
export function findStripeMock(): string | undefined {
  const folder = join(cacheDir(), `stripe-mock-${VERSION}`);
  const file = join(folder, 'stripe-mock');
  if (isProgram(file)) return file;
  const go = programFolders()
    .map((each) => join(each, 'go'))
    .find(isProgram);
  if (go === undefined) return undefined;
  const workshop = `${folder}.${process.pid}`;
  mkdirSync(workshop, { recursive: true });
  try {
    const source = `github.com/stripe/stripe-mock@${VERSION}`;
    const env = childEnvironment({ GOBIN: workshop, CGO_ENABLED: '0' }) as NodeJS.ProcessEnv;
    const { status } = spawnSync(go, ['install', source], { env, timeout: 300_000 });
    if (status !== 0) return undefined;
    mkdirSync(folder, { recursive: true });
    // Only a whole program ever stands where the next run looks.
    renameSync(join(workshop, 'stripe-mock'), file);
    return file;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Stripe's own stand-in, which knows the shape of every request and nothing of what was sent before. */
export async function startStripeMock(file: string) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(file, ['-http-port', String(port)], { stdio: 'ignore' });
  await eventually(
    () =>
      fetch(url).then(
        () => true,
        () => false,
      ),
    (isUp) => isUp,
    30_000,
  );
  return {
    url,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
