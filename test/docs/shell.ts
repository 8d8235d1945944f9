import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';

/** What a command ended with, and what it wrote. */
export interface Ran {
  readonly status: number;
  readonly output: string;
}

/** A shell as a reader has it open: what one command sets is there for the next. */
export interface Shell {
  run(command: string): Promise<Ran>;
  /** Ends it, with whatever it has left in the background. */
  end(): Promise<void>;
}

export function openShell(cwd: string): Shell {
  // A group of its own, so that nothing it started outlives it.
  const bash = spawn('bash', ['--norc'], { cwd, detached: true, stdio: 'pipe' });
  let written = '';
  const waiting = new Set<() => void>();
  for (const stream of [bash.stdout, bash.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      written += chunk;
      for (const look of waiting) look();
    });
  }

  return {
    run(command) {
      const mark = `end-${randomUUID()}`;
      const ended = new RegExp(`\n${mark} (\\d+)\n`);
      written = '';
      bash.stdin.write(`${command}\nprintf '\\n%s %s\\n' ${mark} $?\n`);
      return new Promise((resolve) => {
        const look = () => {
          const [all, status] = ended.exec(written) ?? [];
          if (all === undefined) return;
          waiting.delete(look);
          resolve({ status: Number(status), output: written.replace(all, '') });
        };
        waiting.add(look);
      });
    },
    async end() {
      process.kill(-(bash.pid as number), 'SIGKILL');
      if (bash.exitCode === null && bash.signalCode === null) await once(bash, 'exit');
    },
  };
}
