import type { Letter, TestLetter } from '../../machines/letters/letters';

/** How a letter is signed; all but `rightly` and `beside another` are to be refused. */
export type Signing =
  | 'rightly'
  | 'beside another'
  | 'with another secret'
  | 'not at all'
  | 'long ago'
  | 'in the future'
  | 'before it was changed';

export const genuine: readonly Signing[] = ['rightly', 'beside another'];

/** What a partner's service made of one posting. */
export type Answer = { readonly tookMs: number } & (
  { readonly status: number } | { readonly failed: string }
);

export function isTaken(answer: Answer): boolean {
  return 'status' in answer && answer.status >= 200 && answer.status < 300;
}

/** One letter as it was posted, and the answers to it; more than one where it was sent again at once. */
export interface Posted {
  readonly name: string;
  readonly letter: Letter | TestLetter;
  readonly signing: Signing;
  readonly answers: readonly Answer[];
}

/** One attempt of a partner to say something. */
export interface Heard {
  /** The header `webhook-id`. */
  readonly id: string;
  readonly body: string;
  /** What is wrong with its signature; undefined where nothing is. */
  readonly unsigned?: string;
  readonly answered: 202 | 400 | 401 | 503;
}

/** Everything that was seen of a partner's service. */
export interface Evidence {
  readonly posted: readonly Posted[];
  /** Undefined where nobody listened. */
  readonly heard?: readonly Heard[];
}

/** What one rule came to. */
export interface Finding {
  readonly rule: string;
  readonly verdict: 'kept' | 'broken' | 'not tried';
  /** What was seen, in sentences. */
  readonly saw: readonly string[];
  /** What to do where it is broken. */
  readonly advice: string;
}
