import { BadCursor } from '../../db/cursor';
import { answer, type Answer } from '../http/answers';
import { invalid } from '../http/request';

interface PageAsked {
  readonly limit: number;
  readonly cursor?: string | number;
}

type Searchable = string | number | boolean | readonly string[] | undefined;

interface Page {
  readonly rows: readonly unknown[];
  readonly next: string | undefined;
}

/** A page under its name, with where the next one is; a cursor nobody here made is a fault of the request. */
export async function listAnswer(
  path: string,
  query: PageAsked & Readonly<Record<string, Searchable>>,
  name: string,
  read: () => Promise<Page>,
): Promise<Answer> {
  try {
    const { rows, next } = await read();
    const body = { [name]: rows, next: next ?? null };
    if (next === undefined) return answer(200, body);
    return answer(200, body, { Link: linkTo(path, { ...query, cursor: next }) });
  } catch (error) {
    if (!isBadCursor(error, query)) throw error;
    const detail = 'This cursor was not made here: begin again without one.';
    return invalid([{ in: 'query', pointer: '/cursor', detail }]);
  }
}

/** A forged cursor may also hold what PostgreSQL cannot read as a time or a number (class 22). */
function isBadCursor(error: unknown, { cursor }: PageAsked): boolean {
  if (error instanceof BadCursor) return true;
  const { code } = error as { code?: unknown };
  return cursor !== undefined && typeof code === 'string' && code.startsWith('22');
}

function linkTo(path: string, query: Readonly<Record<string, Searchable>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined) search.append(name, String(each));
    }
  }
  return `<${path}?${search.toString()}>; rel="next"`;
}
