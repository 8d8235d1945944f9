import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Command } from './part';
import { pause } from './pause';
import { signalGroup } from './signals';

/** One run of a program, in a process group of its own so that Ctrl-C at the terminal passes it by. */
export class Child {
  /** Undefined when the program could not be run at all; `ended` says why then. */
  readonly pid: number | undefined;
  /** How it ended, in a few words; never rejects. */
  readonly ended: Promise<string>;
  /** Resolves when it says over its channel that it is ready; stays pending otherwise. */
  readonly saidReady: Promise<void>;
  private readonly process: ChildProcess;

  /** Starts the program; what it prints is appended to the log. */
  constructor(command: Command, logFile: string) {
    this.process = start(command, logFile);
    this.pid = this.process.pid;
    this.ended = new Promise((resolve) => {
      this.process.once('error', (error) => resolve(error.message));
      this.process.once('exit', (code, signal) => {
        // What the program started and did not end, such as a compiler, leaves with it.
        if (this.pid !== undefined) signalGroup(this.pid, 'SIGKILL');
        resolve(signal === null ? `exit code ${code}` : `killed by ${signal}`);
      });
    });
    this.saidReady = new Promise((resolve) => {
      this.process.on('message', (message) => {
        if (isReady(message)) resolve();
      });
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Asks it to end, kills it when it has not after the grace, and resolves when it is gone. */
  async end(signal: NodeJS.Signals, graceMs: number): Promise<void> {
    this.signal(signal);
    const waiting = new AbortController();
    await Promise.race([this.ended, pause(graceMs, waiting.signal)]);
    waiting.abort();
    this.signal('SIGKILL');
    await this.ended;
  }
}

function start(command: Command, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a');
  try {
    return spawn(command.file, command.args, {
      detached: true,
      env: command.environment,
      stdio: ['ignore', log, log, ...(command.channel === true ? ['ipc' as const] : [])],
      cwd: command.folder,
      ...command.user,
    });
  } finally {
    closeSync(log);
  }
}

function isReady(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'ready' in message && message.ready === true
  );
}
