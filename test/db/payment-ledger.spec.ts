import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, offline, type Life } from './lives';

const untracked = { lines: [aLine({ trackStock: false })] };

describe('the payment ledger', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  const rowsOf = async ({ number }: Life) => {
    const rows = await knex('payment_ledger').where({ order_number: number }).orderBy('id');
    return rows.map(({ kind, amount }) => `${kind} ${amount}`);
  };

  /** The sums of the ledger, and what the order says of itself. */
  async function figuresOf({ number }: Life) {
    const { rows } = await knex.raw<{ rows: [Record<string, number>] }>(
      `select
         coalesce(sum(amount) filter (where kind = 'authorise'), 0)::bigint as authorised,
         coalesce(sum(amount) filter (where kind = 'capture'), 0)::bigint as captured,
         coalesce(sum(amount) filter (where kind = 'refund'), 0)::bigint as refunded
       from payment_ledger where order_number = ?`,
      [number],
    );
    const order = await knex('orders')
      .where({ number })
      .first('authorised', 'captured', 'refunded');
    return { ledger: rows[0], order };
  }

  async function expectBooksToAgree(life: Life): Promise<void> {
    const { ledger, order } = await figuresOf(life);
    expect(ledger).toEqual(order);
  }

  it('has a row for each movement at a gateway, under its key', async () => {
    const life = aLife(untracked);
    await commit(knex, life.place());
    await commit(knex, life.answer());
    await commit(knex, life.andAnswer({ type: 'take-payment', amount: 1500 }));
    await commit(knex, life.andAnswer({ type: 'refund', amount: 400, reason: 'Chipped.' }));
    expect(await rowsOf(life)).toEqual(['authorise 4100', 'capture 1500', 'refund 400']);
    const refund = await knex('payment_ledger').where({
      order_number: life.number,
      kind: 'refund',
    });
    expect(refund).toMatchObject([
      { event: 'Refunded', payment: 'p1', gateway: 'sandbox', currency: 'GBP', reason: 'Chipped.' },
    ]);
    await expectBooksToAgree(life);
  });

  it('has the authorisation that an order brought along', async () => {
    const payments = [{ gateway: 'sandbox', reference: 'auth_elsewhere', authorised: 4100 }];
    const life = aLife({ ...untracked, payments });
    await commit(knex, life.place());
    await commit(knex, life.andAnswer({ type: 'take-payment' }));
    expect(await rowsOf(life)).toEqual(['authorise 4100', 'capture 4100']);
    await expectBooksToAgree(life);
  });

  it('takes money from outside together with its authorisation', async () => {
    const life = aLife({ ...untracked, ...offline });
    await commit(knex, life.place());
    const settled = (amount: number) =>
      life.decide({ type: 'record-payment-event', event: 'Settled', amount });
    await commit(knex, settled(1000));
    await commit(knex, settled(3100));
    await commit(
      knex,
      life.decide({ type: 'record-payment-event', event: 'Refunded', amount: 100 }),
    );
    expect((await rowsOf(life)).sort()).toEqual(
      ['authorise 1000', 'authorise 3100', 'capture 1000', 'capture 3100', 'refund 100'].sort(),
    );
    await expectBooksToAgree(life);
  });

  it('brings along only what was not authorised before', async () => {
    const life = aLife({ ...untracked, ...offline });
    await commit(knex, life.place());
    const record = (event: string, amount: number, reference?: string) =>
      life.decide({ type: 'record-payment-event', event, amount, reference });
    await commit(knex, record('Authorised', 1000, 'bank-1'));
    await commit(knex, record('Settled', 1500, 'bank-1'));
    expect((await rowsOf(life)).sort()).toEqual([
      'authorise 1000',
      'authorise 500',
      'capture 1500',
    ]);
    await expectBooksToAgree(life);
  });

  it('refuses what would capture more than was authorised, or refund more than was captured', async () => {
    const life = aLife(untracked);
    await commit(knex, life.place());
    await commit(knex, life.answer());
    const row = {
      ...{ order_number: life.number, event_seq: 9, event: 'Settled', payment: 'p1' },
      ...{ gateway: 'sandbox', currency: 'GBP', at: new Date() },
    };
    const insert = (...rows: object[]) => knex('payment_ledger').insert(rows);
    const bounds = { constraint: 'payment_ledger_in_bounds' };
    const capture = { ...row, kind: 'capture', amount: 4101 };
    await expect(insert(capture)).rejects.toMatchObject(bounds);
    await expect(insert({ ...row, kind: 'refund', amount: 1 })).rejects.toMatchObject(bounds);
    await expect(insert({ ...row, kind: 'capture', amount: 0 })).rejects.toMatchObject({
      code: '23514',
    });
    await insert(capture, { ...row, kind: 'authorise', amount: 1 });
    expect(await rowsOf(life)).toEqual(['authorise 4100', 'capture 4101', 'authorise 1']);
  });
});
