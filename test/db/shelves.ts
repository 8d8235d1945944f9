import type { Knex } from 'knex';

interface Books {
  readonly sku: string;
  readonly counters: readonly [number, number];
  readonly ledger: readonly [number, number];
  readonly lines: number;
}

/** Each stock record three times over: its counters, the sums of its ledger, and what orders' lines hold of it. */
export async function stockBooks(knex: Knex): Promise<readonly Books[]> {
  const { rows } = await knex.raw<{ rows: Books[] }>(`
    select sku, array[in_stock, allocated] as counters,
      (select array[coalesce(sum(in_stock_delta), 0), coalesce(sum(allocated_delta), 0)]::bigint[]
       from stock_ledger as l where l.sku = r.sku) as ledger,
      (select coalesce(sum(allocated), 0)::bigint from order_lines as o where o.sku = r.sku) as lines
    from stock_records as r order by sku`);
  return rows.map(({ sku, counters, ledger, lines }) => ({
    sku,
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
  return (await stockBooks(knex)).flatMap(({ sku, counters, ledger, lines }) => {
    const [, allocated] = counters;
    if (counters.join() === ledger.join() && allocated === lines) return [];
    return `${sku}: counters ${counters.join()}, ledger ${ledger.join()}, held by lines ${lines}`;
  });
}
