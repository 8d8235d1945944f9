import type { Knex } from 'knex';

/** Days of a time zone, from inclusive, to exclusive, in periods. */
export interface Span {
  /** A day: 2026-11-01. */
  readonly from: string;
  readonly to: string;
  readonly by: 'day' | 'week' | 'month';
  /** A name of the time zone database, such as Europe/London. */
  readonly zone: string;
}

/** The orders of one period and currency, by the day they were placed; amounts in minor units. */
export interface Sales {
  /** The first day of the period: weeks begin on Monday. */
  readonly period: string;
  readonly currency: string;
  readonly orders: number;
  /** Orders of which nothing is left. */
  readonly cancelled: number;
  /** Units that are not cancelled. */
  readonly units: number;
  /** What was agreed, and what of it is not cancelled; with tax. */
  readonly ordered: number;
  readonly sold: number;
}

/** Money of one period and currency, by the day it moved; what the ledger has, to the unit. */
export interface Money {
  readonly period: string;
  readonly currency: string;
  readonly captured: number;
  readonly refunded: number;
}

/** How long orders were in a status that they left in the span. */
export interface TimeInStatus {
  readonly status: string;
  readonly orders: number;
  readonly medianSeconds: number;
  readonly p90Seconds: number;
}

const LIMITS = `(?::timestamp at time zone ?) and %s < (?::timestamp at time zone ?)`;

/** A condition that a time is in the span, for the head of an index. */
function within(column: string, { from, to, zone }: Span) {
  return { sql: `${column} >= ${LIMITS.replace('%s', column)}`, bindings: [from, zone, to, zone] };
}

const period = (column: string) => `to_char(date_trunc(?, ${column} at time zone ?), 'YYYY-MM-DD')`;

/** From the index of orders by date alone. */
export async function salesIn(knex: Knex, span: Span): Promise<readonly Sales[]> {
  const { sql, bindings } = within('placed_at', span);
  const { rows } = await knex.raw<{ rows: Sales[] }>(
    `select ${period('placed_at')} as period, currency, count(*) as orders,
      count(*) filter (where units = 0) as cancelled, sum(units)::bigint as units,
      sum(total_incl_tax)::bigint as ordered, sum(owed)::bigint as sold
    from orders where visible and ${sql} group by 1, 2 order by 1, 2`,
    [span.by, span.zone, ...bindings],
  );
  return rows;
}

/** From the index of the payment ledger by date alone. */
export async function moneyIn(knex: Knex, span: Span): Promise<readonly Money[]> {
  const { sql, bindings } = within('at', span);
  const { rows } = await knex.raw<{ rows: Money[] }>(
    `select ${period('at')} as period, currency,
      coalesce(sum(amount) filter (where kind = 'capture'), 0)::bigint as captured,
      coalesce(sum(amount) filter (where kind = 'refund'), 0)::bigint as refunded
    from payment_ledger where kind in ('capture', 'refund') and ${sql} group by 1, 2 order by 1, 2`,
    [span.by, span.zone, ...bindings],
  );
  return rows;
}

export async function timesIn(knex: Knex, span: Span): Promise<readonly TimeInStatus[]> {
  const { sql, bindings } = within('left_at', span);
  const seconds = `round(extract(epoch from left_at - entered_at))::bigint`;
  const { rows } = await knex.raw<{ rows: TimeInStatus[] }>(
    `select status, count(*) as orders,
      percentile_disc(0.5) within group (order by ${seconds}) as "medianSeconds",
      percentile_disc(0.9) within group (order by ${seconds}) as "p90Seconds"
    from stays where ${sql} group by status order by status`,
    bindings,
  );
  return rows;
}

export interface BestSku {
  readonly sku: string;
  readonly title: string;
  /** Units that are not cancelled. */
  readonly units: number;
  readonly lines: number;
}

/** What sold most, by units of orders placed in the span; orders still being placed count as well. */
export async function bestSkus(knex: Knex, span: Span, most = 20): Promise<readonly BestSku[]> {
  const { sql, bindings } = within('placed_at', span);
  const { rows } = await knex.raw<{ rows: BestSku[] }>(
    `select best.sku, last.title, best.units, best.lines from (
      select sku, sum(kept)::bigint as units, count(*) as lines from order_lines
      where ${sql} group by sku order by units desc, sku limit ?
    ) as best cross join lateral (
      select title from order_lines as l where l.sku = best.sku limit 1
    ) as last order by best.units desc, best.sku`,
    [...bindings, most],
  );
  return rows;
}

/** Orders that have been in a status for longest. */
export interface Waiting {
  readonly status: string;
  /** Orders in it since before the given moment, counted up to 1,000. */
  readonly late: number;
  readonly longest: readonly { readonly number: string; readonly since: string }[];
}

const MOST_COUNTED = 1_000;
const MOST_SHOWN = 10;

/** Orders in a status now, those first that have been in it for longest; late ones are in it since before `before`. */
export async function waitingIn(knex: Knex, status: string, before?: string): Promise<Waiting> {
  const inStatus = () => knex('orders').where({ status }).where('visible', true);
  const longest = await inStatus()
    .orderBy(['status_since', 'number'])
    .limit(MOST_SHOWN)
    .select<{ number: string; since: string }[]>({ number: 'number', since: 'status_since' });
  if (before === undefined) return { status, late: 0, longest };
  const late = inStatus().where('status_since', '<', before).limit(MOST_COUNTED).select('number');
  const counted = await knex.from(late.as('late')).count<{ count: number }[]>('* as count');
  return { status, late: counted[0]?.count ?? 0, longest };
}
