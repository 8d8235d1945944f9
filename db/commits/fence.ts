import type { Knex } from 'knex';
import type { Commit } from '../../machines/history';

export interface Condition {
  readonly sql: string;
  readonly bindings: readonly Knex.RawBinding[];
}

/** The ids by which a commit is known again; those of deadlines say nothing of which order they are about. */
function lastingIds({ events }: Commit): string[] {
  return events.filter(({ event }) => event.type !== 'deadline').map(({ event }) => event.id);
}

/**
 * Holds unless the commit belongs to a placing that was withdrawn since: a writer that was held up (a paused
 * process, a slow network) must neither bring such an order back nor write into the next one of its number.
 */
export function notWithdrawn(commit: Commit): Condition {
  return {
    sql: 'not exists (select from withdrawals where order_number = ? and event_id = any(?::text[]))',
    bindings: [commit.number, lastingIds(commit)],
  };
}

/** True when the commit's placing was withdrawn, be it by this very commit. */
export async function wasWithdrawn(db: Knex, commit: Commit): Promise<boolean> {
  const row = await db('withdrawals')
    .where('order_number', commit.number)
    .whereIn('event_id', lastingIds(commit))
    .first<object | undefined>('event_id');
  return row !== undefined;
}
