import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { BadCursor } from '../../db/cursor';
import type { OrderFilter } from '../../db/finding/filter';
import { listOrders } from '../../db/finding/list';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, offline } from './lives';

const untracked = { lines: [aLine({ trackStock: false })] };

describe('the list of orders', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  async function place(changes: Parameters<typeof aLife>[0]): Promise<void> {
    await commit(knex, aLife({ ...untracked, ...offline, ...changes }).place());
  }
  const numbers = async (filter: OrderFilter) =>
    (await listOrders(knex, filter)).rows.map(({ number }) => number).sort();

  it('finds orders on every axis', async () => {
    const lines = [aLine({ sku: 'A', upc: '111', partner: 'acme', trackStock: false })];
    const customer = { name: 'Björk 100%', email: 'Bjork@Example.com' };
    await place({ number: 'F-1', lines, customer, placedAt: '2026-01-01T00:00:00.000Z' });
    await place({ number: 'F-2', placedAt: '2026-02-01T00:00:00.000Z' });
    await place({ number: 'F_3', placedAt: '2026-03-01T00:00:00.000Z' });
    const held = aLife({ ...untracked, ...offline, number: 'G-1' });
    await commit(knex, held.place());
    await commit(knex, held.decide({ type: 'set-status', status: 'Being processed' }));
    const line = [{ id: 'A', quantity: 1 }];
    await commit(
      knex,
      held.decide({ type: 'record-shipping-event', event: 'Shipped', lines: line }),
    );
    await commit(knex, held.decide({ type: 'hold', reason: 'Fraud?' }));
    const placing = aLife({ ...untracked, number: 'G-2' });
    await commit(knex, placing.place());

    expect(await numbers({})).toEqual(['F-1', 'F-2', 'F_3', 'G-1']);
    expect(await numbers({ status: ['Being processed', 'Complete'] })).toEqual(['G-1']);
    expect(await numbers({ payment: ['paid'] })).toEqual([]);
    expect(await numbers({ payment: ['unpaid'], hold: false })).toEqual(['F-1', 'F-2', 'F_3']);
    expect(await numbers({ hold: true })).toEqual(['G-1']);
    expect(await numbers({ shipping: ['in progress'] })).toEqual(['G-1']);
    expect(await numbers({ shipping: ['none'], number: 'F-' })).toEqual(['F-1', 'F-2']);
    expect(await numbers({ number: 'F_' })).toEqual(['F_3']);
    expect(await numbers({ sku: ['A'], upc: ['111'], partner: ['acme'] })).toEqual(['F-1']);
    expect(await numbers({ sku: ['MUG-1'], partner: ['acme'] })).toEqual([]);
    expect(await numbers({ customer: 'BJORK@' })).toEqual(['F-1']);
    expect(await numbers({ customer: 'björk 100%' })).toEqual(['F-1']);
    expect(await numbers({ customer: '0%k' })).toEqual([]);
    expect(await numbers({ needsAttention: true })).toEqual([]);
    const [placedFrom, placedTo] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
    expect(await numbers({ placedFrom, placedTo })).toEqual(['F-1']);
    const [row] = (await listOrders(knex, { number: 'F-1' })).rows;
    expect(row).toMatchObject({
      ...{ status: 'Pending', paymentStatus: 'unpaid', shippingSummary: 'none', units: 3 },
      ...{ currency: 'GBP', total: { exclTax: 3400, inclTax: 4100 }, balance: 4100, customer },
    });
  });

  it.each([['newest' as const], ['oldest' as const]])(
    'pages without a gap or a repetition while orders arrive, %s first',
    async (sort) => {
      const of = (n: number) => `${sort}-${String(n).padStart(2, '0')}`;
      const at = (n: number) => new Date(Date.UTC(2025, 0, 1 + Math.floor(n / 3))).toISOString();
      // Three orders share each moment, so that a page can end between them.
      for (let n = 0; n < 20; n += 1) await place({ number: of(n), placedAt: at(n) });
      const filter = { number: `${sort}-` };
      const all = (await listOrders(knex, filter, { sort })).rows.map(({ number }) => number);

      const read: string[] = [];
      let after: string | undefined;
      do {
        const page = await listOrders(knex, filter, { sort, limit: 3, after });
        read.push(...page.rows.map(({ number }) => number));
        after = page.next;
        // Before everything that is still to be read.
        const placedAt = sort === 'newest' ? '2030-01-01T00:00:00Z' : '2020-01-01T00:00:00Z';
        await place({ number: `${sort}-late-${read.length}`, placedAt });
      } while (after !== undefined);
      expect(read).toEqual(all);
      expect(new Set(read).size).toBe(20);
    },
  );

  it('gives at most a hundred, and knows its own cursors', async () => {
    const { rows, next } = await listOrders(knex, {}, { limit: 100_000 });
    expect(rows.length).toBeLessThanOrEqual(100);
    expect(next).toBeUndefined();
    for (const after of ['', 'x', Buffer.from('["now","1"]').toString('base64url')]) {
      await expect(listOrders(knex, {}, { after })).rejects.toThrow(BadCursor);
    }
  });
});
