import type { Knex } from 'knex';

export const userRoles = ['admin', 'clerk', 'viewer', 'partner'] as const;
export type UserRole = (typeof userRoles)[number];

/** Somebody who may sign in, as they may be shown. */
export interface User {
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  /** The partner's code; for its people only. */
  readonly partner: string | null;
  readonly hasPassword: boolean;
  readonly createdAt: string;
  readonly disabledAt: string | null;
  readonly signedInAt: string | null;
}

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  readonly partner?: string;
}

/** What became of a change: `none`: nobody has that id; `last-admin`: nobody could manage the others any more. */
export type Changed =
  | { readonly outcome: 'changed'; readonly user: User }
  | { readonly outcome: 'none' | 'last-admin' | 'email-taken' };

const columns = {
  id: 'id',
  email: 'email',
  name: 'name',
  role: 'role',
  partner: 'partner',
  createdAt: 'created_at',
  disabledAt: 'disabled_at',
  signedInAt: 'signed_in_at',
};

const normalEmail = (email: string) => email.trim().toLowerCase();

function users(knex: Knex) {
  return knex('users').select(columns, knex.raw('password is not null as "hasPassword"'));
}

export async function listUsers(knex: Knex): Promise<readonly User[]> {
  return users(knex).orderBy(['created_at', 'id']);
}

export async function findUser(knex: Knex, id: string): Promise<User | undefined> {
  return users(knex).whereRaw('id::text = ?', [id]).first<User | undefined>();
}

/** A user who is not disabled, and the hash of their password. */
export async function findSigningIn(
  knex: Knex,
  email: string,
): Promise<{ readonly user: User; readonly password: string | null } | undefined> {
  const row = await users(knex)
    .select('password')
    .where({ email: normalEmail(email) })
    .whereNull('disabled_at')
    .first<(User & { password: string | null }) | undefined>();
  if (!row) return undefined;
  const { password, ...user } = row;
  return { user, password };
}

/** The admin who has been here longest; undefined while there is none. */
export async function oldestAdmin(knex: Knex): Promise<User | undefined> {
  return users(knex)
    .where({ role: 'admin' })
    .whereNull('disabled_at')
    .orderBy(['created_at', 'id'])
    .first<User | undefined>();
}

/** Adds a user; undefined where the e-mail is somebody's already. */
export async function addUser(
  knex: Knex,
  { email, name, role, partner }: NewUser,
  password?: string,
): Promise<User | undefined> {
  const [row] = await knex('users')
    .insert({ email: normalEmail(email), name, role, partner, password })
    .onConflict('email')
    .ignore()
    .returning<{ id: string }[]>('id');
  return row && findUser(knex, row.id);
}

/** Changes a user; whoever is disabled or gets another role loses their sessions at once. */
export async function changeUser(
  knex: Knex,
  id: string,
  change: NewUser & { readonly disabled: boolean },
): Promise<Changed> {
  return knex.transaction(async (trx) => {
    const before = await lockUser(trx, id);
    if (!before) return { outcome: 'none' };
    const { name, role, partner = null, disabled } = change;
    const email = normalEmail(change.email);
    const staysAdmin = role === 'admin' && !disabled;
    if (before.role === 'admin' && !before.disabledAt && !staysAdmin) {
      if (!(await hasOtherAdmin(trx, id))) return { outcome: 'last-admin' };
    }
    const taken = await trx('users')
      .where({ email })
      .whereNot({ id })
      .first<{ id: string } | undefined>('id');
    if (taken) return { outcome: 'email-taken' };
    const disabled_at = disabled ? trx.raw('coalesce(disabled_at, now())') : null;
    await trx('users').where({ id }).update({ email, name, role, partner, disabled_at });
    const isOther = role !== before.role || partner !== before.partner;
    if (disabled || isOther) await trx('sessions').where({ user_id: id }).delete();
    if (disabled) await trx('sign_in_links').where({ user_id: id, used_at: null }).delete();
    return { outcome: 'changed', user: (await findUser(trx, id)) as User };
  });
}

/** Admins are locked together, so that of two changes at once the second sees the first. */
async function lockUser(trx: Knex.Transaction, id: string): Promise<User | undefined> {
  await trx('users').where({ role: 'admin' }).orderBy('id').forUpdate().select('id');
  return findUser(trx, id);
}

async function hasOtherAdmin(trx: Knex.Transaction, id: string): Promise<boolean> {
  const other = await trx('users')
    .where({ role: 'admin' })
    .whereNull('disabled_at')
    .whereNot({ id })
    .first<{ id: string } | undefined>('id');
  return other !== undefined;
}

export async function renameUser(knex: Knex, id: string, name: string): Promise<void> {
  await knex('users').where({ id }).update({ name });
}

/** The hash of a user's password. */
export async function passwordOf(knex: Knex, id: string): Promise<string | null> {
  const row = await knex('users').where({ id }).first<{ password: string | null }>('password');
  return row.password;
}

/** Gives a user another password, and ends every session of theirs but the one. */
export async function changePassword(
  knex: Knex,
  id: string,
  { password, keptSession }: { readonly password: string; readonly keptSession?: string },
): Promise<void> {
  await knex.transaction(async (trx) => {
    await trx('users').where({ id }).update({ password });
    const ended = trx('sessions').where({ user_id: id });
    await (keptSession === undefined ? ended : ended.whereNot({ id: keptSession })).delete();
  });
}
