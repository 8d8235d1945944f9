import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OrderEvent, Placement } from '../../machines/events';
import defaultShop from '../../machines/shop';
import type { StoredOrder } from '../../machines/history';
import { upToDate } from '../../machines/state';
import { ordersOf, replay } from '../../machines/step';
import { anyCommand, anyPlacement } from '../machines/arbitraries';
import { reconcile } from '../reconciling/running';
import { breachesOf } from '../machines/invariants';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';

/** Said by a failing run, so that it can be run again: RANDOM_LIVES_SEED=… npx jest random-lives. */
const SEED = Number(process.env.RANDOM_LIVES_SEED ?? Date.now() % 1_000_000);
const ORDERS = 12;
const COMMANDS = 8;
const ON_THE_SHELF = 10_000;

/** Each of the sandbox's cards that ends by itself, one after the other. */
const cards = [
  ...(['tok_ok', 'tok_timeout_after_charge', 'tok_captures_once', 'tok_fails_twice'] as const),
  ...(['tok_no_partial', 'tok_slow', 'tok_timeout_before_charge', 'tok_declined'] as const),
  ...(['tok_renewal_declined', 'tok_not_renewable', 'tok_insufficient'] as const),
  ...(['tok_tells_late_3', 'tok_expires_60', 'tok_sends_callbacks_twice'] as const),
];

const [placements, wishes] = [
  fc.sample(anyPlacement('Pending'), { seed: SEED, numRuns: ORDERS }),
  fc.sample(fc.array(anyCommand(defaultShop), { minLength: COMMANDS, maxLength: COMMANDS }), {
    seed: SEED + 1,
    numRuns: 2 * ORDERS,
  }),
];

describe(`random lives of seed ${SEED} on cruel cards, two callers at each order, the worker and its connections killed`, () => {
  let orders: RunningOrders;
  const placed: Placement[] = [];
  let found: readonly StoredOrder[];

  beforeAll(async () => {
    orders = await startOrders({ cached: 4 });
    for (const sku of new Set(placements.flatMap(({ lines }) => lines.map((line) => line.sku)))) {
      await orders.stock(sku, ON_THE_SHELF);
    }
    let calm = false;
    const storm = (async () => {
      while (!calm) {
        await pause(700);
        await cutConnections();
        await pause(700);
        await orders.restartWorker();
      }
    })();
    await Promise.all(placements.map(live));
    calm = true;
    await storm;
    found = await Promise.all(placed.map(({ number }) => settled(number)));
  }, 240_000);
  afterAll(() => orders.stop());

  /** What the database does when it is restarted: every connection but ours is gone. */
  async function cutConnections(): Promise<void> {
    await orders.database.knex.raw(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  }

  async function live(placement: Placement, index: number): Promise<void> {
    const payments = placement.payments.map((payment, position) =>
      payment.token === undefined
        ? payment
        : { ...payment, token: cards[(SEED + index + 5 * position) % cards.length] },
    );
    const order = { ...placement, payments, number: `random-${index}` };
    const { outcome } = await orders.place(order, `place-${index}`);
    if (outcome === 'refused') return;
    placed.push(order);
    const caller = async (which: number) => {
      for (const [turn, command] of (wishes[2 * index + which] ?? []).entries()) {
        // Whoever says what became of money without knowing makes the books differ, rightly.
        if (command.type === 'settle-movement') continue;
        await orders.send(order.number, command, `${index}-${which}-${turn}`).catch(turnedAway);
      }
    };
    await Promise.all([caller(0), caller(1)]);
  }

  /** Some commands are none at all; the order never sees them. */
  function turnedAway(error: Error): void {
    if (error.name !== 'WorkflowUpdateFailedError') throw error;
  }

  const settled = (number: string): Promise<StoredOrder> =>
    eventually(
      async () => (await orders.stored(number)) as StoredOrder,
      ({ state }) => state.context.movements.length === 0,
      60_000,
    );

  async function historyOf(
    number: string,
  ): Promise<{ seq: number; outcome: string; event: OrderEvent }[]> {
    return orders.database.knex('events').where({ order_number: number }).orderBy('seq');
  }

  it('break nothing of what always holds', () => {
    expect(found.length).toBeGreaterThan(0);
    expect(found.flatMap(({ shop, state }) => breachesOf(shop, upToDate(state)))).toEqual([]);
  });

  it('have a history without gaps, which leads where the order is', async () => {
    for (const { number, state, shop } of found) {
      const history = await historyOf(number);
      expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
      const accepted = history.filter(({ outcome }) => outcome === 'accepted');
      const { state: folded } = replay(
        ordersOf(shop),
        accepted.map(({ event }) => event),
      );
      expect({ number, state: JSON.parse(JSON.stringify(folded)) as unknown }).toEqual({
        number,
        state,
      });
    }
  });

  it('take each command once', async () => {
    for (const { number } of found) {
      const ids = (await historyOf(number)).map(({ event }) => event.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('move no money twice: the order, its ledger and the gateway say the same', async () => {
    const gateway = await orders.gateway.ledger();
    for (const { number, state } of found) {
      const rows: { kind: string; payment: string; amount: number; key: string | null }[] =
        await orders.database.knex('payment_ledger').where({ order_number: number });
      const add = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
      for (const { id, captured, refunded, voided } of state.context.payments) {
        const told = (kind: string) =>
          add(
            rows.filter((row) => row.payment === id && row.kind === kind).map((row) => row.amount),
          );
        expect([number, id, told('capture'), told('refund'), told('void')]).toEqual([
          ...[number, id, captured, refunded, voided],
        ]);
      }
      const ours = rows
        .filter(({ key }) => key !== null)
        .map(({ key, amount }) => `${key} ${amount}`);
      const theirs = gateway
        .filter(({ order }) => order === number)
        .map(({ key, amount }) => `${key} ${amount}`);
      expect(ours.sort()).toEqual(theirs.sort());
    }
  });

  it('conserve stock: counters, ledger and what the orders hold', async () => {
    const { knex } = orders.database;
    const records: { sku: string; in_stock: number; allocated: number }[] = await knex(
      'stock_records',
    )
      .groupBy('sku')
      .select('sku', knex.raw('sum(in_stock)::int as in_stock, sum(allocated)::int as allocated'));
    const ledger: typeof records = await knex('stock_ledger')
      .where('cause', '<>', 'stocktake')
      .groupBy('sku')
      .select(
        'sku',
        knex.raw('sum(in_stock_delta)::int as in_stock, sum(allocated_delta)::int as allocated'),
      );
    const held = new Map<string, number>();
    for (const { state } of found) {
      state.context.lines.forEach(({ allocated }, index) => {
        const sku = state.context.placement?.lines[index]?.sku ?? '';
        held.set(sku, (held.get(sku) ?? 0) + allocated);
      });
    }
    for (const { sku, in_stock, allocated } of records) {
      const moved = ledger.find((row) => row.sku === sku) ?? { in_stock: 0, allocated: 0 };
      expect({ sku, in_stock, allocated }).toEqual({
        sku,
        in_stock: ON_THE_SHELF + moved.in_stock,
        allocated: moved.allocated,
      });
      expect({ sku, held: held.get(sku) ?? 0 }).toEqual({ sku, held: allocated });
    }
  });

  it('differ nowhere from what else is kept of them, but for the shelves that were filled by hand', async () => {
    const { found, err } = await reconcile(orders, ['--json']);
    expect(err).toBe('');
    expect(found.filter(({ code }) => code !== 'stock-counter')).toEqual([]);
  });
});
