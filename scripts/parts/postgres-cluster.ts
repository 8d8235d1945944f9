import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../../config';
import { keptSecret } from '../stack/kept-secret';
import { postgresBinaries } from './postgres-binaries';
import { postgresUser, type PostgresUser } from './postgres-user';
import { run } from '../stack/run';

/** The name of the superuser that a new cluster gets. */
export const SUPERUSER = 'conveyor';

/** A PostgreSQL cluster on disk: its data, whose they are, and the program that serves them. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
  readonly program: string;
  readonly user: PostgresUser;
}

/** The cluster in DATA_DIR/postgres, made when there is none; throws a sentence when it cannot be served. */
export async function openCluster(dataDir: string, signal: AbortSignal): Promise<Cluster> {
  const folder = join(dataDir, 'postgres');
  const { initdb, postgres } = postgresBinaries();
  const isNew = !existsSync(folder);
  if (isNew) await makeCluster({ dataDir, folder, initdb, signal });
  const password = readPassword(dataDir, folder);
  const user = postgresUser(postgres, dataDir);
  forgetRecycledPid(folder);
  return { folder, password, program: postgres, user };
}

interface Making {
  readonly dataDir: string;
  readonly folder: string;
  readonly initdb: string;
  readonly signal: AbortSignal;
}

/** Made elsewhere and then moved, so that an interrupted start leaves no half-made cluster behind. */
async function makeCluster({ dataDir, folder, initdb, signal }: Making): Promise<void> {
  const workshop = `${folder}.new`;
  rmSync(workshop, { recursive: true, force: true });
  const cluster = join(workshop, 'cluster');
  const passwordFile = join(workshop, 'password');
  mkdirSync(workshop);
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(passwordFile, keptSecret(passwordFileIn(dataDir)), { mode: 0o600 });

  const user = postgresUser(initdb, workshop);
  if (user.owner !== undefined) {
    for (const path of [cluster, passwordFile]) {
      chownSync(path, user.owner.uid, user.owner.gid);
    }
  }
  const args = [
    `--pgdata=${cluster}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order and letter cases on every machine, whatever languages it has installed.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  await run(
    user.as({ file: initdb, args, environment: childEnvironment({}), folder: '/' }),
    signal,
  );
  renameSync(cluster, folder);
  rmSync(workshop, { recursive: true });
}

export function passwordFileIn(dataDir: string): string {
  return join(dataDir, 'postgres-password');
}

function readPassword(dataDir: string, folder: string): string {
  const file = passwordFileIn(dataDir);
  if (existsSync(file)) return keptSecret(file);
  throw new Error(
    `The password of the PostgreSQL in ${folder} was kept in ${file}, which is gone: put it back, or remove ${folder} to begin with empty data.`,
  );
}

/**
 * After a crash the lock file names a dead process, which PostgreSQL sees for itself; but when its pid
 * went to another program of the same user, as pids do in containers, PostgreSQL would refuse to start.
 */
function forgetRecycledPid(folder: string): void {
  const lock = join(folder, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const [pid] = readFileSync(lock, 'utf8').split('\n');
  const commandLine = `/proc/${pid}/cmdline`;
  if (existsSync(commandLine) && !readFileSync(commandLine, 'utf8').includes(folder)) rmSync(lock);
}
