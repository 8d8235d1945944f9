import { z } from 'zod';
import { findOrders, type FoundOrder } from '../../db/orders';
import { resolveHouseTask, type HouseTask } from '../../db/tasks/house';
import { listTasks, type OrderTask } from '../../db/tasks/list';
import { upToDate } from '../../machines/state';
import { houseReasons, isHouseTaskReason } from '../../machines/tasks/house';
import { viewTask } from '../../machines/tasks/ways';
import { actorOf } from '../auth';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import { listAnswer } from '../routes/pages';
import { houseTask, resolution, taskPage, taskParams, taskQuery } from '../schemas/tasks';
import type { Services } from '../services';

const isOpen = { open: true, closed: false, all: undefined } as const;

export function taskCalls({ db }: Services): Call[] {
  return [
    call({
      operationId: 'listTasks',
      method: 'get',
      path: '/v1/tasks',
      tag: 'Tasks',
      summary: 'What people should look at, oldest first',
      description:
        'Each has a reason and, while it is open, what would help: commands, where it is about an order. A task ends by itself when it is not true any more, or by `resolve-task`; one that is about no order, by `POST /v1/tasks/{id}/resolution`.',
      roles: ['clerk', 'viewer'],
      query: taskQuery,
      answers: { 200: { description: 'A page of tasks.', schema: taskPage, headers: ['Link'] } },
      handle: ({ query }) =>
        listAnswer('/v1/tasks', query, 'tasks', async () => {
          const { limit, cursor: after, state, ...filter } = query;
          const wanted = { ...filter, isOpen: isOpen[state] };
          const { rows, next } = await listTasks(db, wanted, { limit, after });
          const open = rows.filter(({ closed }) => closed === null);
          const numbers = open.flatMap((task) => ('number' in task ? [task.number] : []));
          const orders = await findOrders(db, [...new Set(numbers)]);
          return {
            next,
            rows: rows.map((row) => ('number' in row ? shown(row, orders) : shownHouse(row))),
          };
        }),
    }),
    call({
      operationId: 'resolveTask',
      method: 'post',
      path: '/v1/tasks/{id}/resolution',
      tag: 'Tasks',
      summary: 'End a task that is about no order',
      description:
        'One that has ended is answered as it ended. Tasks of orders are ended by the command `resolve-task`.',
      roles: ['clerk'],
      params: taskParams,
      body: resolution,
      answers: { 200: { description: 'The task.', schema: houseTask } },
      async handle({ params: { id }, body: { note }, caller }) {
        const by = { actor: actorOf(caller), ...(note !== undefined && { note }) };
        const task = isUuid(id) ? await resolveHouseTask(db, id, by) : undefined;
        if (task) return answer(200, shownHouse(task));
        const detail = `No task has the id ${id}; those of orders are ended by the command resolve-task.`;
        return problem('not-found', { detail, figures: { id } });
      },
    }),
  ];
}

const isUuid = (id: string) => z.uuid().safeParse(id).success;

/** An open task with what would help, as its order is now. */
function shown({ cause, ...row }: OrderTask, orders: ReadonlyMap<string, FoundOrder>): object {
  const task = { ...row, ...(cause !== null && { cause }) };
  const order = orders.get(row.number);
  if (row.closed || !order) return task;
  const { endsWhen, ways } = viewTask(order.shop, upToDate(order.state), task);
  return { ...task, ...(endsWhen && { endsWhen }), ways };
}

/** A task that is about no order, with what would help while it is open. */
function shownHouse(task: HouseTask): object {
  if (task.closed || !isHouseTaskReason(task.reason)) return task;
  const { endsWhen, ways } = houseReasons[task.reason];
  return { ...task, ...(endsWhen && { endsWhen }), ways: ways.map((says) => ({ says })) };
}
