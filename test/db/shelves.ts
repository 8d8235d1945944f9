import type { Knex } from 'knex';

interface Books {
  readonly sku: string;
  readonly location: string;
  readonly counters: readonly [number, number];
  readonly ledger: readonly [number, number];
  readonly lines: number;
}

/** Each stock record three times over: its counters, the sums of its ledger, and what orders hold of it. */
export async function stockBooks(knex: Knex): Promise<readonly Books[]> {
  const { rows } = await knex.raw<{ rows: Books[] }>(`
    select sku, location, array[in_stock, allocated] as counters,
      (select array[coalesce(sum(in_stock_delta), 0), coalesce(sum(allocated_delta), 0)]::bigint[]
       from stock_ledger as l where l.sku = r.sku and l.location = r.location) as ledger,
      (select coalesce(sum(allocated), 0)::bigint from stock_allocations as a
       where a.sku = r.sku and a.location = r.location) as lines
    from stock_records as r order by sku, location`);
  return rows.map(({ sku, location, counters, ledger, lines }) => ({
    sku,
    location,
    counters: pair(counters),
    ledger: pair(ledger),
    lines,
  }));
}

function pair([first, second]: readonly unknown[]): [number, number] {
  return [Number(first), Number(second)];
}

/** What is wrong with the books: a sentence for each record that does not add up. */
export async function faultsInStock(knex: Knex): Promise<string[]> {
  const books = (await stockBooks(knex)).flatMap(({ sku, location, counters, ledger, lines }) => {
    const [, allocated] = counters;
    if (counters.join() === ledger.join() && allocated === lines) return [];
    return `${sku} at ${location}: counters ${counters.join()}, ledger ${ledger.join()}, held by lines ${lines}`;
  });
  return [...books, ...(await idleUnits(knex))];
}

/** Units that are free while somebody waits for them. */
async function idleUnits(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { sku: string }[] }>(`
    select distinct b.sku from stock_backorders as b join stock_records as r using (sku)
    where b.waiting > 0 and r.in_stock > r.allocated order by 1`);
  return rows.map(({ sku }) => `${sku}: somebody waits for what is free`);
}

/**
 * Orders whose lines say otherwise than the shelves: what they hold, what they wait for. Before an order
 * has heard of goods that came in, only the sum of both agrees.
 */
export async function strayLines(knex: Knex, heard = true): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { line: string; a: string; w: string }[] }>(`
    select concat_ws('/', order_number, line_id) as line, concat_ws(' ', l.allocated, held) as a,
      concat_ws(' ', l.backordered, waits) as w
    from order_lines as l
    left join lateral (
      select coalesce(sum(allocated), 0) as held from stock_allocations as a
      where a.order_number = l.order_number and a.line_id = l.line_id) as a on true
    left join lateral (
      select coalesce(sum(waiting), 0) as waits from stock_backorders as b
      where b.order_number = l.order_number and b.line_id = l.line_id) as b on true
    where held + waits <> l.allocated + l.backordered ${heard ? 'or held <> l.allocated' : ''}`);
  return rows.map(({ line, a, w }) => `${line}: allocated ${a}, waiting ${w}`);
}
