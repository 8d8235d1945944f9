import type { Knex } from 'knex';

/** Tables that orders followed before they moved to another one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table left_tables (
      order_number text not null references orders on delete cascade,
      -- The event that moved the order away: it, and those before it, were decided on this table.
      seq integer not null,
      shop_hash text not null references shops,
      primary key (order_number, seq)
    );
    create trigger left_tables_only_grow before update or delete on left_tables
      for each row execute function refuse_change_of_order();
    create trigger left_tables_only_grow_all before truncate on left_tables
      execute function refuse_change();
    create index orders_by_table on orders (shop_hash, status, number) where visible;
  `);
}
