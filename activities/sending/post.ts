import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { createDestinations, type Address, type Resolve } from './addresses';

export interface Posting {
  readonly url: string;
  /** Nothing is posted without one: what is there is asked for. */
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** What came of posting; a redirect is an answer, and is not followed. */
export type Posted =
  | {
      readonly outcome: 'answered';
      readonly status: number;
      /** The beginning of what was answered, at most 500 characters unless the poster reads more. */
      readonly excerpt: string;
      readonly tookMs: number;
      /** How long the other side asked to be left alone. */
      readonly retryAfterMs?: number;
    }
  | {
      readonly outcome: 'unreachable' | 'forbidden';
      readonly why: string;
      readonly tookMs: number;
    };

export type Post = (posting: Posting) => Promise<Posted>;

export interface PosterOptions {
  /** Addresses, ranges and hosts that may be posted to though they are not public. */
  readonly allowed: readonly string[];
  /** For everything together: looking up, connecting, sending and reading. */
  readonly timeoutMs: number;
  /** How much of an answer is read, in characters; 500 unless given. */
  readonly longest?: number;
  /** How hosts are looked up; by the machine's own means unless given. */
  readonly resolve?: Resolve;
}

const EXCERPT = 500;
/** No character of UTF-8 is longer. */
const LONGEST_CHARACTER = 4;

/**
 * Posts to addresses that other people chose: each address of the host is checked, and the connection is
 * made to a checked one, without a second look-up that could be answered otherwise.
 */
export function createPoster(options: PosterOptions): Post {
  const { allowed, timeoutMs, resolve, longest = EXCERPT } = options;
  const destinationOf = createDestinations(allowed, resolve);
  return async ({ url: text, body, headers, signal }) => {
    const begun = performance.now();
    const tookMs = () => Math.round(performance.now() - begun);
    const over = AbortSignal.timeout(timeoutMs);
    const ending = signal ? AbortSignal.any([signal, over]) : over;
    const unreachable = (why: string): Posted => ({
      outcome: 'unreachable',
      why,
      tookMs: tookMs(),
    });
    if (!URL.canParse(text)) {
      return { outcome: 'forbidden', why: 'That is no address.', tookMs: tookMs() };
    }
    try {
      const url = new URL(text);
      const destination = await unless(ending, destinationOf(url));
      if ('forbidden' in destination) {
        return { outcome: 'forbidden', why: destination.forbidden, tookMs: tookMs() };
      }
      if ('unknown' in destination) return unreachable(destination.unknown);
      const { addresses } = destination;
      const answer = await send(url, { addresses, body, headers, ending });
      const excerpt = await beginningOf(answer, longest);
      return {
        ...{ outcome: 'answered', status: answer.statusCode ?? 0, excerpt, tookMs: tookMs() },
        ...retryAfter(answer.headers['retry-after']),
      };
    } catch (error) {
      if (over.aborted) return unreachable(`There was no answer within ${timeoutMs} ms.`);
      return unreachable(said(error as NodeJS.ErrnoException));
    }
  };
}

interface Sent {
  readonly addresses: readonly [Address, ...Address[]];
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly ending: AbortSignal;
}

/** Resolves with the head of the answer; its body is still to come. */
function send(url: URL, { addresses, body, headers, ending }: Sent): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const sending = request(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...{ 'user-agent': 'Conveyor', ...headers },
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
      },
      // A connection of its own: none that an earlier look-up led to is taken again.
      agent: false,
      lookup: only(addresses),
      signal: ending,
    });
    sending.once('response', resolve);
    sending.on('error', reject);
    sending.once('close', () => reject(new Error('The connection was closed without an answer.')));
    sending.end(body);
  });
}

/** Answers with what was checked, whatever is asked. */
function only(addresses: readonly [Address, ...Address[]]): LookupFunction {
  return (_host, { all }, answer) => {
    const [first] = addresses;
    if (all) answer(null, [...addresses]);
    else answer(null, first.address, first.family);
  };
}

/** What was read before there was enough, the end, or no more time: the status counts, whatever its body does. */
async function beginningOf(answer: http.IncomingMessage, longest: number): Promise<string> {
  const most = longest * LONGEST_CHARACTER;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= most) break;
    }
  } catch {
    // It broke off.
  }
  answer.destroy();
  const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, most));
  // PostgreSQL keeps no NUL.
  return [...text.replaceAll('\0', '')].slice(0, longest).join('');
}

function retryAfter(header: string | undefined): { retryAfterMs?: number } {
  if (header === undefined) return {};
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? { retryAfterMs: ms } : {};
}

/** What a failure to connect says; Node's own message may be empty, or lack the code. */
function said({ message, code }: NodeJS.ErrnoException): string {
  if (code === undefined || message.includes(code)) return message;
  return message === '' ? `${code}.` : `${code}: ${message}`;
}

function unless<T>(ending: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('It was ended.'));
    if (ending.aborted) end();
    ending.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => ending.removeEventListener('abort', end));
  });
}
