import type { Request } from 'express';
import type { Knex } from 'knex';
import { findSession } from '../../db/users/sessions';
import type { Answer } from '../http/answers';
import type { Caller } from '../http/call';
import { problem } from '../problems';
import { sessionCookie, sessionToken } from './cookie';

const READING = ['GET', 'HEAD', 'OPTIONS'];

export interface SessionRing {
  /** Whose session a request's cookie opens, and the cookie that replaces it when it is time. */
  enter(
    request: Request,
  ): Promise<{ readonly caller: Caller; readonly setCookie?: string } | undefined>;
  /** Why a request with a cookie may be another site's; undefined when it cannot be. */
  objectionTo(request: Request): Answer | undefined;
  /** Whether cookies are for encrypted connections alone. */
  isSecure(request: { readonly isEncrypted: boolean }): boolean;
}

/** The sessions of people who signed in; `publicUrl`: where they reach the API. */
export function createSessionRing(db: Knex, publicUrl = ''): SessionRing {
  const publicHost = URL.canParse(publicUrl) ? new URL(publicUrl).host : undefined;
  const isPublicSecure = publicUrl.startsWith('https:');
  return {
    async enter(request) {
      const token = sessionToken(request.get('cookie'));
      const found = token === undefined ? undefined : await findSession(db, token);
      if (!found) return undefined;
      const { id, user, newToken } = found;
      const { email, name, role, partner } = user;
      const caller: Caller = {
        ...{ id: user.id, name, role, user: { email, session: id } },
        ...(partner !== null && { partner }),
      };
      if (newToken === undefined) return { caller };
      return { caller, setCookie: sessionCookie(newToken, isPublicSecure || request.secure) };
    },
    objectionTo(request) {
      if (READING.includes(request.method)) return undefined;
      if (request.get('x-conveyor') === undefined) {
        return problem('cross-site', {
          detail: `With the cookie of a session, ${request.method} needs the header X-Conveyor.`,
        });
      }
      const origin = request.get('origin');
      if (origin === undefined) return undefined;
      const from = URL.canParse(origin) ? new URL(origin).host : undefined;
      if (from !== undefined && [request.get('host'), publicHost].includes(from)) return undefined;
      return problem('cross-site', { detail: `A page of ${origin} may not use the session.` });
    },
    isSecure: ({ isEncrypted }) => isPublicSecure || isEncrypted,
  };
}
