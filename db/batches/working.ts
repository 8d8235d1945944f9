import type { Knex } from 'knex';
import type { Actor, Command } from '../../machines/events';
import type { Refusal } from '../../machines/refusals';
import { jsonText } from '../commits/json';
import type { BatchOutcome } from './batches';

/** What is sent to each order of a batch, and in whose name. */
export interface Sending {
  readonly command: Command;
  readonly actor: Actor;
}

export async function sendingOf(knex: Knex, batch: string): Promise<Sending | undefined> {
  const row = await knex('batches')
    .where({ id: batch })
    .first<{ command: Command; role: Actor['role']; name: string } | undefined>('command', {
      role: 'actor_role',
      name: 'actor_name',
    });
  return row && { command: row.command, actor: { role: row.role, name: row.name } };
}

/** The next orders of a batch that have no outcome yet: those that somebody began and died with, too. */
export async function unfinished(
  knex: Knex,
  batch: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await knex('batch_orders')
    .where({ batch })
    .whereIn('outcome', ['waiting', 'running'])
    .orderBy('position')
    .limit(limit)
    .select<{ order_number: string }[]>('order_number');
  return rows.map(({ order_number: number }) => number);
}

/** Begins with one order; false when it was left out meanwhile. */
export async function begin(knex: Knex, batch: string, number: string): Promise<boolean> {
  const begun = await knex('batch_orders')
    .where({ batch, order_number: number })
    .whereIn('outcome', ['waiting', 'running'])
    .update({ outcome: 'running', tries: knex.raw('tries + 1') });
  return begun > 0;
}

export interface Result {
  readonly outcome: BatchOutcome;
  readonly refusal?: Refusal;
  readonly why?: string;
}

/** Writes down what became of it at one order; the first word counts. */
export async function end(
  knex: Knex,
  batch: string,
  number: string,
  { outcome, refusal, why }: Result,
): Promise<void> {
  await knex('batch_orders')
    .where({ batch, order_number: number, outcome: 'running' })
    .update({
      outcome,
      refusal: refusal ? jsonText(refusal) : null,
      why: why ?? null,
      at: knex.fn.now(),
    });
}

export interface Progress {
  readonly total: number;
  readonly left: number;
}

export async function progressOf(knex: Knex, batch: string): Promise<Progress> {
  const [row] = await knex('batch_orders')
    .where({ batch })
    .select<Progress[]>(
      knex.raw(
        `count(*)::integer as total, (count(*) filter (where outcome in ('waiting', 'running')))::integer as "left"`,
      ),
    );
  return row ?? { total: 0, left: 0 };
}
