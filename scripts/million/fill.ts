import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { keepShop } from '../../db/commits/shops';
import shop from '../../machines/shop';

export interface Filling {
  readonly orders: number;
  /** The latest moment of any order; ISO 8601, UTC. */
  readonly until: string;
}

/** Indexes that are made faster when the rows are there, by name; keys stay. */
const LATER = ['orders', 'order_lines', 'order_search', 'events', 'stays', 'payment_ledger'];

/** Writes believable orders into an empty database; needs the rights of a superuser. */
export async function fillOrders(knex: Knex, { orders, until }: Filling): Promise<void> {
  const sql = readFileSync(join(__dirname, 'million.sql'), 'utf8')
    .replaceAll(':orders', String(Math.trunc(orders)))
    .replaceAll(':until', `'${new Date(until).toISOString()}'`);
  await keepShop(knex, shop);
  await knex.transaction(async (trx) => {
    await trx.raw('set local statement_timeout = 0');
    const { rows } = await trx.raw<{ rows: { name: string; definition: string }[] }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index as i where i.indrelid = any(?::regclass[])
         and not exists (select from pg_constraint where conindid = i.indexrelid)`,
      [`{${LATER.join(',')}}`],
    );
    for (const { name } of rows) await trx.raw(`drop index ${name}`);
    await trx.raw(sql);
    for (const { definition } of rows) await trx.raw(definition);
  });
  await knex.raw('vacuum analyze');
}
