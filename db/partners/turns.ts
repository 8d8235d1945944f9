import type { Knex } from 'knex';
import type { OutboxRow } from '../outbox/waiting';

/**
 * Whether all that a partner was to be told of the order before has reached it, or was given up: it is not
 * to hear of a cancellation before it has heard of the order.
 */
export async function isItsTurn(
  knex: Knex,
  { order, seq }: Pick<OutboxRow, 'order' | 'seq'>,
  partner: string,
): Promise<boolean> {
  const before = await knex('outbox as o')
    .leftJoin('deliveries as d', 'd.id', 'o.id')
    .where({ 'o.order_number': order, 'o.topic': 'partner' })
    .where('o.seq', '<', seq)
    .whereRaw(`o.payload->>'partner' = ?`, [partner])
    // A row that sends something again tells nothing new.
    .whereRaw(`o.payload->'again' is null`)
    .whereRaw(`coalesce(d.status, 'waiting') = 'waiting'`)
    .first<{ id: string } | undefined>('o.id');
  return before === undefined;
}
