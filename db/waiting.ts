import type { Knex } from 'knex';
import { countOpenMessages } from './partners/inbox';
import { countOpenTasks } from './tasks/list';

/** How much waits to be done. */
export interface Waits {
  /** What is to leave the house and nobody has taken over yet. */
  readonly outbox: number;
  /** What partners said and no order has taken yet. */
  readonly partnerMessages: number;
  /** What people are asked to look at. */
  readonly tasks: number;
}

/** What waits now, counted. */
export async function countWaiting(knex: Knex): Promise<Waits> {
  const [outbox, { waiting, parked }, tasks] = await Promise.all([
    knex('outbox')
      .whereNull('started_at')
      .first<{ count: number }>(knex.raw('count(*)::integer as count')),
    countOpenMessages(knex),
    countOpenTasks(knex),
  ]);
  const open = [...tasks.values()].reduce((sum, count) => sum + count, 0);
  return { outbox: outbox.count, partnerMessages: waiting + parked, tasks: open };
}

/** PostgreSQL's version. */
export async function databaseVersion(knex: Knex): Promise<string> {
  const { rows } = await knex.raw<{ rows: { version: string }[] }>(
    `select current_setting('server_version') as version`,
  );
  return rows[0]?.version ?? '';
}
