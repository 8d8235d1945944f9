import type { Knex } from 'knex';

/** Fulfilment partners: where they are told, how they tell, how long they may take. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table partners (
      code text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,49}$'),
      name text not null,
      active boolean not null default true,
      -- How they are told: { "kind": "http", "url" } | { "kind": "folder", "path" } | { "kind": "sftp", "host", … }
      transport jsonb not null,
      -- How their messages are fetched, where they call nobody: like a transport, and how often.
      feed jsonb,
      -- What was fetched last, in the feed's own words.
      watermark text,
      polled_at timestamptz(3),
      -- Service-level times that are not the table's own, and what they can do.
      terms jsonb not null default '{}',
      capabilities jsonb not null default '{}',
      -- Sealed. What signs both ways; the one before it holds until then.
      secret text not null,
      former_secret text,
      former_until timestamptz(3),
      -- Sealed: the password or private key of SFTP.
      credential text,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      check ((former_secret is null) = (former_until is null))
    );
  `);
}
