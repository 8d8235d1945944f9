import type { Reply, Sending, System } from './system';

/** The password of everybody in tests. */
export const PASSWORD = 'correct horse battery';

interface Person {
  readonly email: string;
  readonly name: string;
  readonly role?: 'admin' | 'clerk' | 'viewer' | 'partner';
  readonly partner?: string;
}

/** The token of a link that the API made. */
export function tokenIn({ path }: { readonly path: string }): string {
  return path.split('#link=')[1] as string;
}

/** Adds a user who chooses their password by the link they are given; the answer to that. */
export async function invited(system: System, person: Person): Promise<Reply> {
  const { body } = await system.post('/v1/users', { role: 'admin', ...person });
  return system.post(
    '/v1/sign-in-links/use',
    { link: tokenIn(body), password: PASSWORD },
    { as: null },
  );
}

/** Signs a person in, whom it adds when they are new; the answer to that. */
export async function signInAs(system: System, person: Person): Promise<Reply> {
  const credentials = { email: person.email, password: PASSWORD };
  const { body } = await system.get('/v1/users');
  const isKnown = body.users.some(({ email }: Person) => email === person.email);
  return isKnown ? system.post('/v1/sessions', credentials, { as: null }) : invited(system, person);
}

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieOf({ headers }: Pick<Reply, 'headers'>): string {
  return (headers.get('set-cookie') ?? '').split(';')[0] as string;
}

/** Sends what the dashboard of somebody who signed in sends. */
export function asUser(entered: Pick<Reply, 'headers'>): Sending {
  return { as: null, headers: { cookie: cookieOf(entered), 'x-conveyor': 'test' } };
}
