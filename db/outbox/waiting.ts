import type { Knex } from 'knex';

/** Something that is to leave the house, as the commit that owes it wrote it. */
export interface OutboxRow {
  readonly id: string;
  /** Null where it is about none, such as the test of a webhook. */
  readonly order: string | null;
  /** The place in the order's history of the event that owes it. */
  readonly seq: number;
  readonly topic: string;
  readonly kind: string;
  /** What it is owed for: once for each order, topic, kind and cause. */
  readonly cause: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A row beside its place among those that wait. */
interface Waiting extends OutboxRow {
  readonly created_at: string;
}

export type Place = Pick<Waiting, 'created_at' | 'id'>;

export interface Handing {
  readonly topics: readonly string[];
  /** Only rows behind this place; from the oldest on without it. */
  readonly after?: Place;
  readonly limit: number;
  /** Takes over a row; where it rejects, the row goes on waiting. */
  readonly start: (row: OutboxRow) => Promise<void>;
}

/** What one helping came to; `last` is absent when nothing waited. */
export interface Handed {
  readonly found: number;
  readonly started: number;
  readonly last?: Place;
  /** The first reason why a row was not taken over. */
  readonly failure?: unknown;
}

/**
 * Hands over the oldest waiting rows of these topics that no other process has in hand, and marks those
 * that were taken over. Who dies in between leaves the row waiting, so taking one over again is harmless.
 */
export async function handOver(knex: Knex, handing: Handing): Promise<Handed> {
  const { topics, after, limit, start } = handing;
  return knex.transaction(async (trx) => {
    const query = trx('outbox')
      .whereNull('started_at')
      .whereIn('topic', topics)
      .orderBy(['created_at', 'id'])
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .select<Waiting[]>('id', 'seq', 'topic', 'kind', 'cause', 'payload', 'created_at')
      .select({ order: 'order_number' });
    if (after) query.whereRaw('(created_at, id) > (?, ?)', [after.created_at, after.id]);
    const rows = (await query) as Waiting[];
    const outcomes = await Promise.allSettled(rows.map(({ created_at: _, ...row }) => start(row)));
    const taken = rows.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    const ids = taken.map(({ id }) => id);
    if (ids.length > 0) {
      await trx('outbox').whereIn('id', ids).update({ started_at: trx.fn.now() });
    }
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    return {
      found: rows.length,
      started: ids.length,
      last: rows.at(-1),
      failure: failed?.reason as unknown,
    };
  });
}
