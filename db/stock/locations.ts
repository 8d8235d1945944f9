import type { Knex } from 'knex';

/** Where stock is that names no location. */
export const MAIN = 'main';

/** A place where stock is kept and parcels are packed. */
export interface StockLocation {
  readonly code: string;
  readonly name: string;
  /** Lower comes first. */
  readonly priority: number;
}

const columns = ['code', 'name', 'priority'] as const;

/** All of them, in the order in which they are asked for stock. */
export async function listLocations(knex: Knex): Promise<readonly StockLocation[]> {
  const rows: unknown = await knex('stock_locations')
    .orderBy([{ column: 'priority' }, { column: 'code' }])
    .select(columns);
  return rows as StockLocation[];
}

export async function findLocation(knex: Knex, code: string): Promise<StockLocation | undefined> {
  return knex('stock_locations').where({ code }).first<StockLocation | undefined>(columns);
}

/** Makes a location, or changes its name and priority; what it holds stays. */
export async function putLocation(knex: Knex, location: StockLocation): Promise<StockLocation> {
  await knex('stock_locations').insert(location).onConflict('code').merge(['name', 'priority']);
  return location;
}
