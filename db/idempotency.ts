import type { Knex } from 'knex';

/** The key a caller sent, within what it is unique in (say, the caller and the call). */
export interface IdempotencyKey {
  readonly scope: string;
  readonly key: string;
}

/** An answer as it was given, to be given again. */
export interface KeptResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * What to do with a request. `new`: do it (and use that order number, when the process that began it died after
 * it had assigned one). `replay`: answer this. `mismatch`: the key came with another body. `running`: somebody
 * is at it.
 */
export type Claim =
  | { readonly outcome: 'new'; readonly orderNumber?: string }
  | { readonly outcome: 'replay'; readonly response: KeptResponse }
  | { readonly outcome: 'mismatch' }
  | { readonly outcome: 'running'; readonly retryAfterSeconds: number };

interface Row extends KeptResponse {
  readonly body_hash: string;
  readonly order_number: string | null;
  readonly state: 'running' | 'done';
  readonly wait: number;
}

const TRIES = 3;

/** Takes the key for a request, for `lockSeconds`; after that somebody else may, as its process may have died. */
export async function claim(
  knex: Knex,
  { scope, key }: IdempotencyKey,
  { bodyHash, lockSeconds = 60 }: { readonly bodyHash: string; readonly lockSeconds?: number },
): Promise<Claim> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const taken: { rows: { order_number: string | null }[] } = await knex.raw(
      `insert into idempotency_keys as k (scope, key, body_hash, state, locked_until)
       values (?, ?, ?, 'running', now() + ? * interval '1 second')
       on conflict (scope, key) do update set locked_until = excluded.locked_until
       where k.state = 'running' and k.locked_until < now() and k.body_hash = excluded.body_hash
       returning order_number`,
      [scope, key, bodyHash, lockSeconds],
    );
    const [mine] = taken.rows;
    if (mine)
      return { outcome: 'new', ...(mine.order_number && { orderNumber: mine.order_number }) };
    const row = await knex('idempotency_keys')
      .where({ scope, key })
      .first<Row | undefined>(
        'body_hash',
        'order_number',
        'state',
        'status',
        'headers',
        'body',
        waiting(knex),
      );
    // Released in between: it is free again.
    if (row) return claimOf(row, bodyHash);
  }
  return { outcome: 'running', retryAfterSeconds: 1 };
}

function waiting(knex: Knex): Knex.Raw {
  return knex.raw('ceil(extract(epoch from locked_until - now()))::integer as wait');
}

function claimOf(row: Row, bodyHash: string): Claim {
  if (row.body_hash !== bodyHash) return { outcome: 'mismatch' };
  const { status, headers, body } = row;
  if (row.state === 'done') return { outcome: 'replay', response: { status, headers, body } };
  // Most requests are done within a second, whatever their lock allows.
  return { outcome: 'running', retryAfterSeconds: Math.max(1, Math.min(row.wait, 2)) };
}

/** Remembers the order number that a request was given; returns the first one when it has one already that is not `taken`. */
export async function assignNumber(
  knex: Knex,
  { scope, key }: IdempotencyKey,
  number: string,
  taken?: string,
): Promise<string> {
  const [row] = await knex('idempotency_keys')
    .where({ scope, key })
    .update({
      order_number: knex.raw('coalesce(nullif(order_number, ?), ?)', [taken ?? null, number]),
    })
    .returning<{ order_number: string }[]>('order_number');
  return row?.order_number ?? number;
}

/** Keeps the answer for whoever sends the request again; the first answer stays. */
export async function finish(
  knex: Knex,
  { scope, key }: IdempotencyKey,
  { status, headers, body }: KeptResponse,
): Promise<void> {
  await knex('idempotency_keys')
    .where({ scope, key, state: 'running' })
    .update({
      state: 'done',
      status,
      headers: JSON.stringify(headers),
      body: JSON.stringify(body ?? null),
    });
}

/** Frees the key of a request that came to nothing, so that it may be sent again, for the order number it was given. */
export async function release(knex: Knex, { scope, key }: IdempotencyKey): Promise<void> {
  const running = knex('idempotency_keys').where({ scope, key, state: 'running' });
  // Its order may still come to be: the repetition must not be another one.
  const freed = await running
    .clone()
    .whereNotNull('order_number')
    .update({ locked_until: knex.raw(`now() - interval '1 second'`) });
  if (freed === 0) await running.whereNull('order_number').delete();
}

const DAY_SECONDS = 86_400;
/** How many rows one statement of a sweep takes, so that nobody waits for it. */
const SWEPT_AT_ONCE = 1_000;

/** For how many days the answer of a request is given again. */
const KEPT_DAYS = 30;

/**
 * Forgets answers older than so many days, and gives how many. The number that an order was given without
 * bringing one stays with its key for good: the same request again is that order, and never another.
 */
export async function sweep(knex: Knex, days: number = KEPT_DAYS): Promise<number> {
  let swept = 0;
  for (;;) {
    const { rowCount } = await knex.raw<{ rowCount: number }>(
      `with old as (
         select scope, key, order_number from idempotency_keys
         where state = 'done' and created_at < now() - ? * interval '1 second'
         order by created_at limit ? for update skip locked
       ), opened as (
         update idempotency_keys as k
         set state = 'running', locked_until = k.created_at, status = null, headers = null, body = null
         from old where k.scope = old.scope and k.key = old.key and old.order_number is not null
         returning 1
       ), gone as (
         delete from idempotency_keys as k using old
         where k.scope = old.scope and k.key = old.key and old.order_number is null
         returning 1
       )
       select 1 from opened union all select 1 from gone`,
      [days * DAY_SECONDS, SWEPT_AT_ONCE],
    );
    swept += rowCount;
    if (rowCount < SWEPT_AT_ONCE) return swept;
  }
}
