import { setTimeout as sleep } from 'node:timers/promises';
import type { Said } from './book';
import { createSigning, strangeSecret, type Signing } from './signing';

const ANSWER_WITHIN_MS = 15_000;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [250, 60_000];
/** Answers below 500 after which the same message may yet be taken: also 401, while a secret is replaced. */
const NOT_YET = [401, 408, 425, 429];

export interface Posting {
  /** Where the shop takes callbacks. */
  readonly url: string;
  readonly signing: Signing;
  readonly signal: AbortSignal;
  /** The longest pause between two attempts; a minute unless said. */
  readonly longestPauseMs?: number;
}

interface Cruelly {
  readonly times: number;
  readonly wrongSignature: boolean;
}

/** Doubled from a quarter of a second, a fifth more or less, so that many messages do not come all at once. */
function pauseAfter(attempt: number, longestMs: number): number {
  const usual = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), longestMs);
  return usual * (0.8 + 0.4 * Math.random());
}

async function attempt(url: string, headers: Record<string, string>, body: string) {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await fetch(url, { method: 'POST', headers, body, signal });
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    // Nothing answers, or not in time: the message may have arrived all the same, so its id stays.
    const { cause = error } = error as { cause?: unknown };
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** What an answer means for the message; undefined when it is to be sent again. */
function outcomeOf(answer: number | string): 'taken' | 'refused' | undefined {
  if (typeof answer === 'string' || answer >= 500 || NOT_YET.includes(answer)) return undefined;
  return answer < 300 ? 'taken' : 'refused';
}

/** Sends one message until the shop has it or will never have it, for as long as that takes. */
async function deliver(posting: Posting, said: Said, first: Signing): Promise<void> {
  const { signal, longestPauseMs = LONGEST_PAUSE_MS } = posting;
  const { id } = said.message;
  const body = JSON.stringify(said.message);
  let signing = first;
  for (let attempts = 1; !signal.aborted; attempts += 1) {
    const answer = await attempt(posting.url, signing.headersFor(id, body), body);
    if (signal.aborted) return;
    said.answers.push(answer);
    const outcome = outcomeOf(answer);
    if (outcome !== undefined) {
      if (said.outcome !== 'taken') said.outcome = outcome;
      return;
    }
    signing = posting.signing;
    await sleep(pauseAfter(attempts, longestPauseMs), undefined, { signal }).catch(() => undefined);
  }
}

/** Posts a message so many times at once, each until it is answered for good; never rejects. */
export async function post(
  posting: Posting,
  said: Said,
  { times, wrongSignature }: Cruelly,
): Promise<void> {
  const first = wrongSignature ? createSigning([strangeSecret()]) : posting.signing;
  await Promise.all(Array.from({ length: times }, () => deliver(posting, said, first)));
}
