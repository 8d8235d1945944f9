import { spawnSync } from 'node:child_process';
import type { Command } from '../stack/part';

/** A user and group by number. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Who PostgreSQL runs as, since it refuses to run as root, and how. */
export interface PostgresUser {
  /** Owner of the data; undefined means this process's own user. */
  readonly owner: User | undefined;
  as(command: Command): Command;
}

const ownUser: PostgresUser = { owner: undefined, as: (command) => command };

/**
 * The user to run the program as on what is in the folder: one's own, or `postgres`, made when missing, for root.
 * Throws a sentence when that user can by no means reach both.
 */
export function postgresUser(program: string, folder: string): PostgresUser {
  if (process.getuid?.() !== 0) return ownUser;
  const owner = findUser() ?? makeUser();
  for (const way of waysIn(owner)) {
    const look = way({
      file: 'test',
      args: ['-x', program, '-a', '-x', folder],
      environment: {},
      folder: '/',
    });
    const { status } = spawnSync(look.file, look.args, { cwd: '/', stdio: 'ignore', ...look.user });
    if (status === 0) return { owner, as: way };
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and the user postgres may not enter ${folder} or run ${program}: run \`npm start\` as another user, or move to a folder that all may enter, or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

/**
 * Plainly, or with the right to pass through closed folders: a checkout of root's is often in one.
 * Containers tend to grant the second right and not the first.
 */
function waysIn(user: User): readonly ((command: Command) => Command)[] {
  const withRight = (right: string) => (command: Command) => ({
    ...command,
    file: 'setpriv',
    // setpriv becomes the program, so that its pid is the program's.
    args: [
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      '--clear-groups',
      `--inh-caps=+${right}`,
      `--ambient-caps=+${right}`,
      // PostgreSQL looks with access(2) whether it may run itself, which otherwise ignores the right.
      '--securebits=+no_setuid_fixup',
      command.file,
      ...command.args,
    ],
  });
  return [
    (command) => ({ ...command, user }),
    withRight('dac_read_search'),
    withRight('dac_override'),
  ];
}

function findUser(): User | undefined {
  const uid = numberFrom('id', ['-u', 'postgres']);
  const gid = numberFrom('id', ['-g', 'postgres']);
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function makeUser(): User {
  spawnSync('groupadd', ['--system', '--force', 'postgres']);
  spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  const user = findUser();
  if (user !== undefined) return user;
  throw new Error(
    'PostgreSQL refuses to run as root, and a user named postgres could not be made: make one, or run `npm start` as another user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function numberFrom(program: string, args: readonly string[]): number | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}
