import type { Knex } from 'knex';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';
import { closed, closing, type Closed, type ClosedColumns } from './closed';
import { houseTasks, type HouseTask } from './house';

/** Which tasks; every part given must hold. */
export interface TaskFilter {
  readonly reason?: readonly string[];
  /** An order's; else those that are about no order too. */
  readonly number?: string;
  readonly isOpen?: boolean;
}

/** A task of an order as a list shows it. */
export interface OrderTask {
  readonly number: string;
  readonly id: string;
  readonly reason: string;
  readonly text: string;
  readonly since: string;
  readonly cause: string | null;
  /** The order's status now. */
  readonly status: string;
  readonly closed: Closed | null;
}

export type TaskRow = OrderTask | HouseTask;

type Row = Omit<OrderTask, 'closed'> & ClosedColumns;

const columns = {
  number: 't.order_number',
  id: 't.task',
  reason: 't.reason',
  text: 't.text',
  since: 't.since',
  cause: 't.cause',
  status: 'o.status',
  ...closing,
};

function shown({ number, id, reason, text, since, cause, status, ...row }: Row): OrderTask {
  return { number, id, reason, text, since, cause, status, closed: closed(row) };
}

/** All tasks for people, of placed orders and of the house, oldest first. Throws BadCursor. */
export async function listTasks(
  knex: Knex,
  filter: TaskFilter,
  page: Page = {},
): Promise<Paged<TaskRow>> {
  const limit = limitOf(page);
  const ofOrders = await orderTasks(knex, filter, page, limit + 1);
  const ofHouse =
    filter.number === undefined ? await houseTasks(knex, filter, page, limit + 1) : [];
  // Each of the two has as many as the page could take; of one moment, those of the house come first.
  const rows = [...ofHouse, ...ofOrders].sort((a, b) => a.since.localeCompare(b.since));
  return paged(rows, limit, (row) => [row.since, 'number' in row ? row.number : '', row.id]);
}

async function orderTasks(
  knex: Knex,
  { reason, number, isOpen }: TaskFilter,
  { after }: Page,
  limit: number,
): Promise<readonly OrderTask[]> {
  const query = knex('tasks as t')
    .join('orders as o', 'o.number', 't.order_number')
    .where('o.visible', true)
    .orderBy(['t.since', 't.order_number', 't.task'])
    .limit(limit)
    .select<Row[]>(columns);
  if (reason) query.whereIn('t.reason', reason);
  if (number !== undefined) query.where('t.order_number', number);
  if (isOpen === true) query.whereNull('t.closed_at');
  if (isOpen === false) query.whereNotNull('t.closed_at');
  if (after !== undefined) {
    const [since, order, task] = positionIn(after, 3) as [string, string, string];
    query.whereRaw('(t.since, t.order_number, t.task) > (?::timestamptz, ?, ?)', [
      since,
      order,
      task,
    ]);
  }
  return ((await query) as Row[]).map(shown);
}

/** How many tasks are open, by their reason. */
export async function countOpenTasks(knex: Knex): Promise<ReadonlyMap<string, number>> {
  const { rows } = await knex.raw<{ rows: { reason: string; count: number }[] }>(
    `select reason, count(*)::integer as count from (
      select reason from tasks where closed_at is null
      union all
      select reason from house_tasks where closed_at is null
    ) as open group by reason`,
  );
  return new Map(rows.map(({ reason, count }) => [reason, count]));
}
