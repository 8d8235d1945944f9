/** Problems of who somebody is: of keys, sessions and links, and of those who manage users. */
export const sessionProblems = {
  unauthenticated: {
    status: 401,
    title: 'No key or session, or none that is known',
    remedy: 'Sign in, or send Authorization: Bearer <key>.',
  },
  'sign-in-failed': {
    status: 401,
    title: 'The e-mail or the password is not right',
    remedy: 'Try again, or ask an admin for a new link. Both kinds of mistake are answered alike.',
  },
  'cross-site': {
    status: 403,
    title: 'The request may come from another site',
    remedy:
      'With the cookie of a session, send X-Conveyor, and call from pages of this host alone. Keys need neither.',
  },
  'no-user': {
    status: 403,
    title: 'Only somebody who signed in has this',
    remedy: 'Keys have no password, no name to change and no sessions: sign in.',
  },
  'last-admin': {
    status: 409,
    title: 'Nobody else could manage users and keys',
    remedy: 'Make somebody else an admin first.',
  },
  'link-expired': {
    status: 410,
    title: 'The link has expired',
    remedy: 'Whoever sent it can send a new one.',
  },
} as const;

export type SessionCode = keyof typeof sessionProblems;
