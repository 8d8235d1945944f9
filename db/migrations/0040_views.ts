import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Filters of the list of orders that people gave a name.
    create table saved_views (
      id uuid primary key default gen_random_uuid(),
      name text not null,
      -- The id of whoever saved it: of a user or of a key.
      owner text not null,
      shared boolean not null,
      -- What the list's address says after its question mark.
      search jsonb not null,
      created_at timestamptz(3) not null default now()
    );
    create unique index saved_views_by_name on saved_views (owner, lower(name));
    create index saved_views_shared on saved_views (lower(name)) where shared;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table saved_views');
}
