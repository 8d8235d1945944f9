import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tells the person at the terminal, in one sentence, what happened to whom. */
export type Say = (who: string, sentence: string) => void;

/** Says it on the terminal, and with the time in DATA_DIR/logs/supervisor.log. */
export function sayAndKeep(logsDir: string, print: (line: string) => void): Say {
  const file = join(logsDir, 'supervisor.log');
  return (who, sentence) => {
    print(`${who.padEnd(9)} ${sentence}`);
    appendFileSync(file, `${new Date().toISOString()} ${who}: ${sentence}\n`);
  };
}
