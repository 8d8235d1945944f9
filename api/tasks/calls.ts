import { findOrders, type FoundOrder } from '../../db/orders';
import { listTasks, type TaskRow } from '../../db/tasks/list';
import { upToDate } from '../../machines/state';
import { viewTask } from '../../machines/tasks/ways';
import { call, type Call } from '../http/call';
import { listAnswer } from '../routes/pages';
import { taskPage, taskQuery } from '../schemas/tasks';
import type { Services } from '../services';

const isOpen = { open: true, closed: false, all: undefined } as const;

export function taskCalls({ db }: Services): Call[] {
  return [
    call({
      operationId: 'listTasks',
      method: 'get',
      path: '/v1/tasks',
      tag: 'Tasks',
      summary: 'What people should look at, in all orders, oldest first',
      description:
        'Each has a reason and, while it is open, the commands that would help. A task ends by itself when it is not true any more, or by `resolve-task`.',
      roles: ['clerk', 'viewer'],
      query: taskQuery,
      answers: { 200: { description: 'A page of tasks.', schema: taskPage, headers: ['Link'] } },
      handle: ({ query }) =>
        listAnswer('/v1/tasks', query, 'tasks', async () => {
          const { limit, cursor: after, state, ...filter } = query;
          const wanted = { ...filter, isOpen: isOpen[state] };
          const { rows, next } = await listTasks(db, wanted, { limit, after });
          const open = rows.filter(({ closed }) => closed === null);
          const orders = await findOrders(db, [...new Set(open.map(({ number }) => number))]);
          return { next, rows: rows.map((row) => shown(row, orders)) };
        }),
    }),
  ];
}

/** An open task with what would help, as its order is now. */
function shown({ cause, ...row }: TaskRow, orders: ReadonlyMap<string, FoundOrder>): object {
  const task = { ...row, ...(cause !== null && { cause }) };
  const order = orders.get(row.number);
  if (row.closed || !order) return task;
  const { endsWhen, ways } = viewTask(order.shop, upToDate(order.state), task);
  return { ...task, ...(endsWhen && { endsWhen }), ways };
}
