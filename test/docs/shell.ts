import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';

/** A shell as a reader has it open: what one command sets is there for the next. */
export interface Shell {
  /** Runs a command and gives what it wrote; throws when it does not end with 0. */
  run(command: string): Promise<string>;
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
      return new Promise((resolve, reject) => {
        const look = () => {
          const [all, status] = ended.exec(written) ?? [];
          if (all === undefined) return;
          waiting.delete(look);
          const output = written.replace(all, '');
          if (status === '0') resolve(output);
          else reject(new Error(`${command}\nended with ${status}:\n${output}`));
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
