import { hashPassword, isPassword } from '../../db/users/passwords';
import { countTry, forgiveTries } from '../../db/users/tries';
import { changePassword, passwordOf, renameUser } from '../../db/users/users';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { invalid } from '../http/request';
import { problem } from '../problems';
import type { Services } from '../services';
import { meOf, tooManyTries } from './entering';
import { me, ownChange, passwordChange } from './schemas';

const tag = 'Sessions';
export const everybody = ['clerk', 'viewer', 'storefront', 'partner'] as const;

export function needsUser(): Answer {
  return problem('no-user', { detail: 'This is for people who signed in, not for keys.' });
}

export function meCalls({ db, workflowUrl }: Services): Call[] {
  return [
    call({
      operationId: 'getMe',
      method: 'get',
      path: '/v1/me',
      tag,
      summary: 'Who is asking',
      roles: everybody,
      answers: { 200: { description: 'Whose key or session the request brought.', schema: me } },
      handle: async ({ caller }) => answer(200, meOf(caller, workflowUrl)),
    }),
    call({
      operationId: 'changeMe',
      method: 'put',
      path: '/v1/me',
      tag,
      summary: 'Change one’s own name',
      description: 'What was done under the former name keeps it.',
      roles: everybody,
      body: ownChange,
      answers: { 200: { description: 'Who is asking, now.', schema: me } },
      problems: ['no-user'],
      async handle({ caller, body: { name } }) {
        if (!caller.user) return needsUser();
        await renameUser(db, caller.id, name);
        return answer(200, meOf({ ...caller, name }, workflowUrl));
      },
    }),
    call({
      operationId: 'changePassword',
      method: 'put',
      path: '/v1/me/password',
      tag,
      summary: 'Change one’s own password',
      description: 'Every other session of the user ends.',
      roles: everybody,
      body: passwordChange,
      answers: { 204: { description: 'The new one counts.' } },
      problems: ['no-user', 'rate-limited'],
      async handle({ caller: { id, user }, body: { current, password }, address }) {
        if (!user) return needsUser();
        const seconds = await countTry(db, user.email, address);
        if (seconds !== undefined) return tooManyTries(seconds);
        if (!(await isPassword(current, await passwordOf(db, id)))) {
          return invalid([{ pointer: '/current', detail: 'This is not your password.' }]);
        }
        await forgiveTries(db, user.email, address);
        const kept = { password: await hashPassword(password), keptSession: user.session };
        await changePassword(db, id, kept);
        return answer(204);
      },
    }),
  ];
}
