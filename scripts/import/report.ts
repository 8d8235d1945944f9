import { once } from 'node:events';
import { createWriteStream, rmSync, type WriteStream } from 'node:fs';
import type { Refusal } from '../../machines/refusals';
import type { Line } from './lines';

/** Where it is said which rows were refused, and why. */
export interface Report {
  refused(line: Line, number: string | undefined, refusal: Refusal): Promise<void>;
  close(): Promise<void>;
}

/** A file of one JSON object for each refused row; none when none was, and none of an earlier run. */
export function createReport(file: string): Report {
  rmSync(file, { force: true });
  let stream: WriteStream | undefined;
  return {
    async refused({ file: from, line }, number, { code, detail, errors, figures }) {
      stream ??= createWriteStream(file);
      const row = { file: from, line, number, code, detail, errors, figures };
      if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, 'drain');
    },
    async close() {
      if (!stream) return;
      stream.end();
      await once(stream, 'finish');
      stream = undefined;
    },
  };
}
