import type { Knex } from 'knex';
import { newToken, tokenHash } from './tokens';
import type { User } from './users';

/** However much it is used. */
const LASTS_DAYS = 30;
/** Without being used. */
export const IDLE_DAYS = 7;
/** A stolen token is worth something for so long, as long as its owner goes on working. */
const ROTATED_AFTER_MINUTES = 15;
/** Requests that are under way while the token changes still bring the old one. */
const OVERLAP_SECONDS = 60;

/** A session as its owner may see it. */
export interface Session {
  readonly id: string;
  readonly browser: string;
  readonly createdAt: string;
  readonly usedAt: string;
  readonly expiresAt: string;
}

export interface OpenSession {
  readonly id: string;
  readonly user: Pick<User, 'id' | 'email' | 'name' | 'role' | 'partner'>;
  /** The token that replaces the one that was sent. */
  readonly newToken?: string;
}

interface Row {
  readonly id: string;
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly role: User['role'];
  readonly partner: string | null;
  readonly isCurrent: boolean;
  readonly isOverlapOpen: boolean;
  readonly isDue: boolean;
  readonly isStale: boolean;
}

export const SESSION_SECONDS = LASTS_DAYS * 86_400;

/** Opens a session and gives its token. */
export async function openSession(knex: Knex, userId: string, browser: string): Promise<string> {
  const token = newToken();
  await knex('sessions').insert({
    user_id: userId,
    hash: tokenHash(token),
    browser,
    expires_at: knex.raw(`now() + ? * interval '1 day'`, [LASTS_DAYS]),
  });
  await knex('users').where({ id: userId }).update({ signed_in_at: knex.fn.now() });
  return token;
}

/** Whose session a token opens; undefined for one that is unknown or has ended, or whose user is disabled. */
export async function findSession(knex: Knex, token: string): Promise<OpenSession | undefined> {
  const hash = tokenHash(token);
  const found = await knex.raw<{ rows: Row[] }>(
    `select s.id, s.user_id, u.email, u.name, u.role, u.partner,
       s.hash = :hash as "isCurrent",
       s.previous_hash is not null and s.previous_until is null as "isOverlapOpen",
       s.rotated_at < now() - case when s.hash = :hash
         then :minutes * interval '1 minute' else :seconds * interval '1 second' end as "isDue",
       s.used_at < now() - interval '1 minute' as "isStale"
     from sessions as s join users as u on u.id = s.user_id
     where (s.hash = :hash
         or s.previous_hash = :hash and (s.previous_until is null or s.previous_until > now()))
       and s.expires_at > now() and s.used_at > now() - :idle * interval '1 day'
       and u.disabled_at is null`,
    { hash, minutes: ROTATED_AFTER_MINUTES, seconds: OVERLAP_SECONDS, idle: IDLE_DAYS },
  );
  const [row] = found.rows;
  if (!row) return undefined;
  const rotated = await touch(knex, hash, row);
  const { id, user_id, email, name, role, partner } = row;
  return { id, user: { id: user_id, email, name, role, partner }, ...rotated };
}

/**
 * Notes that a session was used. The former token stays good until its successor has come back once, however long
 * that takes: an answer that was lost on the way must not sign anybody out.
 */
async function touch(
  knex: Knex,
  hash: string,
  { id, isCurrent, isOverlapOpen, isDue, isStale }: Row,
): Promise<{ newToken?: string }> {
  if (isCurrent && isOverlapOpen) {
    const previous_until = knex.raw(`now() + ? * interval '1 second'`, [OVERLAP_SECONDS]);
    await knex('sessions').where({ id, hash }).update({ previous_until, used_at: knex.fn.now() });
  } else if (isDue && (isCurrent || isOverlapOpen)) {
    return rotate(knex, id, hash, isCurrent);
  } else if (isStale) {
    await knex('sessions').where({ id }).update({ used_at: knex.fn.now() });
  }
  return {};
}

/** Of several requests at once, one changes the token; the others go on with the one they have. */
async function rotate(knex: Knex, id: string, hash: string, isCurrent: boolean) {
  const token = newToken();
  const now = knex.fn.now();
  const due = isCurrent ? { hash } : { previous_hash: hash, previous_until: null };
  const changed = await knex('sessions')
    .where({ id, ...due })
    .whereRaw(`rotated_at < now() - ? * interval '1 second'`, [OVERLAP_SECONDS])
    .update({
      ...{ hash: tokenHash(token), previous_hash: hash, previous_until: null },
      ...{ rotated_at: now, used_at: now },
    });
  return changed > 0 ? { newToken: token } : {};
}

/** Whether a session that was open still is. */
export async function isSessionOpen(knex: Knex, id: string): Promise<boolean> {
  const found = await knex('sessions as s')
    .join('users as u', 'u.id', 's.user_id')
    .where('s.id', id)
    .whereRaw('s.expires_at > now() and u.disabled_at is null')
    .first<{ id: string } | undefined>('s.id');
  return found !== undefined;
}

/** A user's sessions that are open, the last used first. */
export async function listSessions(knex: Knex, userId: string): Promise<readonly Session[]> {
  return knex('sessions')
    .where({ user_id: userId })
    .whereRaw(`expires_at > now() and used_at > now() - ? * interval '1 day'`, [IDLE_DAYS])
    .orderBy('used_at', 'desc')
    .select<Session[]>({
      id: 'id',
      browser: 'browser',
      createdAt: 'created_at',
      usedAt: 'used_at',
      expiresAt: 'expires_at',
    });
}

/** Ends one of a user's sessions; false when it is none of theirs. */
export async function endSession(knex: Knex, userId: string, id: string): Promise<boolean> {
  const ended = await knex('sessions')
    .where({ user_id: userId })
    .whereRaw('id::text = ?', [id])
    .delete();
  return ended > 0;
}

/** Ends the session that a token opens. */
export async function endSessionOf(knex: Knex, token: string): Promise<void> {
  const hash = tokenHash(token);
  await knex('sessions').where({ hash }).orWhere({ previous_hash: hash }).delete();
}
