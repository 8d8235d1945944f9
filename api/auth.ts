import { createHash } from 'node:crypto';
import type { Actor } from '../machines/events';
import { problem } from './problems';
import type { Answer } from './http/answers';
import type { Call, Caller } from './http/call';

/** How long a key that was looked up is taken for good; a revoked one lives on for as long in other processes. */
const TRUSTED_MS = 3_000;
const MOST_REMEMBERED = 10_000;

export interface KeyRing {
  /** Whose key this is; undefined for one that is unknown or revoked. */
  callerOf(key: string): Promise<Caller | undefined>;
  /** Forgets what was looked up, after a key was revoked. */
  forget(): void;
}

/** Looks keys up, each at most every few seconds. */
export function createKeyRing(
  find: (key: string) => Promise<Caller | undefined>,
  now: () => number = Date.now,
): KeyRing {
  const known = new Map<string, { readonly caller: Caller | undefined; readonly until: number }>();
  return {
    forget: () => known.clear(),
    async callerOf(key) {
      const hash = createHash('sha256').update(key).digest('base64');
      const before = known.get(hash);
      if (before && before.until > now()) return before.caller;
      const caller = await find(key);
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(hash, { caller, until: now() + TRUSTED_MS });
      return caller;
    },
  };
}

/** Under which name a caller's deeds are kept: a partner's is its code. */
export function actorOf({ role, name, partner }: Caller): Actor {
  return { role, name: partner ?? name };
}

/** The key of an Authorization header; undefined when it carries none. */
export function bearerKey(header: string | undefined): string | undefined {
  return /^Bearer +([!-~]+) *$/i.exec(header ?? '')?.[1];
}

export const unauthenticated = (sent: boolean): Answer =>
  problem('unauthenticated', {
    detail: sent
      ? 'The key is not known, or was revoked.'
      : 'Sign in, or send Authorization: Bearer <key>.',
    headers: {
      'WWW-Authenticate': `Bearer realm="conveyor"${sent ? ', error="invalid_token"' : ''}`,
    },
  });

/** Why this caller may not make this call; undefined when they may. */
export function denied({ roles }: Call, { role }: Caller): Answer | undefined {
  if (roles === 'anyone' || role === 'admin' || roles.includes(role)) return undefined;
  return forbidden(role, ['admin', ...roles], 'make this call');
}

export function forbidden(role: Caller['role'], needed: readonly string[], what: string): Answer {
  const detail = `The role ${role} may not ${what}; ${needed.join(' or ')} may.`;
  return problem('forbidden', { detail, figures: { role, needed }, allowed: needed });
}
