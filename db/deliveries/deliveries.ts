import type { Knex } from 'knex';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';

/** To whom something is posted, or dropped as a file. */
export type DeliveryKind = 'webhook' | 'partner';

/** `stopped`: whoever it was for said that it wants nothing any more. */
export type DeliveryStatus = 'waiting' | 'delivered' | 'failed' | 'stopped';

/** What is told to one target, as it was first written, and what became of it. */
export interface Delivery {
  /** The row of the outbox that it was written for; lasting, and told to the other side. */
  readonly id: string;
  readonly kind: DeliveryKind;
  /** The id of the webhook endpoint, or the partner's code. */
  readonly target: string;
  /** Null where it is about none. */
  readonly order: string | null;
  readonly type: string;
  /** Counts what this target was told of this order, from 1 without a gap; null where it is about none. */
  readonly sequence: number | null;
  /** As sent, byte for byte, at every attempt. */
  readonly body: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly why: string | null;
  readonly createdAt: string;
  /** When it is tried again, while it waits for that. */
  readonly nextAt: string | null;
  readonly settledAt: string | null;
}

export interface NewDelivery extends Pick<Delivery, 'id' | 'kind' | 'target' | 'order' | 'type'> {
  /** Writes the body, once the number is known; what is about no order gets 1. */
  readonly write: (sequence: number) => string;
}

export interface DeliveryFilter extends Pick<Delivery, 'kind'> {
  readonly target?: string;
  readonly order?: string;
  readonly status?: DeliveryStatus;
  readonly type?: string;
}

const columns = {
  id: 'd.id',
  kind: 'd.kind',
  target: 'd.target',
  order: 'd.order_number',
  type: 'd.type',
  sequence: 'd.sequence',
  body: 'd.body',
  status: 'd.status',
  attempts: 'd.attempts',
  why: 'd.why',
  createdAt: 'd.created_at',
  nextAt: 'd.next_at',
  settledAt: 'd.settled_at',
};

/** The delivery of this id; undefined when it was not written yet. */
export async function findDelivery(knex: Knex, id: string): Promise<Delivery | undefined> {
  return knex('deliveries as d').where('d.id', id).first<Delivery | undefined>(columns);
}

/** Keeps a delivery as it is first written; asked again, the first stays and is given. */
export async function keepDelivery(knex: Knex, delivery: NewDelivery): Promise<Delivery> {
  const known = await findDelivery(knex, delivery.id);
  if (known) return known;
  const { id, kind, target, order, type, write } = delivery;
  return knex.transaction(async (trx) => {
    const sequence = order === null ? null : await nextOf(trx, [kind, target, order]);
    await trx('deliveries')
      .insert({ id, kind, target, order_number: order, type, sequence, body: write(sequence ?? 1) })
      .onConflict('id')
      .ignore();
    return (await findDelivery(trx, id)) as Delivery;
  });
}

/** The next number of what a target is told of an order; whoever else asks waits for this transaction. */
async function nextOf(trx: Knex, about: readonly [DeliveryKind, string, string]): Promise<number> {
  // Parted by what none of them has in it.
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 35))', [about.join('\n')]);
  const [kind, target, order_number] = about;
  const { last } = await trx('deliveries')
    .where({ kind, target, order_number })
    .first<{ last: number | null }>(trx.raw('max(sequence) as last'));
  return (last ?? 0) + 1;
}

/** What became of a delivery; one that was delivered stays so, whatever a late attempt says. */
export async function settleDelivery(
  knex: Knex,
  id: string,
  settled: { readonly status: Exclude<DeliveryStatus, 'waiting'>; readonly why?: string },
): Promise<void> {
  const { status, why = null } = settled;
  await knex('deliveries')
    .where({ id })
    .whereNot('status', 'delivered')
    .update({ status, why, next_at: null, settled_at: knex.fn.now() });
}

/** Deliveries of a kind, newest first. Throws BadCursor. */
export async function listDeliveries(
  knex: Knex,
  { kind, target, order, status, type }: DeliveryFilter,
  page: Page = {},
): Promise<Paged<Delivery>> {
  const limit = limitOf(page);
  const query = knex('deliveries as d')
    .where('d.kind', kind)
    .orderBy([{ column: 'd.created_at', order: 'desc' }, 'd.id'])
    .limit(limit + 1)
    .select<Delivery[]>(columns);
  if (target !== undefined) query.where('d.target', target);
  if (order !== undefined) query.where('d.order_number', order);
  if (status !== undefined) query.where('d.status', status);
  if (type !== undefined) query.where('d.type', type);
  if (page.after !== undefined) {
    const [at, id] = positionIn(page.after, 2) as [string, string];
    query.whereRaw(
      '(d.created_at < ?::timestamptz or (d.created_at = ?::timestamptz and d.id > ?::uuid))',
      [at, at, id],
    );
  }
  const rows = (await query) as Delivery[];
  return paged(rows, limit, ({ createdAt, id }) => [createdAt, id]);
}
