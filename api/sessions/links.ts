import type { Knex } from 'knex';
import { z } from 'zod';
import { hashPassword } from '../../db/users/passwords';
import {
  createStartLink,
  findLink,
  takeLink,
  type CreatedLink,
  type FoundLink,
} from '../../db/users/sign-in-links';
import { addUser, changePassword, type User } from '../../db/users/users';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { invalid } from '../http/request';
import { problem, type RequestFault } from '../problems';
import type { Services } from '../services';
import { enter } from './entering';
import { createdLink, link, linkUse, me, shownLink, SHORTEST_PASSWORD } from './schemas';

const tag = 'Sessions';

type Use = z.output<typeof linkUse>;

/** A link as it is answered: behind a #, which no server's log and no preview of a mail sees. */
export function shownAs({ token, kind, expiresAt }: CreatedLink) {
  return { path: `/sign-in#link=${token}`, kind, expiresAt };
}

/** A link is known to nobody but whom it was given, not even to be answered again. */
export function withoutPath(body: unknown): unknown {
  const isLink = typeof body === 'object' && body !== null && 'path' in body;
  return isLink ? { ...body, path: null } : body;
}

export function linkCalls(services: Services): Call[] {
  const { db } = services;
  return [
    call({
      operationId: 'createSignInLink',
      method: 'post',
      path: '/v1/sign-in-links',
      tag,
      summary: 'A link that signs in the admin who has been here longest',
      description: 'While there is no admin, it makes the first one. `npm start` prints it.',
      roles: [],
      keptBody: withoutPath,
      answers: { 201: { description: 'The link; it is shown once.', schema: createdLink } },
      handle: async () => answer(201, shownAs(await createStartLink(db))),
    }),
    call({
      operationId: 'readSignInLink',
      method: 'post',
      path: '/v1/sign-in-links/read',
      tag,
      summary: 'What a link does, without using it',
      roles: 'anyone',
      body: z.strictObject({ link }),
      keepsAnswer: () => false,
      answers: { 200: { description: 'It is good.', schema: shownLink } },
      problems: ['link-expired', 'database-unavailable'],
      async handle({ body }) {
        const found = await findLink(db, body.link);
        if (!found) return linkExpired();
        const { kind, user } = found;
        return answer(200, {
          kind,
          email: user?.email ?? null,
          name: user?.name ?? null,
          shortestPassword: SHORTEST_PASSWORD,
        });
      },
    }),
    call({
      operationId: 'useSignInLink',
      method: 'post',
      path: '/v1/sign-in-links/use',
      tag,
      summary: 'Sign in by a link, once',
      description: 'Whoever chooses a password by it is signed out everywhere else.',
      roles: 'anyone',
      body: linkUse,
      keepsAnswer: () => false,
      answers: { 201: { description: 'Who signed in.', schema: me } },
      problems: ['link-expired', 'database-unavailable'],
      async handle({ body, ...asked }) {
        const found = await findLink(db, body.link);
        if (!found) return linkExpired();
        const missing = missingFrom(found, body);
        if (missing.length > 0) return invalid(missing);
        const password = body.password && (await hashPassword(body.password));
        const user = await db.transaction((trx) => use(trx, body, password));
        return user ? enter(services, user, asked) : linkExpired();
      },
    }),
  ];
}

function missingFrom({ kind }: FoundLink, use: Use): RequestFault[] {
  const needed = { first: ['name', 'email', 'password'], password: ['password'], 'sign-in': [] };
  const missing = needed[kind].filter((name) => use[name as keyof Use] === undefined);
  return missing.map((name) => ({ pointer: `/${name}`, detail: `This link needs a ${name}.` }));
}

/** Whom the link let in; undefined where somebody else was quicker. */
async function use(
  trx: Knex.Transaction,
  { link: token, name = '', email = '' }: Use,
  password: string | undefined,
): Promise<User | undefined> {
  const taken = await takeLink(trx, token);
  if (!taken) return undefined;
  if (taken.kind === 'first') return addUser(trx, { email, name, role: 'admin' }, password);
  if (taken.user && password !== undefined && taken.kind === 'password') {
    await changePassword(trx, taken.user.id, { password });
  }
  return taken.user;
}

function linkExpired(): Answer {
  return problem('link-expired', {
    detail: 'The link was used before, or its time is over. Ask for a new one.',
  });
}
