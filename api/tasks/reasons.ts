import { countOpenTasks } from '../../db/tasks/list';
import { houseReasons } from '../../machines/tasks/house';
import { reasons } from '../../machines/tasks/reasons';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { taskReasons } from '../schemas/tasks';
import type { Services } from '../services';

const specs = Object.entries({ ...reasons, ...houseReasons });

export function taskReasonCalls({ db }: Services): Call[] {
  return [
    call({
      operationId: 'listTaskReasons',
      method: 'get',
      path: '/v1/task-reasons',
      tag: 'Tasks',
      summary: 'Why people may be asked to look, and how many open tasks there are for each',
      roles: ['clerk', 'viewer'],
      answers: { 200: { description: 'All of them.', schema: taskReasons } },
      async handle() {
        const open = await countOpenTasks(db);
        return answer(200, {
          reasons: specs.map(([reason, { says }]) => ({
            ...{ reason, says },
            open: open.get(reason) ?? 0,
          })),
          open: [...open.values()].reduce((sum, each) => sum + each, 0),
        });
      },
    }),
  ];
}
