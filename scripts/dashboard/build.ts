import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compressFiles } from './compress';

const root = join(__dirname, '../..');
const folder = join(root, 'dashboard');
const dist = join(folder, 'dist');
const vite = join(root, 'node_modules/vite/bin/vite.js');
const CONFIG = ['--config', join(folder, 'vite.config.mjs')];
const STAMP = 'built-from.txt';
const run = promisify(execFile);

const builders = ['build.ts', 'compress.ts'].map((name) => join(__dirname, name));

/** What the dashboard is made of: its sources, the packages it was made with, and what makes it. */
function sources(): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => !/[/\\](dist|\.build-\d+)[/\\]/.test(file));
  return [...files.sort(), join(root, 'package-lock.json'), ...builders];
}

function stampOf(): string {
  const hash = createHash('sha256');
  for (const file of sources()) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

/** Builds the dashboard unless what is there was built from just these sources; true when it built. */
export async function buildDashboard(): Promise<boolean> {
  const stamp = stampOf();
  const file = join(dist, STAMP);
  if (existsSync(file) && readFileSync(file, 'utf8') === stamp) return false;
  const fresh = join(folder, `.build-${process.pid}`);
  // In a process of its own, because a test's NODE_ENV would make it one for developers.
  await run(process.execPath, [vite, 'build', '--outDir', fresh, '--logLevel', 'warn', ...CONFIG], {
    cwd: folder,
    env: { NODE_ENV: 'production' },
  });
  compressFiles(join(fresh, 'assets'));
  writeFileSync(join(fresh, STAMP), stamp);
  // A server that serves meanwhile finds the old files or the new ones, never half of them.
  const old = join(folder, `.build-${process.pid}-old`);
  mkdirSync(dist, { recursive: true });
  renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
  return true;
}
