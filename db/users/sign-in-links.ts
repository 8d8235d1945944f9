import type { Knex } from 'knex';
import { newToken, tokenHash } from './tokens';
import { findUser, oldestAdmin, type User } from './users';

/** What a link does, once: `first`: makes the first admin; `password`: a user chooses one; `sign-in`: a user is in. */
export type LinkKind = 'first' | 'password' | 'sign-in';

export interface CreatedLink {
  /** Known here and never again. */
  readonly token: string;
  readonly kind: LinkKind;
  readonly expiresAt: string;
}

export interface FoundLink {
  readonly kind: LinkKind;
  readonly user: User | undefined;
}

const HOURS: Readonly<Record<LinkKind, number>> = { first: 24, password: 72, 'sign-in': 24 };

/** A link for whoever starts Conveyor: it signs the oldest admin in, or makes the first one. */
export async function createStartLink(knex: Knex): Promise<CreatedLink> {
  const admin = await oldestAdmin(knex);
  return admin ? createLink(knex, 'sign-in', admin.id) : createLink(knex, 'first');
}

/** A link by which a user chooses a password; one that they had before opens nothing any more. */
export async function createPasswordLink(knex: Knex, userId: string): Promise<CreatedLink> {
  await knex('sign_in_links').where({ user_id: userId, kind: 'password', used_at: null }).delete();
  return createLink(knex, 'password', userId);
}

async function createLink(knex: Knex, kind: LinkKind, userId?: string): Promise<CreatedLink> {
  const token = newToken();
  const expires_at = knex.raw(`now() + ? * interval '1 hour'`, [HOURS[kind]]);
  const [row] = await knex('sign_in_links')
    .insert({ hash: tokenHash(token), kind, user_id: userId, expires_at })
    .returning<{ expires_at: string }[]>('expires_at');
  return { token, kind, expiresAt: (row as { expires_at: string }).expires_at };
}

/** What a link is for, without using it; undefined for one that opens nothing (any more). */
export async function findLink(knex: Knex, token: string): Promise<FoundLink | undefined> {
  const row = await open(knex, token).first<LinkRow | undefined>('kind', 'user_id');
  return row && linkOf(knex, row);
}

/** Uses a link up; of several who try at once one gets it. */
export async function takeLink(trx: Knex, token: string): Promise<FoundLink | undefined> {
  const [row] = await open(trx, token)
    .update({ used_at: trx.fn.now() })
    .returning<LinkRow[]>(['kind', 'user_id']);
  return row && linkOf(trx, row);
}

interface LinkRow {
  readonly kind: LinkKind;
  readonly user_id: string | null;
}

function open(knex: Knex, token: string) {
  return knex('sign_in_links')
    .where({ hash: tokenHash(token), used_at: null })
    .whereRaw('expires_at > now()');
}

async function linkOf(knex: Knex, { kind, user_id }: LinkRow): Promise<FoundLink | undefined> {
  // Links for the first admin were printed to whoever started: once there is one, they open nothing.
  if (user_id === null) return (await oldestAdmin(knex)) ? undefined : { kind, user: undefined };
  const user = await findUser(knex, user_id);
  return user?.disabledAt === null ? { kind, user } : undefined;
}
