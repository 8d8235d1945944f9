import type { Knex } from 'knex';

/** The people who use the dashboard, and how they get in; only hashes of what opens the door. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table users (
      id uuid primary key default gen_random_uuid(),
      email text not null unique check (email = lower(email)),
      name text not null,
      role text not null check (role in ('admin', 'clerk', 'viewer', 'partner')),
      partner text,
      -- Null until somebody who was invited has chosen one.
      password text,
      created_at timestamptz(3) not null default now(),
      disabled_at timestamptz(3),
      signed_in_at timestamptz(3),
      check ((role = 'partner') = (partner is not null))
    );

    create table sessions (
      id uuid primary key default gen_random_uuid(),
      user_id uuid not null references users,
      hash text not null unique,
      -- The token before this one opens too, until the present one was used and a moment longer.
      previous_hash text,
      previous_until timestamptz(3),
      rotated_at timestamptz(3) not null default now(),
      created_at timestamptz(3) not null default now(),
      used_at timestamptz(3) not null default now(),
      expires_at timestamptz(3) not null,
      -- What the browser calls itself, so that people know their sessions apart.
      browser text not null
    );
    create index sessions_previous on sessions (previous_hash) where previous_hash is not null;
    create index sessions_of_user on sessions (user_id, created_at);

    create table sign_in_links (
      hash text primary key,
      -- first: makes the first admin; password: its user chooses a password; sign-in: its user is in at once.
      kind text not null check (kind in ('first', 'password', 'sign-in')),
      user_id uuid references users,
      created_at timestamptz(3) not null default now(),
      expires_at timestamptz(3) not null,
      used_at timestamptz(3),
      check ((kind = 'first') = (user_id is null))
    );

    -- Tries to sign in that did not come right, by who tried: hashes of addresses and e-mails.
    create table sign_in_tries (
      who text primary key,
      tries integer not null,
      last_at timestamptz(3) not null,
      -- Nobody is heard before.
      waits_until timestamptz(3) not null
    );
    create index sign_in_tries_old on sign_in_tries (last_at);
  `);
}
