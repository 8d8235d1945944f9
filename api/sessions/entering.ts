import { openSession } from '../../db/users/sessions';
import type { User } from '../../db/users/users';
import { answer, type Answer } from '../http/answers';
import type { Caller, Incoming } from '../http/call';
import { problem } from '../problems';
import type { Services } from '../services';
import { sessionCookie } from './cookie';

const LONGEST_BROWSER = 300;

type Asked = Pick<Incoming<unknown, unknown, unknown>, 'header' | 'isEncrypted'>;

/** Opens a session for a user, and answers with who they are and the cookie. */
export async function enter(
  { db, sessions, workflowUrl }: Services,
  user: User,
  asked: Asked,
): Promise<Answer> {
  const browser = (asked.header('user-agent') ?? '').slice(0, LONGEST_BROWSER);
  const token = await openSession(db, user.id, browser);
  const { id, name, email, role, partner } = user;
  const caller: Caller = { id, name, role, ...(partner !== null && { partner }) };
  return answer(201, meOf({ ...caller, user: { email, session: '' } }, workflowUrl), {
    'Set-Cookie': sessionCookie(token, sessions.isSecure(asked)),
  });
}

/** A caller as they are told who they are. */
export function meOf({ id, name, role, partner, user }: Caller, workflowUrl: string | undefined) {
  return {
    kind: user ? 'user' : 'key',
    ...{ id, name, role },
    email: user?.email ?? null,
    partner: partner ?? null,
    workflowUrl: workflowUrl ?? null,
  };
}

export function tooManyTries(seconds: number): Answer {
  const wait = seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return problem('rate-limited', {
    detail: `Too many tries from here. Wait ${wait}, then try again.`,
    figures: { seconds },
    headers: { 'Retry-After': String(seconds) },
  });
}
