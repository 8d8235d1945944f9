import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventsUpTo, listEvents } from '../../db/events';
import { conditionsOf } from '../../db/finding/conditions';
import { usualSort, type OrderFilter, type OrderSort } from '../../db/finding/filter';
import { presentFacets } from '../../db/finding/facets';
import { eachPage, listOrders, statementFor } from '../../db/finding/list';
import { linesOf } from '../../db/finding/line-rows';
import { searchRow } from '../../db/finding/search-row';
import * as statistics from '../../db/finding/statistics';
import { findOrder } from '../../db/orders';
import { listTasks } from '../../db/tasks/list';
import { summaryOf } from '../../machines/history';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { upToDate } from '../../machines/state';
import { viewOrder } from '../../machines/views/order';
import { fillOrders } from '../../scripts/million/fill';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { faultsOf, planOf, plansOf, type PlanNode } from './plans';

/** Enough that PostgreSQL has reason to sort or to read a table whole, where a statement lets it. */
const ORDERS = 30_000;
/** What a page reads whole at most, in the proportion it has to a million orders. */
const GATHER_MOST = 90;
const UNTIL = '2026-11-23T18:00:00.000Z';

interface Row {
  readonly number: string;
  readonly state: OrderState;
  readonly version: number;
  readonly seq: number;
  readonly words: string[];
  readonly [column: string]: unknown;
}

describe('a database of many orders, made by scripts/million', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
    await fillOrders(knex, { orders: ORDERS, until: UNTIL });
  }, 600_000);
  afterAll(() => database.drop());

  it('has orders as the machine would have written them', async () => {
    const { rows } = await knex.raw<{ rows: Row[] }>(
      `select o.*, tsvector_to_array(s.words) as words, s.customer,
        (select array_agg(kept::integer order by position) from order_lines where order_number = o.number) as kept,
        array(select reference from payment_ledger as l where l.order_number = o.number and reference is not null
          union select tracking_number from shipping_events as e where e.order_number = o.number) as identifiers
       from orders as o join order_search as s using (number)
       where o.number::integer % 41 = 0 or o.on_hold or o.needs_attention limit 400`,
    );
    expect(rows.length).toBeGreaterThan(150);
    for (const { number, state: stored, seq, version, words, ...row } of rows) {
      const state = upToDate(stored);
      const { balance, kept, ...summary } = summaryOf(shop, state);
      expect({ number, ...row }).toMatchObject({
        number,
        status: summary.status,
        payment_status: summary.paymentStatus,
        shipping_summary: summary.shippingSummary,
        on_hold: summary.onHold,
        needs_attention: summary.needsAttention,
        ...{ authorised: balance.authorised, captured: balance.captured, owed: balance.owed },
        ...{ refunded: balance.refunded, balance: balance.balance, pending: 0, kept },
        units: kept.reduce((sum, each) => sum + each, 0),
      });
      const { placement } = state.context;
      const found = searchRow(placement as object as never, row.identifiers as string[]);
      expect({ customer: row.customer, words: [...words].sort() }).toEqual({
        customer: found.customer,
        words: [...found.words].sort(),
      });
      expect(viewOrder(shop, { number, version, seq, state })).toMatchObject({ number, seq });
    }
  });

  it('has ledgers that add up to its orders, and histories as long as they say', async () => {
    const { rows } = await knex.raw<{ rows: object[] }>(
      `select o.number from orders as o
       cross join lateral order_figures(o.number) as l
       left join (select order_number, max(seq) as seq, count(*) as count from events group by 1) as e
         on e.order_number = o.number
       where (l.owed, l.authorised, l.captured, l.refunded, l.voided, l.balance)
           is distinct from (o.owed, o.authorised, o.captured, o.refunded, o.voided, o.balance)
         or e.seq is distinct from o.seq or e.count is distinct from o.seq
       limit 5`,
    );
    expect(rows).toEqual([]);
  });

  async function explained(
    { sort, ...filter }: OrderFilter & { readonly sort?: OrderSort },
    gatherMost = GATHER_MOST,
  ): Promise<PlanNode | undefined> {
    const conditions = conditionsOf(filter);
    const wanted = { filter, conditions, sort: sort ?? usualSort(filter), limit: 51, gatherMost };
    const statement = await statementFor(knex, wanted);
    return statement && planOf(knex, statement);
  }

  const pages: (OrderFilter & { readonly sort?: OrderSort })[] = [
    {},
    { sort: 'oldest' },
    { sort: 'updated' },
    { sort: 'largest' },
    { status: ['Pending'] },
    { status: ['Pending', 'Being processed'], sort: 'oldest' },
    { payment: ['authorised'] },
    { payment: ['paid'], shipping: ['none'] },
    { shipping: ['in progress'] },
    { hold: true },
    { hold: false, sort: 'largest' },
    { needsAttention: true },
    { openReturns: true },
    { sku: ['TEA-0001'] },
    { sku: ['MUG-4992', 'TEA-4999'] },
    { upc: ['5000000000003'] },
    { partner: ['acme'] },
    { partner: ['rare-goods'], status: ['Pending'], sort: 'oldest' },
    { title: 'blue mug' },
    { customer: 'hopper' },
    { customer: 'ob' },
    { customer: 'müller-abc' },
    { number: '20003' },
    { number: '2' },
    { placedFrom: '2026-11-01', placedTo: '2026-11-02' },
    { placedFrom: '2025-01-01', sort: 'oldest' },
    { updatedFrom: '2026-11-20' },
    { totalFrom: 20_000, sort: 'largest' },
    { voucher: ['SAVE3'] },
    { method: ['card'], gateway: ['sandbox'] },
    { method: ['gift-card'] },
    { currency: ['KWD'], source: ['phone'] },
    { currency: ['GBP'], status: ['Complete'], sort: 'updated' },
    { q: "o'brien" },
    { q: 'ann smith' },
    { q: '2000123' },
    { q: 'ZX700000123GB' },
    { q: 'auth-77' },
    { q: 'tea grace', status: ['Pending'] },
    { q: 'example.com', payment: ['paid'] },
    { onlyPartner: 'acme' },
    { onlyPartner: 'acme', q: 'tea' },
  ];
  it.each(pages)('finds %j from an index, whether the set is gathered or walked', async (page) => {
    const faults: string[] = [];
    for (const most of [GATHER_MOST, 0, 3_000]) {
      const plan = await explained(page, most);
      if (plan) faults.push(...faultsOf(plan, Math.max(most, 100)));
    }
    expect(faults).toEqual([]);
  });

  const month = { from: '2026-11-01', to: '2026-12-01', by: 'day', zone: 'Europe/London' } as const;
  const number = '2000123';
  const readings: [string, () => Promise<unknown>][] = [
    ['the page of an order', () => findOrder(knex, number)],
    ['its timeline', () => listEvents(knex, number)],
    ['its past', () => eventsUpTo(knex, number, 2)],
    ['the words of facets', () => presentFacets(knex)],
    ['the search for a number', () => listOrders(knex, { q: number })],
    ['a page of an export', () => eachPage(knex, {}, { size: 500 }).next()],
    ['the lines of an export', () => linesOf(knex, [number, '2000124'])],
    ['the list of tasks', () => listTasks(knex, {}, {})],
    ['sales of a month', () => statistics.salesIn(knex, month)],
    ['money of a month', () => statistics.moneyIn(knex, month)],
    ['times in status of a month', () => statistics.timesIn(knex, month)],
    ['best SKUs of a month', () => statistics.bestSkus(knex, month)],
    ['who waits longest', () => statistics.waitingIn(knex, 'Pending', '2026-11-20T00:00:00Z')],
  ];
  it.each(readings)('reads %s from an index', async (_, read) => {
    const plans = await plansOf(knex, database.url, read);
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.flatMap((plan) => faultsOf(plan, ORDERS / 8))).toEqual([]);
  });
});
