import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';
import type { Arrival } from '../../db/partners/inbox';
import type * as csv from '../../machines/letters/said-csv';
import { arrivalOf, madeId, type ReadSaid } from './page';

const FORMS = ['.json', '.ndjson', '.csv'];
const LARGEST = 10 * 1024 * 1024;
/** A file that is still written to changes. */
const SETTLED_MS = 2_000;

/** How what is in a file is read, which is decided purely. */
export interface Reading {
  readonly readSaid: ReadSaid;
  readonly saidInCsv: typeof csv.saidInCsv;
}

/** The files to be picked up, in the order of their names; those that are still written to are left for later. */
export async function filesIn(folder: string, settledMs = SETTLED_MS): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .filter(({ name }) => FORMS.includes(parse(name).ext.toLowerCase()))
    .map(({ name }) => name)
    .sort();
  const settled: string[] = [];
  for (const name of names) {
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs >= settledMs) settled.push(join(folder, name));
  }
  return settled;
}

/** What one place of a file says, or why the file says nothing. */
type Item = { readonly sent: unknown; readonly place: string };

function linesIn(text: string): readonly Item[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    return [{ sent: parsed(line) ?? line, place: `line ${index + 1}` }];
  });
}

function documentIn(text: string): { items: readonly Item[] } | { fault: string } {
  const value = parsed(text);
  if (value === undefined) return { fault: 'It is no JSON.' };
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return { items: all.map((sent, index) => ({ sent, place: `item ${index + 1}` })) };
}

function itemsIn(form: string, text: string, { saidInCsv }: Reading) {
  if (form === '.csv') return saidInCsv(text);
  return form === '.ndjson' ? { items: linesIn(text) } : documentIn(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

/** Without an id of its own a message is known by its file, its place there and what it says. */
function withId(name: string, { sent, place }: Item): unknown {
  const isNamed = typeof sent !== 'object' || sent === null || Array.isArray(sent) || 'id' in sent;
  return isNamed ? sent : { id: madeId('file', [name, place, sent]), ...sent };
}

/** The messages of a file; one that cannot be read at all is one message that cannot be. */
export async function readFileOf(
  partner: string,
  file: string,
  reading: Reading,
): Promise<readonly Arrival[]> {
  const name = basename(file);
  const unread = (sent: string, why: string): readonly Arrival[] => [
    {
      ...{ partner, via: 'feed' },
      unread: { id: madeId('file', [name, sent]), sent, why: `The file ${name}: ${why}` },
    },
  ];
  const { size } = await stat(file);
  if (size > LARGEST) return unread('', `It has more than ${LARGEST / 1024 / 1024} MB.`);
  const text = await readFile(file, 'utf8');
  const found = itemsIn(parse(name).ext.toLowerCase(), text, reading);
  if ('fault' in found) return unread(text, found.fault);
  return found.items.map((item) => arrivalOf(partner, withId(name, item), reading.readSaid));
}

/** Puts a file that was kept aside: where something in it could not be read, people find it in `failed`. */
export async function putAside(file: string, arrivals: readonly Arrival[]): Promise<void> {
  const isWell = arrivals.every((arrival) => 'said' in arrival);
  const folder = join(parse(file).dir, isWell ? 'done' : 'failed');
  await mkdir(folder, { recursive: true });
  const { name, ext } = parse(file);
  const taken = new Set(await readdir(folder));
  let free = `${name}${ext}`;
  for (let n = 2; taken.has(free); n += 1) free = `${name}.${n}${ext}`;
  await rename(file, join(folder, free));
}
