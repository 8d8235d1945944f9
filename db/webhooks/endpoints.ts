import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';
import { stopWaiting } from '../deliveries/choosing';
import { feedEnd } from '../events';

/** Where somebody wants to be told what happens to orders. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  /** Types of webhooks; all when empty. */
  readonly events: readonly string[];
  /** `paused`: what happens is told when it is resumed; `stopped`: it wants to be told no more. */
  readonly status: 'active' | 'paused' | 'stopped';
  /** Why it is paused or stopped. */
  readonly why: string | null;
  /** Since when nothing has been delivered; null while deliveries go through. */
  readonly failingSince: string | null;
  /** Until when the secret before this one signs too. */
  readonly formerSecretUntil: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type EndpointTerms = Pick<Endpoint, 'url' | 'description' | 'events'>;

const columns = {
  id: 'id',
  url: 'url',
  description: 'description',
  events: 'events',
  status: 'status',
  why: 'why',
  failingSince: 'failing_since',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};
const returned = [
  ...Object.entries(columns).map(([name, column]) => `${column} as ${name}`),
  'former_until as formerSecretUntil',
];

/** Makes an endpoint that is told what happens from now on; its secret is sealed already. */
export async function createEndpoint(
  knex: Knex,
  { url, description, events }: EndpointTerms,
  seal: (id: string) => string,
): Promise<Endpoint> {
  const id = randomUUID();
  const row = { id, url, description, events: [...events], secret: seal(id) };
  return knex.transaction(async (trx) => {
    const [made] = await trx('webhook_endpoints').insert(row).returning<Endpoint[]>(returned);
    await trx('webhook_cursors').insert({ endpoint: id, cursor: await feedEnd(trx) });
    return made as Endpoint;
  });
}

export async function findEndpoint(knex: Knex, id: string): Promise<Endpoint | undefined> {
  return knex('webhook_endpoints').where({ id }).first<Endpoint | undefined>(returned);
}

/** All endpoints, oldest first. Throws BadCursor. */
export async function listEndpoints(knex: Knex, page: Page): Promise<Paged<Endpoint>> {
  const limit = limitOf(page);
  const query = knex('webhook_endpoints')
    .orderBy(['created_at', 'id'])
    .limit(limit + 1);
  if (page.after !== undefined) {
    const [at, id] = positionIn(page.after, 2) as [string, string];
    void query.whereRaw('(created_at, id) > (?::timestamptz, ?::uuid)', [at, id]);
  }
  const rows = await query.select<Endpoint[]>(returned);
  return paged(rows, limit, ({ createdAt, id }) => [createdAt, id]);
}

/** Changes where and of what it is told; undefined when there is none. */
export async function changeEndpoint(
  knex: Knex,
  id: string,
  { url, description, events }: EndpointTerms,
): Promise<Endpoint | undefined> {
  return update(knex, { id }, { url, description, events: [...events] });
}

/** From now on nothing is sent to it; undefined unless it is active. */
export async function pauseEndpoint(
  knex: Knex,
  id: string,
  why: string,
): Promise<Endpoint | undefined> {
  return update(knex, { id, status: 'active' }, { status: 'paused', why });
}

/** It wants to be told no more: what waits for it is not sent either. Harmless when it is stopped already. */
export async function stopEndpoint(knex: Knex, id: string, why: string): Promise<void> {
  await knex.transaction(async (trx) => {
    await update(trx, { id }, { status: 'stopped', why, failing_since: null });
    await stopWaiting(trx, { kind: 'webhook', target: id }, why);
  });
}

/**
 * Has it told again. One that was paused is told what happened since as well; one that was stopped is told
 * what happens from now on. Undefined when it is active, or there is none.
 */
export async function resumeEndpoint(trx: Knex, id: string): Promise<Endpoint | undefined> {
  const before = await trx('webhook_endpoints')
    .where({ id })
    .whereNot('status', 'active')
    .forUpdate()
    .first<Pick<Endpoint, 'status'> | undefined>('status');
  if (!before) return undefined;
  if (before.status === 'stopped') {
    await trx('webhook_cursors')
      .where('endpoint', id)
      .update({ cursor: await feedEnd(trx) });
  }
  return update(trx, { id }, { status: 'active', why: null, failing_since: null });
}

/** Forgets an endpoint; what waits for it is not sent. False when there is none. */
export async function removeEndpoint(knex: Knex, id: string): Promise<boolean> {
  return knex.transaction(async (trx) => {
    const gone = await trx('webhook_endpoints').where({ id }).delete();
    if (gone === 0) return false;
    await stopWaiting(trx, { kind: 'webhook', target: id }, 'The endpoint was removed.');
    return true;
  });
}

/** Gives it another secret, sealed already; the one before signs too for so many hours, 0 for not at all. */
export async function rotateSecret(
  knex: Knex,
  id: string,
  sealed: string,
  overlapHours: number,
): Promise<Endpoint | undefined> {
  const former = {
    former_secret: knex.ref('secret'),
    former_until: knex.raw('now() + make_interval(hours => ?)', [overlapHours]),
  };
  const none = { former_secret: null, former_until: null };
  return update(knex, { id }, { ...(overlapHours > 0 ? former : none), secret: sealed });
}

/** The end of an endpoint's failing, or its beginning. True when it has failed for longer than this. */
export async function noteDelivered(knex: Knex, id: string): Promise<void> {
  await knex('webhook_endpoints')
    .where({ id })
    .whereNotNull('failing_since')
    .update({ failing_since: null });
}

/** Notes that an attempt failed; true when nothing but failures has come for longer than this. */
export async function noteFailed(knex: Knex, id: string, patienceMs: number): Promise<boolean> {
  const [row] = await knex('webhook_endpoints')
    .where({ id })
    .update({ failing_since: knex.raw('coalesce(failing_since, now())') })
    .returning<{ isTooLong: boolean }[]>(
      knex.raw('failing_since <= now() - make_interval(secs => ?) as "isTooLong"', [
        patienceMs / 1000,
      ]),
    );
  return row?.isTooLong ?? false;
}

async function update(knex: Knex, where: object, changes: object): Promise<Endpoint | undefined> {
  const [row] = await knex('webhook_endpoints')
    .where(where)
    .update({ ...changes, updated_at: knex.fn.now() })
    .returning<Endpoint[]>(returned);
  return row;
}
