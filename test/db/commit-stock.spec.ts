import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commit } from '../../db/commit';
import { connect } from '../../db/connection';
import { loadOrder } from '../../db/orders';
import { getStock, setStock, stockLedger } from '../../db/stock';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, carol, offline } from './lives';
import { faultsInStock } from './shelves';

describe('stock in a commit', () => {
  let database: TestDatabase;
  /** As many connections as there are writers at once. */
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    knex = connect(database.url, { min: 0, max: 25, applicationName: 'stock test' });
  });
  afterAll(async () => {
    await knex.destroy();
    await database.drop();
  });

  const shelf = (sku: string, inStock: number) => setStock(knex, sku, { inStock }, carol);
  const of = (id: string, sku: string, quantity: number) => aLine({ id, sku, quantity });
  const anOrder = (...lines: ReturnType<typeof aLine>[]) => aLife({ ...offline, lines });

  it('is allocated when the order is placed, consumed when it ships', async () => {
    await shelf('PEN', 10);
    const life = anOrder(of('A', 'PEN', 4));
    await commit(knex, life.place());
    expect(await getStock(knex, 'PEN')).toMatchObject({ inStock: 10, allocated: 4, net: 6 });
    await commit(knex, life.decide({ type: 'set-status', status: 'Being processed' }));
    const lines = [{ id: 'A', quantity: 1 }];
    await commit(knex, life.decide({ type: 'record-shipping-event', event: 'Shipped', lines }));
    expect(await getStock(knex, 'PEN')).toMatchObject({ inStock: 9, allocated: 3 });
    await commit(
      knex,
      life.decide({ type: 'cancel', lines: [{ id: 'A', quantity: 2 }], reason: 'x' }),
    );
    expect(await getStock(knex, 'PEN')).toMatchObject({ inStock: 9, allocated: 1 });

    const { rows } = await stockLedger(knex, 'PEN');
    expect(
      rows.map((row) => [row.cause, row.inStockDelta, row.allocatedDelta, row.allocated]),
    ).toEqual([
      ['release', 0, -2, 1],
      ['consume', -1, -1, 3],
      ['allocate', 0, 4, 4],
      ['stocktake', 10, 0, 0],
    ]);
    expect(rows[0]).toMatchObject({ orderNumber: life.number, actor: 'Carol', inStock: 9 });
  });

  it('that is not there refuses the whole placing, with the most that each line could have', async () => {
    await shelf('CUP', 5);
    await shelf('TEA', 100);
    const life = anOrder(
      of('A', 'TEA', 2),
      of('B', 'CUP', 4),
      of('C', 'CUP', 3),
      of('D', 'NONE', 1),
    );
    const written = await commit(knex, life.place());
    expect(written).toEqual({
      outcome: 'refused',
      refusal: {
        code: 'insufficient-stock',
        guard: 'stock',
        detail:
          `Order ${life.number}: there is not enough net stock. ` +
          'Line C: 3 of CUP asked, at most 1 possible. Line D: 1 of NONE asked, at most 0 possible.',
        figures: {
          order: life.number,
          lines: [
            { line: 'C', sku: 'CUP', asked: 3, available: 1 },
            { line: 'D', sku: 'NONE', asked: 1, available: 0 },
          ],
        },
        errors: [
          { pointer: '/lines/2/quantity', detail: 'Line C: 3 of CUP asked, at most 1 possible.' },
          { pointer: '/lines/3/quantity', detail: 'Line D: 1 of NONE asked, at most 0 possible.' },
        ],
      },
    });
    expect(await loadOrder(knex, life.number)).toBeNull();
    expect(await getStock(knex, 'TEA')).toMatchObject({ allocated: 0 });
    expect(await knex('commands').where({ order_number: life.number })).toEqual([]);
  });

  it('counts the units of all lines of a sku, and leaves a tracked line without a record nothing', async () => {
    await shelf('LID', 3);
    expect(await commit(knex, anOrder(of('A', 'LID', 2), of('B', 'LID', 2)).place())).toMatchObject(
      {
        refusal: { figures: { lines: [{ line: 'B', available: 1 }] } },
      },
    );
    const untracked = aLine({ sku: 'GHOST', trackStock: false });
    expect(await commit(knex, anOrder(untracked).place())).toMatchObject({ outcome: 'committed' });
  });

  it('that a stocktake did not find cannot be consumed, and nothing else of the commit is written', async () => {
    await shelf('BOWL', 4);
    const life = anOrder(of('A', 'BOWL', 4));
    await commit(knex, life.place());
    await commit(knex, life.decide({ type: 'set-status', status: 'Being processed' }));
    await shelf('BOWL', 1);
    const lines = [{ id: 'A', quantity: 3 }];
    const shipping = life.decide({ type: 'record-shipping-event', event: 'Shipped', lines });
    expect(await commit(knex, shipping)).toMatchObject({
      outcome: 'refused',
      refusal: {
        code: 'invalid-stock-adjustment',
        figures: { lines: [{ line: 'A', sku: 'BOWL', asked: 3, available: 1 }] },
        errors: [{ pointer: '/lines/0/quantity' }],
      },
    });
    expect(await loadOrder(knex, life.number)).toMatchObject({ seq: 2 });
    expect(await knex('shipping_events').where({ order_number: life.number })).toEqual([]);
  });

  it('is never promised twice, however many ask at once', async () => {
    await shelf('LAST', 30);
    const lives = Array.from({ length: 60 }, () => anOrder(of('A', 'LAST', 1)));
    const outcomes = await Promise.all(lives.map((life) => commit(knex, life.place())));
    expect(outcomes.filter(({ outcome }) => outcome === 'committed')).toHaveLength(30);
    expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(30);
    expect(await getStock(knex, 'LAST')).toMatchObject({ inStock: 30, allocated: 30, net: 0 });
  });

  it('is decided on what is there when its turn comes, not on what was there when it asked', async () => {
    await shelf('SLOW', 0);
    const life = anOrder(of('A', 'SLOW', 2));
    const restocking = await knex.transaction();
    await setStock(restocking, 'SLOW', { inStock: 2 }, carol);
    const placing = commit(knex, life.place());
    await new Promise((resolve) => setTimeout(resolve, 200));
    await restocking.commit();
    expect(await placing).toMatchObject({ outcome: 'committed' });
    expect(await getStock(knex, 'SLOW')).toMatchObject({ inStock: 2, allocated: 2 });
  });

  it('of the same records in opposite orders makes no deadlock', async () => {
    for (const sku of ['X1', 'X2', 'X3']) await shelf(sku, 1000);
    const there = () => anOrder(of('A', 'X1', 1), of('B', 'X2', 1), of('C', 'X3', 1));
    const back = () => anOrder(of('A', 'X3', 1), of('B', 'X2', 1), of('C', 'X1', 1));
    const before = await deadlocks();
    const lives = Array.from({ length: 100 }, (_, n) => (n % 2 ? there() : back()));
    const outcomes = await Promise.all(lives.map((life) => commit(knex, life.place())));
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['committed']));
    expect(await deadlocks()).toBe(before);
    expect(await getStock(knex, 'X2')).toMatchObject({ allocated: 100 });
  });

  async function deadlocks(): Promise<number> {
    const { rows } = await knex.raw<{ rows: [{ deadlocks: number }] }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    return rows[0].deadlocks;
  }

  it('adds up after any traffic: counters, ledger, and what the lines hold', async () => {
    const skus = ['T1', 'T2', 'T3'];
    for (const sku of skus) await shelf(sku, 20);
    const line = fc.record({
      sku: fc.constantFrom(...skus),
      quantity: fc.integer({ min: 1, max: 5 }),
    });
    const act = fc.constantFrom('ship', 'cancel', 'twice', 'stocktake');
    const order = fc.record({
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
      acts: fc.array(act, { maxLength: 3 }),
    });

    async function live({
      lines,
      acts,
    }: {
      lines: { sku: string; quantity: number }[];
      acts: string[];
    }) {
      const life = anOrder(...lines.map(({ sku, quantity }, n) => of(`L${n}`, sku, quantity)));
      const placing = life.place();
      if ((await commit(knex, placing)).outcome !== 'committed') return;
      await commit(knex, life.decide({ type: 'set-status', status: 'Being processed' }));
      for (const each of acts) {
        const units = life.state.context.lines.find(({ allocated }) => allocated > 0);
        if (!units) return;
        const some = [{ id: units.id, quantity: 1 }];
        if (each === 'stocktake') await shelf(skus[life.number.length % 3] as string, 25);
        if (each === 'twice') await commit(knex, placing);
        if (each === 'stocktake' || each === 'twice') continue;
        const written = await commit(
          knex,
          each === 'ship'
            ? life.decide({ type: 'record-shipping-event', event: 'Shipped', lines: some })
            : life.decide({ type: 'cancel', lines: some, reason: 'Changed their mind.' }),
        );
        if (written.outcome !== 'committed') return;
      }
    }

    await fc.assert(
      fc.asyncProperty(fc.array(order, { minLength: 5, maxLength: 20 }), async (orders) => {
        await Promise.all(orders.map(live));
        expect(await faultsInStock(knex)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});
