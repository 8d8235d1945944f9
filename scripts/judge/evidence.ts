import type { Knex } from 'knex';
import type { OrderView } from '../../machines/views/order';
import { call } from '../demo/system';
import type { LedgerEntry } from '../gateway/views';
import type { Everything } from '../torture/running';

/** Two things that should say the same and do not. */
export interface Difference {
  /** The number of an order, or the SKU of a shelf. */
  readonly of: string;
  readonly what: string;
}

/** A movement in our own ledger of money. */
export interface LedgerRow {
  readonly order: string;
  readonly kind: 'authorise' | 'capture' | 'refund' | 'void';
  readonly amount: number;
  readonly currency: string;
  readonly key: string | null;
}

/** What we remember of a request to the gateway. */
export interface CallRow {
  readonly order: string;
  readonly key: string;
  readonly kind: LedgerRow['kind'];
  readonly status: string;
  readonly moved: number | null;
}

export interface CommandRow {
  readonly order: string;
  readonly id: string;
  readonly outcome: string;
}

/** An event of a history: its place and its id. */
export interface EventRow {
  readonly order: string;
  readonly seq: number;
  readonly id: string;
}

/** A shelf by its counters, by the sums of its ledger, and by what orders hold of it. */
export interface ShelfRow {
  readonly sku: string;
  readonly inStock: number;
  readonly allocated: number;
  readonly ledgerInStock: number;
  readonly ledgerAllocated: number;
  readonly held: number;
}

/** Everything that is known in the end, on both sides. */
export interface Evidence {
  /** As the API shows them, by number. */
  readonly orders: ReadonlyMap<string, OrderView>;
  /** The gateway's own ledger. */
  readonly gateway: readonly LedgerEntry[];
  readonly ledger: readonly LedgerRow[];
  readonly calls: readonly CallRow[];
  readonly commands: readonly CommandRow[];
  readonly events: readonly EventRow[];
  readonly shelves: readonly ShelfRow[];
}

const SHELVES = `
  select r.sku, r.in_stock as "inStock", r.allocated,
    coalesce(l.in_stock, 0) as "ledgerInStock", coalesce(l.allocated, 0) as "ledgerAllocated",
    coalesce(h.held, 0) as held
  from (select sku, sum(in_stock)::bigint as in_stock, sum(allocated)::bigint as allocated
    from stock_records group by sku) r
  left join (select sku, sum(in_stock_delta)::bigint as in_stock, sum(allocated_delta)::bigint as allocated
    from stock_ledger group by sku) l using (sku)
  left join (select sku, sum(allocated)::bigint as held from order_lines group by sku) h using (sku)
  order by sku`;

async function ordersOf(
  { system }: Everything,
  numbers: readonly string[],
): Promise<Map<string, OrderView>> {
  const found = new Map<string, OrderView>();
  for (const number of numbers) {
    const { status, body } = await call(system, 'GET', `/v1/orders/${number}`);
    if (status === 200) found.set(number, body as unknown as OrderView);
    else if (status !== 404) throw new Error(`Order ${number} is answered ${status}.`);
  }
  return found;
}

/** Looks at the gateway, the API and the database; `numbers` are all orders that may be there. */
export async function gather(
  everything: Everything,
  knex: Knex,
  numbers: readonly string[],
): Promise<Evidence> {
  const ledger = await fetch(`${everything.gatewayUrl()}/ledger`);
  const { rows: shelves } = await knex.raw<{ rows: ShelfRow[] }>(SHELVES);
  return {
    orders: await ordersOf(everything, numbers),
    gateway: (await ledger.json()) as LedgerEntry[],
    // What the order owes is written there as well, on no payment.
    ledger: await knex('payment_ledger')
      .whereNotNull('payment')
      .orderBy('id')
      .select<LedgerRow[]>({ order: 'order_number' }, 'kind', 'amount', 'currency', 'key'),
    calls: await knex('gateway_calls').select<CallRow[]>(
      { order: 'order_number' },
      'key',
      'kind',
      'status',
      'moved',
    ),
    commands: await knex('commands').select<CommandRow[]>(
      { order: 'order_number' },
      'id',
      'outcome',
    ),
    events: await knex('events')
      .orderBy(['order_number', 'seq'])
      .select<EventRow[]>({ order: 'order_number', seq: 'seq', id: 'event_id' }),
    shelves,
  };
}
