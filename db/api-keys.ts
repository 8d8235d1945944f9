import { createHash, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { Actor } from '../machines/events';

export type ApiRole = Exclude<Actor['role'], 'system'>;

/** A key as it may be shown: never the key itself. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: ApiRole;
  /** The partner's code; for keys of partners only. */
  readonly partner: string | null;
  /** How the key begins. */
  readonly prefix: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

export interface NewApiKey {
  readonly name: string;
  readonly role: ApiRole;
  readonly partner?: string;
}

/** A key at the only moment at which it is known. */
export interface CreatedApiKey {
  readonly key: string;
  readonly record: ApiKey;
}

const KEY_BYTES = 32;
const SHOWN = 10;
/** The name of the key that comes from the settings. */
const FROM_SETTINGS = 'admin';

const columns = {
  id: 'id',
  name: 'name',
  role: 'role',
  partner: 'partner',
  prefix: 'prefix',
  createdAt: 'created_at',
  revokedAt: 'revoked_at',
  lastUsedAt: 'last_used_at',
};
const returned = Object.entries(columns).map(([name, column]) => `${column} as ${name}`);

// A key of 256 random bits cannot be guessed from its hash: a slow hash would only slow each call.
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Makes a key; it is returned here and never again. */
export async function createApiKey(
  knex: Knex,
  { name, role, partner }: NewApiKey,
): Promise<CreatedApiKey> {
  const key = `cvy_${randomBytes(KEY_BYTES).toString('base64url')}`;
  const row = { name, role, partner, prefix: key.slice(0, SHOWN), hash: hashOf(key) };
  const [record] = await knex('api_keys').insert(row).returning<ApiKey[]>(returned);
  return { key, record: record as ApiKey };
}

/** Whose key it is, and notes to the minute that it was used; undefined for a key that is unknown or revoked. */
export async function findApiKey(knex: Knex, key: string): Promise<ApiKey | undefined> {
  const record = await knex('api_keys')
    .where('hash', hashOf(key))
    .whereRaw('(revoked_at is null or revoked_at > now())')
    .first<ApiKey | undefined>(columns);
  if (!record) return undefined;
  const { id, lastUsedAt } = record;
  if (lastUsedAt === null || Date.now() - Date.parse(lastUsedAt) > 60_000) {
    await knex('api_keys').where({ id }).update({ last_used_at: knex.fn.now() });
  }
  return record;
}

export async function listApiKeys(knex: Knex): Promise<readonly ApiKey[]> {
  return knex('api_keys').orderBy(['created_at', 'id']).select<ApiKey[]>(columns);
}

/** Ends a key at once; false when there is none of that id in use. */
export async function revokeApiKey(knex: Knex, id: string): Promise<boolean> {
  return end(knex, id, 0);
}

async function end(knex: Knex, id: string, graceSeconds: number): Promise<boolean> {
  const ended = await knex('api_keys')
    .whereRaw('id::text = ?', [id])
    .whereRaw('(revoked_at is null or revoked_at > now())')
    .update({ revoked_at: knex.raw(`now() + ? * interval '1 second'`, [graceSeconds]) });
  return ended > 0;
}

/**
 * Makes a key of the same name and role and ends the old one, after a grace in which both work (none unless
 * said); undefined when there is none of that id in use.
 */
export async function rotateApiKey(
  knex: Knex,
  id: string,
  { graceSeconds = 0 }: { readonly graceSeconds?: number } = {},
): Promise<CreatedApiKey | undefined> {
  return knex.transaction(async (trx) => {
    if (!(await end(trx, id, graceSeconds))) return undefined;
    const old = await trx('api_keys').where({ id }).first<ApiKey>(columns);
    return createApiKey(trx, { ...old, partner: old.partner ?? undefined });
  });
}

/** Lets in the admin whose key comes from the settings, and no longer the one that came from there before. */
export async function ensureAdminKey(knex: Knex, key: string): Promise<void> {
  const hash = hashOf(key);
  await knex.transaction(async (trx) => {
    await trx('api_keys')
      .where({ name: FROM_SETTINGS, revoked_at: null })
      // Keys made here show more of themselves: one of the same name stays.
      .whereRaw('length(prefix) < ?', [SHOWN])
      .whereNot({ hash })
      .update({ revoked_at: trx.fn.now() });
    const row = { name: FROM_SETTINGS, role: 'admin', prefix: key.slice(0, 4), hash };
    await trx('api_keys')
      .insert(row)
      .onConflict('hash')
      .merge({ name: FROM_SETTINGS, role: 'admin', revoked_at: null });
  });
}
