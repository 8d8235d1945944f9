import type { Knex } from 'knex';

/** One try of a delivery, and what came of it. */
export interface Attempt {
  readonly attempt: number;
  readonly at: string;
  /** Null where it never ended, because the worker died over it. */
  readonly tookMs: number | null;
  /** The HTTP status; null where nothing answered, or for a file. */
  readonly status: number | null;
  /** The beginning of what was answered. */
  readonly excerpt: string | null;
  readonly why: string | null;
}

export interface EndedAttempt {
  readonly status?: number;
  readonly tookMs: number;
  readonly excerpt?: string;
  readonly why?: string;
  /** When it is tried again, ISO 8601; absent when it is not. */
  readonly nextAt?: string;
}

/** Counts an attempt before it is made, and gives its number. */
export async function beginAttempt(knex: Knex, id: string): Promise<number> {
  const { rows } = await knex.raw<{ rows: { attempt: number }[] }>(
    `with counted as (
      update deliveries set attempts = attempts + 1, next_at = null where id = :id
      returning id, attempts
    )
    insert into delivery_attempts (delivery, attempt) select id, attempts from counted
    returning attempt`,
    { id },
  );
  const [begun] = rows;
  if (!begun) throw new Error(`There is no delivery ${id}.`);
  return begun.attempt;
}

/** What came of an attempt; written again it stays as it was first written. */
export async function endAttempt(
  knex: Knex,
  id: string,
  attempt: number,
  { status, tookMs, excerpt, why, nextAt }: EndedAttempt,
): Promise<void> {
  await knex.raw(
    `with ended as (
      update delivery_attempts
        set took_ms = :tookMs, status = :status, excerpt = :excerpt, why = :why
        where delivery = :id and attempt = :attempt and took_ms is null
        returning delivery
    )
    update deliveries set next_at = :nextAt, why = :why
      from ended where id = ended.delivery and deliveries.status = 'waiting'`,
    {
      ...{ id, attempt, tookMs, nextAt: nextAt ?? null },
      ...{ status: status ?? null, excerpt: excerpt ?? null, why: why ?? null },
    },
  );
}

/** Every attempt of a delivery, oldest first. */
export async function listAttempts(knex: Knex, id: string): Promise<readonly Attempt[]> {
  return knex('delivery_attempts')
    .where({ delivery: id })
    .orderBy('attempt')
    .select<Attempt[]>('attempt', 'at', 'status', 'excerpt', 'why')
    .select({ tookMs: 'took_ms' });
}
