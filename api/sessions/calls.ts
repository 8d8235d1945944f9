import { z } from 'zod';
import { isPassword } from '../../db/users/passwords';
import { endSession, endSessionOf, listSessions } from '../../db/users/sessions';
import { countTry, forgiveTries } from '../../db/users/tries';
import { findSigningIn } from '../../db/users/users';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import type { Services } from '../services';
import { noCookie, sessionToken } from './cookie';
import { enter, tooManyTries } from './entering';
import { credentials, me, sessionList } from './schemas';
import { everybody, needsUser } from './me';

const tag = 'Sessions';
const sessionParams = z.object({ id: z.string().max(100).meta({ description: 'Of a session.' }) });

export function sessionCalls(services: Services): Call[] {
  const { db, sessions } = services;
  return [
    call({
      operationId: 'signIn',
      method: 'post',
      path: '/v1/sessions',
      tag,
      summary: 'Sign in',
      description:
        'Answers with the cookie of a session, which ends after a week without use and after 30 days in any case. After several wrong tries with one e-mail from one address, or many from one address, further ones wait longer and longer.',
      roles: 'anyone',
      body: credentials,
      // An answer that is kept would be a session, and a body that is compared a password.
      keepsAnswer: () => false,
      answers: { 201: { description: 'Who signed in.', schema: me } },
      problems: ['sign-in-failed', 'rate-limited', 'database-unavailable'],
      async handle({ body: { email, password }, ...asked }) {
        const seconds = await countTry(db, email, asked.address);
        if (seconds !== undefined) return tooManyTries(seconds);
        const found = await findSigningIn(db, email);
        const isRight = await isPassword(password, found?.password);
        if (!found || !isRight) {
          return problem('sign-in-failed', { detail: 'The e-mail or the password is not right.' });
        }
        await forgiveTries(db, email, asked.address);
        const before = sessionToken(asked.header('cookie'));
        if (before !== undefined) await endSessionOf(db, before);
        return enter(services, found.user, asked);
      },
    }),
    call({
      operationId: 'signOut',
      method: 'delete',
      path: '/v1/session',
      tag,
      summary: 'Sign out',
      roles: everybody,
      answers: { 204: { description: 'The session has ended.' } },
      problems: ['no-user'],
      async handle({ caller, ...asked }) {
        if (!caller.user) return needsUser();
        await endSession(db, caller.id, caller.user.session);
        return answer(204, undefined, { 'Set-Cookie': noCookie(sessions.isSecure(asked)) });
      },
    }),
    call({
      operationId: 'listSessions',
      method: 'get',
      path: '/v1/sessions',
      tag,
      summary: 'Where one is signed in, the last used first',
      roles: everybody,
      answers: { 200: { description: 'One’s own sessions.', schema: sessionList } },
      problems: ['no-user'],
      async handle({ caller: { id, user } }) {
        if (!user) return needsUser();
        const open = await listSessions(db, id);
        const shown = open.map((each) => ({ ...each, isThis: each.id === user.session }));
        return answer(200, { sessions: shown });
      },
    }),
    call({
      operationId: 'endSession',
      method: 'delete',
      path: '/v1/sessions/{id}',
      tag,
      summary: 'Sign out elsewhere',
      roles: everybody,
      params: sessionParams,
      answers: { 204: { description: 'The session has ended.' } },
      problems: ['no-user'],
      async handle({ caller, params: { id } }) {
        if (!caller.user) return needsUser();
        if (await endSession(db, caller.id, id)) return answer(204);
        return problem('not-found', { detail: 'You have no such session; it may have ended.' });
      },
    }),
  ];
}
