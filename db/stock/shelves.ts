import type { Knex } from 'knex';
import type { Held, Shelf, Waiting } from '../../machines/stock';

/**
 * The records of these SKUs, locked until the transaction ends: whoever moves, queues for or serves a SKU
 * holds them. In the order of SKU and location, so that two orders with the same records wait for each
 * other and never in a circle.
 */
export async function lockShelves(trx: Knex, skus: Iterable<string>): Promise<readonly Shelf[]> {
  const { rows } = await trx.raw<{ rows: Shelf[] }>(
    `select r.sku, r.location, l.priority, r.in_stock as "inStock", r.allocated, r.backorders,
      r.low_stock_threshold as threshold
    from stock_records as r join stock_locations as l on l.code = r.location
    where r.sku = any(?::text[])
    order by r.sku, r.location for update of r`,
    [[...new Set(skus)]],
  );
  return rows;
}

/** What each location holds and has sent for an order's lines; read under the lock of their records. */
export async function readHeld(trx: Knex, order: string): Promise<readonly Held[]> {
  const { rows } = await trx.raw<{ rows: Held[] }>(
    `select line_id as line, sku, location, allocated, consumed
    from stock_allocations where order_number = ? order by line_id, location`,
    [order],
  );
  return rows;
}

/**
 * Who waits for these SKUs, oldest first, as far as `units` of each reach, and all that the order itself
 * waits for; read under the lock of their records.
 */
export async function readQueue(
  trx: Knex,
  units: ReadonlyMap<string, number>,
  order: string,
): Promise<readonly Waiting[]> {
  const { rows } = await trx.raw<{ rows: Waiting[] }>(
    `select id, order_number as "order", line_id as line, sku, waiting, event_id as event,
      placed_at as "placedAt"
    from (
      select b.*, u.units,
        sum(b.waiting) over (partition by b.sku order by b.placed_at, b.id) - b.waiting as before
      from unnest(?::text[], ?::bigint[]) as u (sku, units)
      join stock_backorders as b on b.sku = u.sku and b.waiting > 0
    ) as queue
    where before < units or order_number = ?
    order by placed_at, id`,
    [[...units.keys()], [...units.values()], order],
  );
  return rows.map((row) => ({ ...row, placedAt: new Date(row.placedAt).toISOString() }));
}
