import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface Complaint {
  readonly file: string;
  /** Null when the file could not be parsed. */
  readonly rule: string | null;
  readonly line: number;
  readonly message: string;
}

type Answer = { id: number } & ({ complaints: Complaint[] } | { error: string });

/** Files by their path from the root; together they stand for a whole repository. */
export type Files = Readonly<Record<string, string>>;

export interface Linter {
  lint(files: Files): Promise<Complaint[]>;
  /** The rules that complain, each once, in the order of their first complaint. */
  rules(files: Files): Promise<(string | null)[]>;
  stop(): Promise<void>;
}

/** Starts a process that lints small repositories by the real configuration. */
export function startLinter(): Linter {
  const child = fork(path.join(__dirname, 'linter.mjs'), {
    // Jest's own loader flags are not for this process.
    execArgv: [],
    // Where CI is set, typescript-eslint takes a process for one that lints once and keeps every program.
    env: { ...process.env, TSESTREE_SINGLE_RUN: 'false' },
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let sent = 0;
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
  child.on('exit', (code) => {
    for (const [id, resolve] of waiting) resolve({ id, error: `The linter ended with ${code}.` });
  });

  async function lint(files: Files): Promise<Complaint[]> {
    const id = ++sent;
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      child.send({ id, files });
    });
    waiting.delete(id);
    if ('error' in answer) throw new Error(answer.error);
    return answer.complaints;
  }

  return {
    lint,
    rules: async (files) => [...new Set((await lint(files)).map(({ rule }) => rule))],
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
