import type { Knex } from 'knex';

/** Stock at several locations, what each holds for which line, who waits for goods, and low-stock alerts. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table stock_locations (
      code text primary key check (length(code) between 1 and 100),
      name text not null,
      -- Lower comes first.
      priority integer not null,
      created_at timestamptz(3) not null default now()
    );
    -- Where everything was until there were locations, and is where none is named.
    insert into stock_locations (code, name, priority) values ('main', 'Main', 1);

    -- History outlives a record that is removed.
    alter table stock_ledger drop constraint stock_ledger_sku_fkey;
    alter table stock_records drop constraint stock_records_pkey;
    alter table stock_records add column location text not null default 'main'
      references stock_locations;
    alter table stock_records add primary key (sku, location);

    alter table stock_ledger add column location text not null default 'main';
    alter table stock_ledger alter column location drop default;
    alter table stock_ledger add column note text;
    alter table stock_ledger drop constraint stock_ledger_cause_check;
    alter table stock_ledger add constraint stock_ledger_cause_check
      check (cause in ('stocktake', 'receipt', 'write-off', 'removal', 'allocate', 'consume',
        'release', 'expire', 'restock'));
    -- Goods that are said to have come in twice under one key came in once.
    create unique index stock_ledger_goods on stock_ledger (event_id)
      where cause in ('receipt', 'write-off');

    -- No reference to the order: the stock of a placing that is withdrawn is given back as the order goes.
    create table stock_allocations (
      order_number text not null,
      line_id text not null,
      sku text not null,
      location text not null references stock_locations,
      allocated bigint not null check (allocated >= 0),
      consumed bigint not null check (consumed >= 0),
      primary key (order_number, line_id, location)
    ) with (fillfactor = 80);
    insert into stock_allocations (order_number, line_id, sku, location, allocated, consumed)
      select order_number, line_id, sku, 'main', allocated, consumed
      from order_lines where allocated + consumed > 0;

    create table stock_backorders (
      id bigint generated always as identity primary key,
      order_number text not null,
      line_id text not null,
      sku text not null,
      quantity bigint not null check (quantity > 0),
      waiting bigint not null check (waiting between 0 and quantity),
      placed_at timestamptz(3) not null,
      -- What queued them.
      event_id text not null,
      unique (order_number, line_id, event_id)
    ) with (fillfactor = 80);
    create index stock_backorders_waiting on stock_backorders (sku, placed_at, id)
      where waiting > 0;

    alter table order_lines add column backordered bigint not null default 0
      check (backordered >= 0);
    alter table order_lines drop constraint order_lines_check;
    alter table order_lines add constraint order_lines_check
      check (allocated + backordered + consumed <= quantity);

    create table stock_alerts (
      id bigint generated always as identity primary key,
      sku text not null,
      location text not null references stock_locations,
      threshold bigint not null,
      net bigint not null,
      opened_at timestamptz(3) not null default now(),
      closed_at timestamptz(3)
    );
    create unique index stock_alerts_open on stock_alerts (sku, location) where closed_at is null;
    insert into stock_alerts (sku, location, threshold, net)
      select sku, location, low_stock_threshold, in_stock - allocated from stock_records
      where in_stock - allocated <= low_stock_threshold;
  `);
}
