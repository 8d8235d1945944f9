import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../../config';
import { RunFailed, run } from '../stack/run';
import type { Say } from '../stack/say';
import { buildTemporal, type Build } from './temporal-build';
import { downloadTemporal, type Download } from './temporal-download';

/** The version that is downloaded or built; later ones do not build this way. */
const VERSION = 'v1.5.1';
/** The first server on which placing an order by update-with-start needs no setting. */
const LEAST_SERVER = [1, 28] as const;

/** Gets a program that is not there yet and answers where it is. */
export interface Ways {
  readonly download: (download: Download) => Promise<string>;
  readonly build: (build: Build) => Promise<string>;
}

/** Where to look for Temporal's CLI. */
export interface Search {
  /** The folders of the PATH. */
  readonly folders: readonly string[];
  readonly cache: string;
  readonly say: Say;
  readonly signal: AbortSignal;
}

/** No server can be had; its message names the ways out. */
class NoTemporal extends Error {
  override readonly name = 'NoTemporal';
  constructor(readonly reasons: readonly string[]) {
    super(
      [
        `Temporal's server is missing. Install Temporal's CLI (https://docs.temporal.io/cli), or let this machine reach the internet, or install Go so that it can be built here; or set TEMPORAL_ADDRESS to a server of your own.`,
        ...reasons.map((reason) => `  ${reason.replaceAll('\n', '\n  ')}`),
      ].join('\n'),
    );
  }
}

/** The path of a `temporal` that runs: on the PATH, else got earlier, else downloaded, else built. Throws NoTemporal. */
export async function findTemporal(
  { folders, cache, say, signal }: Search,
  { download, build }: Ways = { download: downloadTemporal, build: buildTemporal },
): Promise<string> {
  const downloaded = join(cache, 'temporal-cli', 'temporal');
  const built = join(cache, 'go-bin', 'temporal');
  const go = findProgram('go', folders);
  const reasons: string[] = [];

  for (const file of [findProgram('temporal', folders), downloaded, built]) {
    if (file === undefined || !isProgram(file)) continue;
    const fault = await faultOf(file, signal);
    if (fault === undefined) return file;
    reasons.push(fault);
  }
  const wanted = { version: VERSION, say, signal };
  const ways = [
    () => download({ ...wanted, file: downloaded }),
    ...(go === undefined ? [] : [() => build({ ...wanted, file: built, go })]),
  ];
  for (const way of ways) {
    try {
      return await way();
    } catch (error) {
      signal.throwIfAborted();
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (go === undefined) reasons.push('Go is not on the PATH.');
  throw new NoTemporal(reasons);
}

/** The program of that name in the first folder that has one. */
function findProgram(name: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Why the program cannot be used, in a sentence; undefined when it can. */
async function faultOf(file: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const said = await run(
      { file, args: ['--version'], environment: childEnvironment({}) },
      signal,
    );
    const [, major, minor] = /Server (\d+)\.(\d+)/.exec(said) ?? [];
    if (major === undefined) return `${file} is not Temporal's CLI: it says ${said.trim()}.`;
    return isRecent(Number(major), Number(minor))
      ? undefined
      : `${file} is too old: its server is ${major}.${minor}, and ${LEAST_SERVER.join('.')} is the least.`;
  } catch (error) {
    if (error instanceof RunFailed) return error.message;
    throw error;
  }
}

function isRecent(major: number, minor: number): boolean {
  const [leastMajor, leastMinor] = LEAST_SERVER;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
