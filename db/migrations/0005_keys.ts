import type { Knex } from 'knex';

/** Who may call the API; only hashes of their keys. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table api_keys (
      id uuid primary key default gen_random_uuid(),
      name text not null,
      role text not null check (role in ('admin', 'clerk', 'viewer', 'storefront', 'partner')),
      partner text,
      prefix text not null,
      hash text not null unique,
      created_at timestamptz(3) not null default now(),
      revoked_at timestamptz(3),
      last_used_at timestamptz(3),
      check ((role = 'partner') = (partner is not null))
    );
  `);
}
