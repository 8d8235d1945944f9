import type { Fault, Refusal } from '../machines/refusals';
import { answer, type Answer } from './http/answers';
import { problemKinds, type ProblemCode } from './problem-kinds';

/** A fault in the request: its JSON pointer, and where that points when it is not the body. */
export interface RequestFault extends Fault {
  readonly in?: 'query' | 'path' | 'header';
}

export interface ProblemParts {
  readonly detail: string;
  readonly guard?: string;
  readonly figures?: Readonly<Record<string, unknown>>;
  readonly allowed?: readonly string[];
  readonly errors?: readonly RequestFault[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of this problem alone. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The address of a problem's explanation; it is also its type. */
function problemType(code: ProblemCode): string {
  return `/docs/problems#${code}`;
}

/** Answers with a problem (RFC 9457). */
export function problem(code: ProblemCode, { headers, more, ...parts }: ProblemParts): Answer {
  const { status, title, retryAfter } = problemKinds[code];
  return answer(
    status,
    { type: problemType(code), title, status, code, ...parts, ...more },
    {
      'Content-Type': 'application/problem+json',
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
      ...headers,
    },
  );
}

/** Answers with what the order said no to. */
export function refused(
  { code, detail, guard, figures, allowed, errors }: Refusal,
  more?: ProblemParts['more'],
): Answer {
  return problem(code, { detail, guard, figures, allowed, errors, more });
}
