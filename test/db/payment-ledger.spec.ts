import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import fc from 'fast-check';
import { up } from '../../db/migrations/0033_ledger';
import type { Placement } from '../../machines/events';
import { ledgerOf } from '../../db/ledger/entries';
import { balanceOf } from '../../machines/payment/balance';
import defaultShop from '../../machines/shop';
import { anyLife, anyPlacement, eventFor, type Life as Happenings } from '../machines/arbitraries';
import { aLife, offline, type Life } from './lives';

const untracked = { lines: [aLine({ trackStock: false })] };
const twoCards = [
  { gateway: 'sandbox', reference: 'auth-1', authorised: 1000 },
  { gateway: 'sandbox', reference: 'auth-2', authorised: 3100 },
];
const cancelled = (quantity: number) =>
  ({ type: 'cancel', lines: [{ id: 'A', quantity }], reason: 'Asked.' }) as const;

describe('the payment ledger', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  const rowsOf = async ({ number }: Life) => {
    const { entries } = await ledgerOf(knex, number);
    return entries.map(({ kind, amount }) => `${kind} ${amount}`);
  };

  /** What the ledger says of the order, the accounts in balance, and what the machine says. */
  async function expectBooksToAgree({ number, state }: Life): Promise<void> {
    const { figures, accounts } = await ledgerOf(knex, number);
    const { pending: _, ...says } = balanceOf(defaultShop, state.context);
    const held = says.authorised - says.captured - says.voided;
    expect(figures).toEqual({ ...says, held });
    expect(accounts.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
  }

  it('has a row for each movement at a gateway, under its key', async () => {
    const life = aLife(untracked);
    await commit(knex, life.place());
    await commit(knex, life.answer());
    await commit(knex, life.andAnswer({ type: 'take-payment', amount: 1500 }));
    await commit(knex, life.andAnswer({ type: 'refund', amount: 400, reason: 'Chipped.' }));
    expect(await rowsOf(life)).toEqual([
      ...['bill 4100', 'authorise 4100', 'capture 1500', 'refund 400', 'allow 400'],
    ]);
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
    expect(await rowsOf(life)).toEqual(['bill 4100', 'authorise 4100', 'capture 4100']);
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
    expect(await rowsOf(life)).toEqual([
      ...['bill 4100', 'authorise 1000', 'capture 1000', 'authorise 3100', 'capture 3100'],
      ...['refund 100', 'allow 100'],
    ]);
    await expectBooksToAgree(life);
  });

  it('brings along only what was not authorised before', async () => {
    const life = aLife({ ...untracked, ...offline });
    await commit(knex, life.place());
    const record = (event: string, amount: number, reference?: string) =>
      life.decide({ type: 'record-payment-event', event, amount, reference });
    await commit(knex, record('Authorised', 1000, 'bank-1'));
    await commit(knex, record('Settled', 1500, 'bank-1'));
    expect(await rowsOf(life)).toEqual([
      ...['bill 4100', 'authorise 1000', 'authorise 500', 'capture 1500'],
    ]);
    await expectBooksToAgree(life);
  });

  describe('refuses', () => {
    const life = aLife({ ...untracked, payments: twoCards });
    const row = {
      ...{ order_number: life.number, event_seq: 9, event: 'Settled', payment: 'p1' },
      ...{ gateway: 'sandbox', currency: 'GBP', at: new Date() },
    };
    const insert = (...rows: object[]) => knex('payment_ledger').insert(rows);
    const set = (values: object) => knex('orders').where({ number: life.number }).update(values);
    beforeAll(async () => {
      await commit(knex, life.place());
      await commit(knex, life.andAnswer({ type: 'take-payment', amount: 500, payment: 'p1' }));
    });

    it.each([
      ['more captured than one payment has, though the other has it', 'capture', 'p1', 501],
      ['more captured and voided than authorised', 'void', 'p1', 501],
      ['more refunded than was captured', 'refund', 'p1', 501],
      ['a refund of a payment that captured nothing', 'refund', 'p2', 1],
    ])('%s', async (_, kind, payment, amount) => {
      await expect(insert({ ...row, kind, payment, amount })).rejects.toMatchObject({
        constraint: 'payment_ledger_in_bounds',
      });
    });

    it('a row that the order does not know of, and figures that the ledger does not have', async () => {
      const booked = { constraint: 'orders_as_booked' };
      await expect(insert({ ...row, kind: 'capture', amount: 1 })).rejects.toMatchObject(booked);
      const bill = { ...row, payment: null, gateway: null, kind: 'bill', amount: 1 };
      await expect(insert(bill)).rejects.toMatchObject(booked);
      await expect(set({ captured: 501 })).rejects.toMatchObject(booked);
      await expect(set({ voided: 1 })).rejects.toMatchObject(booked);
      await expect(set({ owed: 4000 })).rejects.toMatchObject(booked);
      await expect(set({ balance: 0 })).rejects.toMatchObject(booked);
      await expectBooksToAgree(life);
    });

    it('nothing at all, money on no payment, and a bill on one', async () => {
      const check = { code: '23514' };
      await expect(insert({ ...row, kind: 'capture', amount: 0 })).rejects.toMatchObject(check);
      const onNone = { ...row, payment: null, gateway: null, kind: 'capture', amount: 1 };
      await expect(insert(onNone)).rejects.toMatchObject(check);
      await expect(insert({ ...row, kind: 'bill', amount: 1 })).rejects.toMatchObject(check);
    });
  });

  it('is one with the order’s row: both are written in one statement, in any order', async () => {
    const life = aLife(untracked);
    await commit(knex, life.place());
    await commit(knex, life.answer());
    await knex.raw(
      `with moved as (
        insert into payment_ledger (order_number, event_seq, event, kind, payment, gateway, amount, currency, at)
        values (:number, 9, 'Settled', 'capture', 'p1', 'sandbox', 4100, 'GBP', now()))
      update orders set captured = 4100, balance = 0 where number = :number`,
      { number: life.number },
    );
    expect((await ledgerOf(knex, life.number)).figures).toMatchObject({ captured: 4100, held: 0 });
  });

  it('bills what is placed and takes back what is cancelled, before money moved and after', async () => {
    const life = aLife({ ...untracked, ...offline });
    await commit(knex, life.place());
    await commit(knex, life.decide(cancelled(1)));
    expect(await rowsOf(life)).toEqual(['bill 4100', 'unbill 1200']);
    await expectBooksToAgree(life);
    await commit(
      knex,
      life.decide({ type: 'record-payment-event', event: 'Settled', amount: 2900 }),
    );
    await commit(knex, life.decide(cancelled(1)));
    await expectBooksToAgree(life);
    expect((await ledgerOf(knex, life.number)).figures.balance).toBeLessThan(0);
  });

  /** Lives an order through, looking at its books after each step; gives how many steps it took. */
  async function liveThrough(placement: Placement, happenings: Happenings): Promise<number> {
    let steps = 0;
    const life = aLife({ number: placement.number });
    await commit(knex, life.decide({ type: 'place', placement }));
    for (const [n, happening] of happenings.entries()) {
      const event = eventFor(defaultShop, life.state, happening, n);
      const next = event && life.attempt(event);
      if (!next) continue;
      expect(await commit(knex, next)).toMatchObject({ outcome: 'committed' });
      if (next.state.value.status === '(withdrawn)') return steps;
      await expectBooksToAgree(life);
      steps += 1;
    }
    return steps;
  }

  it('says the same as the machine, whatever happens to an order', async () => {
    let steps = 0;
    for (const seed of [1, 2, 3]) {
      const placements = fc.sample(anyPlacement('Pending'), { seed, numRuns: 40 });
      const lives = fc.sample(anyLife(defaultShop), { seed, numRuns: 40 });
      for (const [index, placement] of placements.entries()) {
        const lines = placement.lines.map((line) => ({ ...line, trackStock: false }));
        const number = `random-${seed}-${index}`;
        steps += await liveThrough({ ...placement, number, lines }, lives[index] ?? []);
      }
    }
    expect(steps).toBeGreaterThan(100);
  }, 60_000);

  it('of an earlier release gets its bills, and says what its orders say', async () => {
    const life = aLife({ ...untracked, ...offline });
    await commit(knex, life.place());
    await commit(knex, life.decide(cancelled(1)));
    for (const [event, amount] of [
      ['Settled', 2900],
      ['Refunded', 400],
    ] as const) {
      await commit(knex, life.decide({ type: 'record-payment-event', event, amount }));
    }
    const before = await rowsOf(life);
    await knex.raw(`
      set session_replication_role = replica;
      delete from payment_ledger where payment is null;
      set session_replication_role = origin;
      drop trigger orders_placed_as_booked on orders;
      drop trigger orders_as_booked on orders;
      drop trigger payment_ledger_in_bounds on payment_ledger;
      create trigger payment_ledger_in_bounds after insert on payment_ledger
        for each statement execute function refuse_change();
      drop function check_ledger, check_order, check_order_figures, order_figures;
      alter table payment_ledger drop constraint payment_ledger_on_payment, drop column debit, drop column credit;
      create function keep_money_in_bounds() returns trigger language plpgsql as $$ begin return null; end $$`);
    await up(knex);
    expect((await rowsOf(life)).sort()).toEqual(before.sort());
    await expectBooksToAgree(life);
  });
});
