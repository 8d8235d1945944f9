import { randomUUID } from 'node:crypto';
import type { Post } from '../sending/post';
import { signed } from '../sending/sign';

/** How many messages a page has at most. */
const PAGE = 100;
/** Told in what is said of an answer that is no page. */
const SHOWN = 200;

export interface FeedPage {
  readonly messages: readonly unknown[];
  /** Where the next page begins. */
  readonly next: string;
}

/**
 * Fetches what comes after a watermark. The request is signed as what is posted to the partner is, over the
 * path and query as they are sent: the secret itself goes nowhere. Throws a sentence about what came instead of a page.
 */
export async function fetchPage(
  fetch: Post,
  { url: from, after, secrets }: { url: string; after: string | null; secrets: readonly string[] },
): Promise<FeedPage> {
  const url = new URL(from);
  if (after !== null) url.searchParams.set('after', after);
  url.searchParams.set('limit', String(PAGE));
  const target = `${url.pathname}${url.search}`;
  const headers = {
    accept: 'application/json',
    ...signed(secrets, `feed_${randomUUID()}`, target, new Date()),
  };
  const posted = await fetch({ url: url.href, headers });
  if (posted.outcome !== 'answered') throw new Error(`The feed cannot be reached: ${posted.why}`);
  const { status, excerpt } = posted;
  if (status !== 200) {
    throw new Error(`The feed answered ${status}: ${excerpt.slice(0, SHOWN) || 'nothing'}`);
  }
  return pageIn(excerpt);
}

function pageIn(text: string): FeedPage {
  const page = parsed(text);
  const { messages, next } = (page ?? {}) as Partial<FeedPage>;
  if (Array.isArray(messages) && messages.length <= PAGE && typeof next === 'string') {
    return { messages: messages as readonly unknown[], next };
  }
  throw new Error(
    `The feed answered no page: { "messages": [at most ${PAGE}], "next": "…" } was expected, not ${text.slice(0, SHOWN)}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
