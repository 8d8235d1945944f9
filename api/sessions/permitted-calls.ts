import { z } from 'zod';
import { denied } from '../auth';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';

const permittedList = z
  .object({ operations: z.array(z.string()).meta({ description: 'Their operation ids.' }) })
  .meta({ id: 'PermittedCalls' });

/** `all`: every call of the API, once all are made. */
export function permittedCalls(all: () => readonly Call[]): Call[] {
  return [
    call({
      operationId: 'listPermittedCalls',
      method: 'get',
      path: '/v1/me/calls',
      tag: 'Sessions',
      summary: 'Which calls the role of whoever asks may make',
      roles: ['clerk', 'viewer', 'storefront', 'partner'],
      answers: { 200: { description: 'All of them.', schema: permittedList } },
      async handle({ caller }) {
        const permitted = all().filter((each) => !denied(each, caller));
        return answer(200, { operations: permitted.map(({ operationId }) => operationId) });
      },
    }),
  ];
}
