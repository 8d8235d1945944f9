import type { Knex } from 'knex';

/** A line beside the number of its order, as an export has it; prices in minor units. */
export interface LineRow {
  readonly number: string;
  readonly line: string;
  readonly sku: string;
  readonly upc: string | null;
  readonly title: string;
  readonly partner: string | null;
  readonly kind: string;
  readonly status: string;
  readonly quantity: number;
  /** Units that are not cancelled. */
  readonly kept: number;
  readonly allocated: number;
  readonly consumed: number;
  readonly unitExclTax: number;
  readonly unitInclTax: number;
}

/** The lines of these orders, each order's in its own order; of one partner only, when it is given. */
export async function linesOf(
  knex: Knex,
  numbers: readonly string[],
  partner?: string,
): Promise<ReadonlyMap<string, readonly LineRow[]>> {
  const price = `o.state #> array['context', 'placement', 'lines', l.position::text, 'unitPrice']`;
  const query = knex('order_lines as l')
    .join('orders as o', 'o.number', 'l.order_number')
    .whereRaw('l.order_number = any(?::text[])', [numbers as string[]])
    .orderBy(['l.order_number', 'l.position'])
    .select({
      ...{ number: 'l.order_number', line: 'l.line_id', sku: 'l.sku', upc: 'l.upc' },
      ...{ title: 'l.title', partner: 'l.partner', kind: 'l.kind', status: 'l.status' },
      ...{ quantity: 'l.quantity', kept: 'l.kept', allocated: 'l.allocated' },
      ...{ consumed: 'l.consumed' },
    })
    .select(knex.raw(`(${price} ->> 'exclTax')::bigint as "unitExclTax"`))
    .select(knex.raw(`(${price} ->> 'inclTax')::bigint as "unitInclTax"`));
  if (partner !== undefined) query.where('l.partner', partner);
  const rows = (await query) as LineRow[];
  const found = new Map<string, LineRow[]>(numbers.map((number) => [number, []]));
  for (const row of rows) found.get(row.number)?.push(row);
  return found;
}
