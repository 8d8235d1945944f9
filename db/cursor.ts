/** How many rows a page has when nobody says, and at most. */
const USUAL = 50;
const MOST = 100;

/** One page of a list: how many rows, and after which. */
export interface Page {
  /** From 1 to 100; 50 unless said. */
  readonly limit?: number;
  /** What the page before gave as `next`. */
  readonly after?: string;
}

/** The rows of a page, and what to ask for the next one with; undefined when this is the last. */
export interface Paged<Row> {
  readonly rows: readonly Row[];
  readonly next: string | undefined;
}

export function limitOf({ limit = USUAL }: Page): number {
  return Math.max(1, Math.min(MOST, Math.trunc(limit)));
}

/** Where a page ended, as one word that says nothing to its reader. */
function cursorOf(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** A cursor that nobody here made. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
  constructor(readonly cursor: string) {
    super('This cursor was not made here: begin again without one.');
  }
}

/** Reads a cursor of that many texts; throws BadCursor. */
export function positionIn(cursor: string, length: number): readonly string[] {
  const position = parse(cursor);
  const isPosition =
    Array.isArray(position) &&
    position.length === length &&
    position.every((part): part is string => typeof part === 'string');
  if (!isPosition) throw new BadCursor(cursor);
  return position;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** Cuts one row more than the page has, which tells whether there is a next page. */
export function paged<Row>(
  rows: readonly Row[],
  limit: number,
  position: (row: Row) => readonly string[],
): Paged<Row> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? cursorOf(position(last)) : undefined };
}
