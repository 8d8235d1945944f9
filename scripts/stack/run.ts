import { spawn } from 'node:child_process';
import type { Command } from './part';
import { signalGroup } from './signals';

const KEPT_LINES = 20;
const GRACE_MS = 2_000;

/** A program that ended with an error or could not be run; its message ends with what it printed last. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
}

/** Runs a program to its end and answers what it printed; an abort ends it with all that it started. */
export async function run(command: Command, signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted();
  const child = spawn(command.file, command.args, {
    detached: true,
    env: command.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: command.folder,
    ...command.user,
  });
  const signalAll = (by: NodeJS.Signals) => child.pid !== undefined && signalGroup(child.pid, by);
  let killing: NodeJS.Timeout | undefined;
  const end = () => {
    // As Ctrl-C would: compilers and initdb clear away what they have half made.
    signalAll('SIGINT');
    killing = setTimeout(() => signalAll('SIGKILL'), GRACE_MS);
  };
  signal?.addEventListener('abort', end);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => (printed += piece));
  }
  try {
    const failure = await new Promise<string | undefined>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, by) =>
        resolve(code === 0 ? undefined : by === null ? `exit code ${code}` : `killed by ${by}`),
      );
    });
    signal?.throwIfAborted();
    if (failure === undefined) return printed;
    const last = printed.trimEnd().split('\n').slice(-KEPT_LINES).join('\n');
    throw new RunFailed(`${command.file} failed (${failure}).\n${last}`.trimEnd());
  } finally {
    clearTimeout(killing);
    signal?.removeEventListener('abort', end);
  }
}
