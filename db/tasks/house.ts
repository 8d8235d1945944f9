import type { Knex } from 'knex';
import type { Actor } from '../../machines/events';
import type { HouseTaskReason } from '../../machines/tasks/house';
import { positionIn, type Page } from '../cursor';
import { closed, closing, type Closed, type ClosedColumns } from './closed';
import type { TaskFilter } from './list';

/** A task that is about no order, but about a webhook's endpoint or a partner. */
export interface HouseTask {
  readonly id: string;
  readonly reason: string;
  /** What it is about, such as `partner acme`. */
  readonly about: string;
  readonly text: string;
  readonly since: string;
  readonly closed: Closed | null;
}

type Row = Omit<HouseTask, 'closed'> & ClosedColumns;

/** What a task is found by while it is open: there is one at a time. */
export interface HouseTaskKey {
  readonly reason: HouseTaskReason;
  readonly about: string;
}

/** How a task ends: because it is not true any more, or because somebody said so. */
export type HouseTaskEnd = 'itself' | { readonly actor: Actor; readonly note?: string };

const columns = {
  id: 't.id',
  reason: 't.reason',
  about: 't.about',
  text: 't.text',
  since: 't.since',
  ...closing,
};

function shown({ id, reason, about, text, since, ...row }: Row): HouseTask {
  return { id, reason, about, text, since, closed: closed(row) };
}

/** Asks people to look; while they are asked already, nothing changes. */
export async function raiseHouseTask(
  knex: Knex,
  { reason, about, text }: HouseTaskKey & { readonly text: string },
): Promise<void> {
  await knex('house_tasks')
    .insert({ reason, about, text })
    .onConflict(knex.raw('(reason, about) where closed_at is null'))
    .ignore();
}

/** Ends the open task of this reason about this, if there is one. */
export async function endHouseTask(
  knex: Knex,
  { reason, about }: HouseTaskKey,
  how: HouseTaskEnd,
): Promise<void> {
  await knex('house_tasks')
    .where({ reason, about })
    .whereNull('closed_at')
    .update(ended(knex, how));
}

/** Ends a task by its id and gives it; one that had ended is given as it ended. Undefined where there is none. */
export async function resolveHouseTask(
  knex: Knex,
  id: string,
  by: Exclude<HouseTaskEnd, 'itself'>,
): Promise<HouseTask | undefined> {
  await knex('house_tasks').where({ id }).whereNull('closed_at').update(ended(knex, by));
  const row = await knex('house_tasks as t').where('t.id', id).first<Row | undefined>(columns);
  return row && shown(row);
}

function ended(knex: Knex, how: HouseTaskEnd): object {
  const by = how === 'itself' ? undefined : how;
  return {
    closed_at: knex.fn.now(),
    closed_how: by ? 'people' : 'itself',
    closed_role: by?.actor.role ?? null,
    closed_name: by?.actor.name ?? null,
    note: by?.note ?? null,
  };
}

/** Tasks of the house, oldest first, so many at most; those about an order come from elsewhere. Throws BadCursor. */
export async function houseTasks(
  knex: Knex,
  { reason, isOpen }: TaskFilter,
  { after }: Page,
  limit: number,
): Promise<readonly HouseTask[]> {
  const query = knex('house_tasks as t')
    .orderBy(['t.since', 't.id'])
    .limit(limit)
    .select<Row[]>(columns);
  if (reason) query.whereIn('t.reason', reason);
  if (isOpen === true) query.whereNull('t.closed_at');
  if (isOpen === false) query.whereNotNull('t.closed_at');
  if (after !== undefined) {
    const [since, number, id] = positionIn(after, 3) as [string, string, string];
    // They come before tasks of orders that were raised in the same moment.
    query.whereRaw(`(t.since, '', t.id::text) > (?::timestamptz, ?, ?)`, [since, number, id]);
  }
  return ((await query) as Row[]).map(shown);
}
