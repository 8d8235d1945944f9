import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import type { Services } from '../services';
import { me } from './schemas';

const everybody = ['clerk', 'viewer', 'storefront', 'partner'] as const;

export function meCalls({ workflowUrl }: Services): Call[] {
  return [
    call({
      operationId: 'getMe',
      method: 'get',
      path: '/v1/me',
      tag: 'Sessions',
      summary: 'Who is asking',
      roles: everybody,
      answers: { 200: { description: 'Whose key or session the request brought.', schema: me } },
      async handle({ caller: { id, name, role, partner } }) {
        return answer(200, {
          kind: 'key',
          id,
          name,
          email: null,
          role,
          partner: partner ?? null,
          workflowUrl: workflowUrl ?? null,
        });
      },
    }),
  ];
}
