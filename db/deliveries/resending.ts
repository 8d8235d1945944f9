import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { jsonText } from '../commits/json';
import { OUTBOX_CHANNEL } from '../commits/notice';

export type DeliveryKind = 'webhook' | 'partner';

/** Deliveries of one target; every part given must hold. */
export interface Chosen {
  readonly kind: DeliveryKind;
  readonly target: string;
  readonly ids?: readonly string[];
  readonly order?: string;
  readonly type?: string;
  readonly status?: readonly string[];
  /** ISO 8601: made at or after it, and before it. */
  readonly from?: string;
  readonly until?: string;
  readonly fromSequence?: number;
  readonly untilSequence?: number;
}

/** So many ids that sort as they stand: rows of one moment are started in the order of their ids. */
export function idsInOrder(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID()).sort();
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

/**
 * Sends deliveries at once, and once more where they were sent before: each in its own words and under its
 * own id, oldest first, by a new row of the outbox that takes over from the one before. Gives how many.
 */
export async function sendAgain(trx: Knex, chosen: Chosen, most: number): Promise<number> {
  const found = (await choose(trx, chosen)
    .orderBy(['created_at', 'order_number', 'sequence', 'id'])
    .limit(most)
    .forUpdate()
    .select('id')) as { id: string }[];
  if (found.length === 0) return 0;
  const ids = idsInOrder(found.length);
  const pairs = found.map(({ id }, index) => ({ id, sent_by: ids[index] }));
  await trx.raw(
    `with again as (
       update deliveries as d
       set status = 'waiting', settled_at = null, next_at = null, why = null, sent_by = n.sent_by
       from jsonb_to_recordset(?::jsonb) as n(id uuid, sent_by uuid) where d.id = n.id
       returning d.id, d.sent_by, d.kind, d.type
     ), rows as (
       insert into outbox (id, order_number, seq, topic, kind, cause, payload)
       select a.sent_by, o.order_number, o.seq, a.kind, a.type, o.cause || '/' || a.sent_by,
         o.payload || jsonb_build_object('again', a.id)
       from again as a join outbox as o on o.id = a.id
     )
     select pg_notify(?, 'again:0')`,
    [jsonText(pairs), OUTBOX_CHANNEL],
  );
  return found.length;
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
