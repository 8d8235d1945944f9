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

const root = join(__dirname, '../..');
const folder = join(root, 'dashboard');
const dist = join(folder, 'dist');
const STAMP = 'built-from.txt';

/** What the dashboard is made of: its sources, and the packages it was made with. */
function sources(): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => !/[/\\](dist|\.build-\d+)[/\\]/.test(file));
  return [...files.sort(), join(root, 'package-lock.json')];
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
  const { build } = await import('vite');
  await build({
    configFile: join(folder, 'vite.config.mjs'),
    root: folder,
    logLevel: 'warn',
    build: { outDir: fresh, emptyOutDir: true },
  });
  writeFileSync(join(fresh, STAMP), stamp);
  // A server that serves meanwhile finds the old files or the new ones, never half of them.
  const old = join(folder, `.build-${process.pid}-old`);
  mkdirSync(dist, { recursive: true });
  renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
  return true;
}
