import type { Knex } from 'knex';
import type { Delivery, DeliveryStatus } from './deliveries';

/** Deliveries of one target; every part given must hold. */
export interface Chosen extends Pick<Delivery, 'kind' | 'target'> {
  readonly ids?: readonly string[];
  readonly order?: string;
  readonly type?: string;
  readonly status?: readonly DeliveryStatus[];
  /** ISO 8601: written at or after it, and before it. */
  readonly from?: string;
  readonly until?: string;
  /** Numbers among what the target was told of an order, both included. */
  readonly fromSequence?: number;
  readonly untilSequence?: number;
}

function choose(knex: Knex, chosen: Chosen) {
  const { kind, target, ids, order, type, status, from, until } = chosen;
  const query = knex('deliveries').where({ kind, target });
  if (ids) void query.whereIn('id', ids);
  if (order !== undefined) void query.where('order_number', order);
  if (type !== undefined) void query.where({ type });
  if (status) void query.whereIn('status', status);
  if (from !== undefined) void query.where('created_at', '>=', from);
  if (until !== undefined) void query.where('created_at', '<', until);
  if (chosen.fromSequence !== undefined) void query.where('sequence', '>=', chosen.fromSequence);
  if (chosen.untilSequence !== undefined) void query.where('sequence', '<=', chosen.untilSequence);
  return query;
}

/** How many deliveries these are. */
export async function countChosen(knex: Knex, chosen: Chosen): Promise<number> {
  const [row] = await choose(knex, chosen).count<{ count: number }[]>({ count: '*' });
  return row?.count ?? 0;
}

/** Their ids in the order in which they were written, so many at most; nobody else settles them meanwhile. */
export async function lockChosen(trx: Knex, chosen: Chosen, most?: number): Promise<string[]> {
  const query = choose(trx, chosen)
    .orderBy(['created_at', 'order_number', 'sequence', 'id'])
    .forUpdate();
  if (most !== undefined) void query.limit(most);
  const found = (await query.select('id')) as { id: string }[];
  return found.map(({ id }) => id);
}

/** What still waits for a target is not sent any more. */
export async function stopWaiting(
  trx: Knex,
  { kind, target }: Pick<Chosen, 'kind' | 'target'>,
  why: string,
): Promise<void> {
  await trx('deliveries')
    .where({ kind, target, status: 'waiting' })
    .update({ status: 'stopped', why, next_at: null, settled_at: trx.fn.now() });
}
