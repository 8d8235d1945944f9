import { z } from 'zod';
import { createPasswordLink } from '../../db/users/sign-in-links';
import { addUser, changeUser, findUser, listUsers, type User } from '../../db/users/users';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { invalid } from '../http/request';
import { problem } from '../problems';
import type { Services } from '../services';
import { shownAs, withoutPath } from '../sessions/links';
import { invited, newUser, user, userChange, userList } from './schemas';

const tag = 'Users';
const userParams = z.object({ id: z.string().max(100).meta({ description: 'The id of a user.' }) });
const onlyAdmins = [] as const;

export function userCalls({ db }: Services): Call[] {
  const withLink = async (found: User) =>
    answer(201, { user: found, ...shownAs(await createPasswordLink(db, found.id)) });
  return [
    call({
      operationId: 'listUsers',
      method: 'get',
      path: '/v1/users',
      tag,
      summary: 'Who may sign in',
      roles: onlyAdmins,
      answers: { 200: { description: 'Every user.', schema: userList } },
      handle: async () => answer(200, { users: await listUsers(db) }),
    }),
    call({
      operationId: 'inviteUser',
      method: 'post',
      path: '/v1/users',
      tag,
      summary: 'Add a user',
      description: 'Hand the link over to them: by it they choose a password and are signed in.',
      roles: onlyAdmins,
      body: newUser,
      keptBody: withoutPath,
      answers: { 201: { description: 'The user and their link.', schema: invited } },
      async handle({ body }) {
        const added = await addUser(db, body);
        return added ? withLink(added) : emailTaken(body.email);
      },
    }),
    call({
      operationId: 'changeUser',
      method: 'put',
      path: '/v1/users/{id}',
      tag,
      summary: 'Change a user, or disable them',
      description: 'Whoever is disabled, or gets another role, is signed out everywhere at once.',
      roles: onlyAdmins,
      params: userParams,
      body: userChange,
      answers: { 200: { description: 'The user as they are now.', schema: user } },
      problems: ['last-admin'],
      async handle({ params: { id }, body }) {
        const changed = await changeUser(db, id, body);
        switch (changed.outcome) {
          case 'changed':
            return answer(200, changed.user);
          case 'none':
            return noSuchUser(id);
          case 'email-taken':
            return emailTaken(body.email);
          case 'last-admin':
            return problem('last-admin', {
              detail: 'This is the last admin: nobody could manage users and keys any more.',
            });
        }
      },
    }),
    call({
      operationId: 'createPasswordLink',
      method: 'post',
      path: '/v1/users/{id}/link',
      tag,
      summary: 'A link by which a user chooses a new password',
      description: 'For whoever forgot theirs; a link that they had before opens nothing any more.',
      roles: onlyAdmins,
      params: userParams,
      keptBody: withoutPath,
      answers: { 201: { description: 'The link; it is shown once.', schema: invited } },
      async handle({ params: { id } }) {
        const found = await findUser(db, id);
        return found?.disabledAt === null ? withLink(found) : noSuchUser(id);
      },
    }),
  ];
}

function noSuchUser(id: string): Answer {
  return problem('not-found', { detail: `There is no user ${id} who may sign in.` });
}

function emailTaken(email: string): Answer {
  return invalid([{ pointer: '/email', detail: `There is a user ${email} already.` }]);
}
