import type { Knex } from 'knex';
import type { PaymentStatus } from '../machines/payment/balance';
import { BadCursor, limitOf, paged, positionIn, type Page, type Paged } from './cursor';

/** Which orders; every part given must hold. */
export interface OrderFilter {
  readonly status?: readonly string[];
  readonly payment?: readonly string[];
  /** Shipping summaries as they are written; `in progress` means any with partial counts. */
  readonly shipping?: readonly string[];
  readonly hold?: boolean;
  readonly needsAttention?: boolean;
  readonly sku?: string;
  readonly upc?: string;
  readonly partner?: string;
  /** A part of the customer's e-mail or name, whatever its case. */
  readonly customer?: string;
  /** How the number begins. */
  readonly number?: string;
  /** ISO 8601, inclusive. */
  readonly placedFrom?: string;
  /** ISO 8601, exclusive. */
  readonly placedTo?: string;
}

export type OrderSort = 'newest' | 'oldest';

/** An order as a list shows it; amounts in minor units. */
export interface OrderRow {
  readonly number: string;
  readonly version: number;
  readonly status: string;
  readonly paymentStatus: PaymentStatus;
  readonly shippingSummary: string;
  readonly onHold: boolean;
  readonly needsAttention: boolean;
  readonly currency: string;
  readonly total: { readonly exclTax: number; readonly inclTax: number };
  readonly authorised: number;
  readonly captured: number;
  readonly refunded: number;
  readonly balance: number;
  readonly customer: { readonly name: string | null; readonly email: string | null };
  readonly units: number;
  readonly placedAt: string;
  readonly updatedAt: string;
  readonly source: string | null;
}

const columns = {
  number: 'o.number',
  version: 'o.version',
  status: 'o.status',
  paymentStatus: 'o.payment_status',
  shippingSummary: 'o.shipping_summary',
  onHold: 'o.on_hold',
  needsAttention: 'o.needs_attention',
  currency: 'o.currency',
  exclTax: 'o.total_excl_tax',
  inclTax: 'o.total_incl_tax',
  authorised: 'o.authorised',
  captured: 'o.captured',
  refunded: 'o.refunded',
  balance: 'o.balance',
  name: 'o.customer_name',
  email: 'o.customer_email',
  placedAt: 'o.placed_at',
  updatedAt: 'o.updated_at',
  source: 'o.source',
};

type Row = Omit<OrderRow, 'total' | 'customer'> & {
  readonly exclTax: number;
  readonly inclTax: number;
  readonly name: string | null;
  readonly email: string | null;
};

/** One page of the orders that everybody may see; a page stays what it is while orders arrive. */
export async function listOrders(
  knex: Knex,
  filter: OrderFilter,
  page: Page & { readonly sort?: OrderSort } = {},
): Promise<Paged<OrderRow>> {
  const limit = limitOf(page);
  const isOldest = page.sort === 'oldest';
  const query = matching(knex, filter)
    .select<Row[]>(columns)
    .select(
      knex.raw(
        '(select sum(quantity)::bigint from order_lines where order_number = o.number) as units',
      ),
    )
    .orderBy('o.placed_at', isOldest ? 'asc' : 'desc')
    .orderBy('o.number', isOldest ? 'desc' : 'asc')
    .limit(limit + 1);
  if (page.after !== undefined) {
    const [placedAt, number] = positionIn(page.after, 2) as [string, string];
    if (Number.isNaN(Date.parse(placedAt))) throw new BadCursor(page.after);
    query.whereRaw(
      isOldest
        ? 'o.placed_at >= ? and (o.placed_at > ? or o.number < ?)'
        : 'o.placed_at <= ? and (o.placed_at < ? or o.number > ?)',
      [placedAt, placedAt, number],
    );
  }
  const rows = (await query) as Row[];
  return paged(rows.map(shown), limit, ({ placedAt, number }) => [placedAt, number]);
}

function shown({ exclTax, inclTax, name, email, ...row }: Row): OrderRow {
  return { ...row, total: { exclTax, inclTax }, customer: { name, email } };
}

function matching(knex: Knex, filter: OrderFilter): Knex.QueryBuilder {
  const query = knex('orders as o').where('o.visible', true);
  if (filter.status) query.whereIn('o.status', filter.status);
  if (filter.payment) query.whereIn('o.payment_status', filter.payment);
  if (filter.shipping) byShipping(query, filter.shipping);
  if (filter.hold !== undefined) query.where('o.on_hold', filter.hold);
  if (filter.needsAttention !== undefined) query.where('o.needs_attention', filter.needsAttention);
  if (filter.number !== undefined) query.where('o.number', 'like', `${literal(filter.number)}%`);
  if (filter.placedFrom !== undefined) query.where('o.placed_at', '>=', filter.placedFrom);
  if (filter.placedTo !== undefined) query.where('o.placed_at', '<', filter.placedTo);
  if (filter.customer !== undefined) byCustomer(query, filter.customer);
  byLines(knex, query, filter);
  return query;
}

function byShipping(query: Knex.QueryBuilder, wanted: readonly string[]): void {
  query.where((either) => {
    either.whereIn('o.shipping_summary', wanted);
    if (wanted.includes('in progress')) either.orWhere('o.shipping_summary', 'like', '% of %');
  });
}

function byCustomer(query: Knex.QueryBuilder, part: string): void {
  const pattern = `%${literal(part.toLowerCase())}%`;
  query.whereRaw('(lower(o.customer_email) like ? or lower(o.customer_name) like ?)', [
    pattern,
    pattern,
  ]);
}

/** One and the same line has to have all that is asked of lines. */
function byLines(knex: Knex, query: Knex.QueryBuilder, filter: OrderFilter): void {
  const { sku, upc, partner } = filter;
  const wanted = Object.entries({ sku, upc, partner }).filter(([, value]) => value !== undefined);
  if (wanted.length === 0) return;
  const lines = knex('order_lines as l').whereRaw('l.order_number = o.number');
  for (const [column, value] of wanted) lines.where(`l.${column}`, value as string);
  query.whereExists(lines.select(knex.raw('1')));
}

/** Text that stands for itself in a `like` pattern. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
