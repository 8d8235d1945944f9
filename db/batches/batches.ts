import type { Knex } from 'knex';
import type { Actor, Command } from '../../machines/events';
import { jsonText } from '../commits/json';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';

/** What became of a batch's command at one order, or what is still to come. */
export type BatchOutcome =
  'waiting' | 'running' | 'done' | 'pending' | 'refused' | 'failed' | 'cancelled';

export interface NewBatch {
  readonly id: string;
  readonly command: Command;
  /** How its orders were chosen, as it was asked. */
  readonly chosen: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** Each order once, in the order in which they are worked on. */
  readonly numbers: readonly string[];
}

export interface BatchRow extends Omit<NewBatch, 'numbers'> {
  readonly createdAt: string;
  readonly cancelled: { readonly at: string; readonly by: string } | null;
  readonly counts: Readonly<Partial<Record<BatchOutcome, number>>>;
}

interface Row {
  readonly id: string;
  readonly command: Command;
  readonly chosen: Readonly<Record<string, unknown>>;
  readonly role: Actor['role'];
  readonly name: string;
  readonly createdAt: string;
  readonly cancelledAt: string | null;
  readonly cancelledName: string | null;
}

const columns = {
  id: 'id',
  command: 'command',
  chosen: 'chosen',
  role: 'actor_role',
  name: 'actor_name',
  createdAt: 'created_at',
  cancelledAt: 'cancelled_at',
  cancelledName: 'cancelled_name',
};

/** Keeps a batch with its orders, once: asked again under the same id it changes nothing. */
export async function keepBatch(knex: Knex, batch: NewBatch): Promise<void> {
  const { id, command, chosen, actor, numbers } = batch;
  await knex.transaction(async (trx) => {
    const kept = await trx('batches')
      .insert({
        id,
        command: jsonText(command),
        chosen: jsonText(chosen),
        actor_role: actor.role,
        actor_name: actor.name,
      })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (kept.length === 0) return;
    await trx.raw(
      `insert into batch_orders (batch, position, order_number)
       select ?, position, number from unnest(?::text[]) with ordinality as n (number, position)`,
      [id, [...numbers]],
    );
  });
}

export async function findBatch(knex: Knex, id: string): Promise<BatchRow | undefined> {
  const row = await knex('batches').where({ id }).first<Row | undefined>(columns);
  if (!row) return undefined;
  const [batch] = await counted(knex, [row]);
  return batch;
}

/** Batches, newest first. Throws BadCursor. */
export async function listBatches(knex: Knex, page: Page = {}): Promise<Paged<BatchRow>> {
  const limit = limitOf(page);
  const query = knex('batches')
    .orderBy([{ column: 'created_at', order: 'desc' }, { column: 'id' }])
    .limit(limit + 1)
    .select<Row[]>(columns);
  if (page.after !== undefined) {
    const [at, id] = positionIn(page.after, 2) as [string, string];
    query.whereRaw('created_at <= ?::timestamptz and (created_at < ?::timestamptz or id > ?)', [
      at,
      at,
      id,
    ]);
  }
  const { rows, next } = paged((await query) as Row[], limit, ({ createdAt, id }) => [
    createdAt,
    id,
  ]);
  return { rows: await counted(knex, rows), next };
}

async function counted(knex: Knex, rows: readonly Row[]): Promise<BatchRow[]> {
  const ids = rows.map(({ id }) => id);
  await settlePending(knex, ids);
  const counts = await knex('batch_orders')
    .whereIn('batch', ids)
    .groupBy('batch', 'outcome')
    .select<{ batch: string; outcome: BatchOutcome; count: number }[]>(
      'batch',
      'outcome',
      knex.raw('count(*)::integer as count'),
    );
  return rows.map(({ role, name, cancelledAt, cancelledName, ...row }) => ({
    ...row,
    actor: { role, name },
    cancelled: cancelledAt ? { at: cancelledAt, by: cancelledName ?? '' } : null,
    counts: Object.fromEntries(
      counts
        .filter(({ batch }) => batch === row.id)
        .map(({ outcome, count }) => [outcome, count] as const),
    ),
  }));
}

/** Where money was on the way, its order has heard by now. */
async function settlePending(knex: Knex, ids: readonly string[]): Promise<void> {
  await knex.raw(
    `update batch_orders as b set outcome = c.outcome, refusal = c.refusal
     from commands as c
     where b.batch = any(?) and b.outcome = 'pending' and c.order_number = b.order_number
       and c.id = 'batch-' || b.batch || '-' || b.order_number and c.outcome <> 'pending'`,
    [[...ids]],
  );
}

/** Leaves out every order that nothing was sent to yet; gives how many. */
export async function cancelBatch(knex: Knex, id: string, by: Actor): Promise<number> {
  return knex.transaction(async (trx) => {
    const left = await trx('batch_orders')
      .where({ batch: id, outcome: 'waiting' })
      .update({ outcome: 'cancelled', at: trx.fn.now() });
    if (left > 0) {
      await trx('batches')
        .where({ id })
        .update({ cancelled_at: trx.fn.now(), cancelled_name: by.name });
    }
    return left;
  });
}

/** Puts the orders that failed back in line; gives how many. */
export async function retryBatch(knex: Knex, id: string): Promise<number> {
  return knex('batch_orders')
    .where({ batch: id, outcome: 'failed' })
    .update({ outcome: 'waiting', why: null, at: null });
}
