import type { Knex } from 'knex';
import type { Actor } from '../../machines/events';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';

/** Which tasks; every part given must hold. */
export interface TaskFilter {
  readonly reason?: readonly string[];
  readonly number?: string;
  readonly isOpen?: boolean;
}

/** A task as a list shows it. */
export interface TaskRow {
  readonly number: string;
  readonly id: string;
  readonly reason: string;
  readonly text: string;
  readonly since: string;
  readonly cause: string | null;
  /** The order's status now. */
  readonly status: string;
  readonly closed: {
    readonly at: string;
    /** Nobody where it ended by itself. */
    readonly actor: { readonly role: Actor['role']; readonly name: string } | null;
    readonly by: 'people' | 'itself';
    readonly note: string | null;
  } | null;
}

interface Row extends Omit<TaskRow, 'closed'> {
  readonly closedAt: string | null;
  readonly role: Actor['role'] | null;
  readonly name: string | null;
  readonly by: 'people' | 'itself' | null;
  readonly note: string | null;
}

const columns = {
  number: 't.order_number',
  id: 't.task',
  reason: 't.reason',
  text: 't.text',
  since: 't.since',
  cause: 't.cause',
  status: 'o.status',
  closedAt: 't.closed_at',
  role: 't.closed_role',
  name: 't.closed_name',
  by: 't.closed_how',
  note: 't.note',
};

function shown({ closedAt, role, name, by, note, ...row }: Row): TaskRow {
  const actor = role && name !== null ? { role, name } : null;
  return { ...row, closed: closedAt && by ? { at: closedAt, actor, by, note } : null };
}

/** Tasks of all placed orders, oldest first. Throws BadCursor. */
export async function listTasks(
  knex: Knex,
  { reason, number, isOpen }: TaskFilter,
  page: Page = {},
): Promise<Paged<TaskRow>> {
  const limit = limitOf(page);
  const query = knex('tasks as t')
    .join('orders as o', 'o.number', 't.order_number')
    .where('o.visible', true)
    .orderBy(['t.since', 't.order_number', 't.task'])
    .limit(limit + 1)
    .select<Row[]>(columns);
  if (reason) query.whereIn('t.reason', reason);
  if (number !== undefined) query.where('t.order_number', number);
  if (isOpen === true) query.whereNull('t.closed_at');
  if (isOpen === false) query.whereNotNull('t.closed_at');
  if (page.after !== undefined) {
    const [since, order, task] = positionIn(page.after, 3) as [string, string, string];
    query.whereRaw('(t.since, t.order_number, t.task) > (?::timestamptz, ?, ?)', [
      since,
      order,
      task,
    ]);
  }
  const rows = (await query) as Row[];
  return paged(rows.map(shown), limit, ({ since, number: order, id }) => [since, order, id]);
}

/** How many tasks are open, by their reason. */
export async function countOpenTasks(knex: Knex): Promise<ReadonlyMap<string, number>> {
  const rows = await knex('tasks')
    .whereNull('closed_at')
    .groupBy('reason')
    .select<{ reason: string; count: number }[]>('reason', knex.raw('count(*)::integer as count'));
  return new Map(rows.map(({ reason, count }) => [reason, count]));
}
