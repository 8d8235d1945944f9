import type { Knex } from 'knex';

/** Units that a location holds for a line of an order. */
export interface HeldUnits {
  readonly number: string;
  readonly line: string;
  readonly location: string;
  readonly quantity: number;
}

/** Where the units of these orders' lines are held, the location that comes first first. */
export async function unitsHeld(knex: Knex, numbers: readonly string[]): Promise<HeldUnits[]> {
  return knex('stock_allocations as a')
    .join('stock_locations as l', 'l.code', 'a.location')
    .whereIn('a.order_number', [...numbers])
    .where('a.allocated', '>', 0)
    .orderBy(['l.priority', 'l.code', 'a.order_number', 'a.line_id'])
    .select<HeldUnits[]>({
      ...{ number: 'a.order_number', line: 'a.line_id', location: 'a.location' },
      quantity: 'a.allocated',
    });
}
