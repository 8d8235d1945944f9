import { createReadStream, type ReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A line of a file, counted from 1. */
export interface Line {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** The lines of these files one after the other, blank ones left out; `-` is standard input. */
export async function* linesOf(
  files: readonly string[],
  onRead: (bytes: number) => void,
): AsyncGenerator<Line> {
  for (const file of files) {
    const input = file === '-' ? (process.stdin as unknown as ReadStream) : createReadStream(file);
    const lines = createInterface({ input, crlfDelay: Infinity });
    let line = 0;
    let read = 0;
    for await (const text of lines) {
      line += 1;
      const { bytesRead } = input;
      onRead(bytesRead - read);
      read = bytesRead;
      const said = line === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (said.trim() !== '') yield { file, line, text: said };
    }
  }
}

/** So many at a time, and what is left. */
export async function* chunksOf<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
