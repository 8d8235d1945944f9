import type { Post, Posted } from '../sending/post';
import { signed } from '../sending/sign';
import type { Carried, Carrier } from './carrier';

export interface HttpWay {
  readonly post: Post;
  /** What is signed with, the newest first. */
  readonly secretsOf: (partner: string) => Promise<readonly string[]>;
  readonly now?: () => Date;
}

/** Answers to an order that are the partner's no: it conflicts, it is gone, it cannot be done. */
const NO: readonly number[] = [409, 410, 422];
const LONGEST_REASON = 500;

/** Posts letters, signed anew at each attempt. */
export function createHttpCarrier({
  post,
  secretsOf,
  now = () => new Date(),
}: HttpWay): Carrier<'http'> {
  return async ({ partner, transport: { url }, id, letter, body }) => {
    const secrets = await secretsOf(partner);
    const headers = {
      'content-type': 'application/json',
      ...signed(secrets, id, body, now()),
    };
    return carriedBy(await post({ url, body, headers }), letter.type === 'order');
  };
}

function carriedBy(posted: Posted, isAsked: boolean): Carried {
  if (posted.outcome !== 'answered') return { outcome: 'later', why: posted.why };
  const { status, excerpt, retryAfterMs: notBeforeMs } = posted;
  const answered = { status, excerpt };
  if (status >= 200 && status < 300) return { ...answered, outcome: 'taken' };
  if (isAsked && NO.includes(status)) {
    return { ...answered, outcome: 'refused', why: reasonIn(excerpt) ?? `It answered ${status}.` };
  }
  const why = `It answered ${status}.`;
  return { ...answered, outcome: 'later', why, ...(notBeforeMs !== undefined && { notBeforeMs }) };
}

/** The `reason` of an answer in JSON, where it has one. */
function reasonIn(excerpt: string): string | undefined {
  try {
    const { reason } = JSON.parse(excerpt) as { reason?: unknown };
    const text = typeof reason === 'string' ? reason.trim() : '';
    return text === '' ? undefined : text.slice(0, LONGEST_REASON);
  } catch {
    return undefined;
  }
}
