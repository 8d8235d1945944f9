import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Said } from './book';
import { readCsv } from './csv';

const LOOK_EVERY_MS = 250;

/** Where a partner without a service of its own exchanges files with the shop. */
export interface Folders {
  /** Where the shop drops its letters, a CSV file each. */
  readonly letters: string;
  /** Where the shop picks up what is said, as JSON. */
  readonly messages: string;
}

/** A letter as its file has it: each record is a line, and repeats what is of the letter. */
export function letterIn(file: string): unknown {
  const records = readCsv(readFileSync(file, 'utf8'));
  const [first] = records;
  if (!first) return undefined;
  const { letter: id, type, order, hand_over: handOver, reason } = first;
  const lines = records
    .filter(({ line }) => line)
    .map(({ line, sku, quantity }) => ({ id: line, sku, quantity: Number(quantity) }));
  const [version, sequence] = [Number(first.version), Number(first.sequence)];
  return { version, id, type, order, handOver, sequence, lines, ...(reason && { reason }) };
}

/** Both ways of a partner that exchanges files. */
export interface Exchange {
  /** Leaves a message for the shop, under a name that sorts by when it was said; nobody sees half of it. */
  leave(said: Said): void;
}

/** Takes every letter that is dropped until the signal aborts; one that is taken is put aside in `taken/`. */
export function openExchange(
  { letters, messages }: Folders,
  take: (letter: unknown) => void,
  signal: AbortSignal,
): Exchange {
  const taken = join(letters, 'taken');
  for (const folder of [taken, messages]) mkdirSync(folder, { recursive: true });
  const left = new Map<string, Said>();
  let count = 0;

  function takeLetters(): void {
    for (const name of readdirSync(letters).sort()) {
      if (!name.endsWith('.csv')) continue;
      take(letterIn(join(letters, name)));
      renameSync(join(letters, name), join(taken, name));
    }
  }

  /** The shop puts a file aside as soon as it has it. */
  function seeWhatIsGone(): void {
    for (const [file, said] of left) {
      if (existsSync(file)) continue;
      said.outcome = 'taken';
      left.delete(file);
    }
  }

  const looking = setInterval(() => {
    takeLetters();
    seeWhatIsGone();
  }, LOOK_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(looking));

  return {
    leave(said) {
      count += 1;
      const name = `${String(count).padStart(6, '0')}-${said.message.id}.json`;
      const file = join(messages, name);
      writeFileSync(`${file}.part`, JSON.stringify(said.message));
      renameSync(`${file}.part`, file);
      left.set(file, said);
    },
  };
}
