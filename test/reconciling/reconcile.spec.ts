import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keepSchedule } from '../../activities/reconciling/temporal';
import { setStock } from '../../db/stock';
import type { Command } from '../../machines/events';
import { differenceCodes } from '../../machines/reconciling/difference';
import { reconciliationStart } from '../../workflows/messages';
import type { Reconciled } from '../../workflows/reconciling/reconciliation';
import { carol } from '../db/lives';
import { deadUrl } from '../gateway/running-gateway';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aLine, aPlacement } from '../support/placements';
import { corruptions } from './corruptions';
import { reconcile } from './running';

const ship: Command = { type: 'record-shipping-event', event: 'Shipped' };
const pay: Command = { type: 'take-payment' };
const back: readonly Command[] = [
  { type: 'request-return', reason: 'Too blue.' },
  { type: 'authorise-return', return: 'r1' },
  { type: 'receive-return', return: 'r1' },
  { type: 'refund', return: 'r1', reason: 'Came back.' },
];

/** Lives of every kind: cards that are cruel, money in parts and back, goods that come back, orders called off. */
const lives: readonly (readonly [token: string, ...commands: Command[]])[] = [
  ['tok_ok'],
  ['tok_timeout_after_charge', pay, ship],
  ['tok_fails_twice', { type: 'take-payment', amount: 1000 }, { type: 'take-payment' }],
  ['tok_timeout_before_charge', pay, { type: 'refund', amount: 300, reason: 'Chipped.' }],
  ['tok_slow', { type: 'cancel', lines: [{ id: 'A', quantity: 1 }], reason: 'One less.' }, pay],
  ['tok_ok', pay, { type: 'cancel', reason: 'Called off.' }],
  ['tok_ok', { type: 'cancel', reason: 'Called off.' }],
  ['tok_ok', pay, ship, ...back],
  ['tok_declined'],
  ['tok_ok', { type: 'hold', reason: 'Address?' }],
  ['tok_ok', { type: 'void' }, { type: 'record-payment-event', event: 'Settled', amount: 4100 }],
  ['tok_ok', pay, { type: 'record-payment-event', event: 'Refunded', amount: 50 }],
];

describe('npm run reconcile', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await setStock(orders.database.knex, 'MUG-1', { inStock: 1000 }, carol);
    await Promise.all(lives.map(live));
  }, 60_000);
  afterAll(() => orders.stop());

  async function live([token, ...commands]: (typeof lives)[number], index: number) {
    const currency = ['GBP', 'JPY', 'KWD'][index % 3] ?? 'GBP';
    const placement = aPlacement({ token, currency, lines: [aLine({ quantity: 3 })] });
    const { outcome } = await orders.place(placement);
    if (outcome === 'refused') return;
    for (const command of commands) await orders.send(placement.number, command);
    await eventually(
      async () => (await orders.stored(placement.number))?.state.context.movements ?? [],
      (movements) => movements.length === 0,
    );
  }

  /** How many rows there are of what a repair writes. */
  async function counts(): Promise<object> {
    const { rows } = await orders.database.knex.raw<{ rows: [object] }>(
      `select (select count(*) from events) as events, (select count(*) from payment_ledger) as ledger,
        (select count(*) from stock_ledger) as stock, (select count(*) from outbox) as outbox,
        (select sum(version) from orders) as versions`,
    );
    return rows[0];
  }

  it('finds nothing in a system that is well, and says so', async () => {
    expect(await reconcile(orders, [])).toMatchObject({
      code: 0,
      out: `Nothing differs in ${lives.length - 1} orders.\n`,
      err: '',
    });
  });

  it('says of a gateway that does not answer that it does not, which is no difference', async () => {
    const { code, out, found } = await reconcile(orders, ['--json'], await deadUrl());
    expect([code, found]).toEqual([1, []]);
    expect(out).toContain('"unreached":"sandbox was not reached');
  });

  it('turns away what it does not understand', async () => {
    const { code, err } = await reconcile(orders, ['--since', 'yesterday']);
    expect([code, err]).toEqual([2, expect.stringContaining('--since yesterday is no time')]);
    expect((await reconcile(orders, ['--mend'])).code).toBe(2);
    const slip = await reconcile(orders, ['--since', '1']);
    expect([slip.code, slip.err]).toEqual([2, expect.stringContaining('--since 1 is no time')]);
    const nowhere = await reconcile(orders, ['--order', 'NO-SUCH']);
    expect(nowhere).toMatchObject({ code: 2, out: '', err: 'There is no order NO-SUCH.\n' });
    const gone = await reconcile(orders, ['--repair', 'order-row:NO-SUCH']);
    expect(gone.out).toContain('order-row:NO-SUCH: refused. Nothing of this id differs.');
  });

  it('has nothing to say of a placing that was withdrawn and came again', async () => {
    const card = (token: string, amount: number) => ({ gateway: 'sandbox', token, amount });
    const placement = aPlacement({ lines: [aLine({ trackStock: false })] });
    const { number } = placement;
    const twoCards = [card('tok_ok', 1000), card('tok_declined', 3100)];
    const first = await orders.place({ ...placement, payments: twoCards }, `first-${number}`);
    expect(first.outcome).toBe('refused');
    expect((await orders.place(placement, `second-${number}`)).outcome).toBe('done');
    expect(await orders.movements(number)).toEqual([
      'authorisation 1000',
      'void 1000',
      'authorisation 4100',
    ]);
    expect((await reconcile(orders, ['--order', number, '--json'])).found).toEqual([]);
    const key = `${number}/3/void/first-${number}`;
    await orders.database.knex('gateway_calls').where({ key }).update({ moved: 900 });
    const [held] = (await reconcile(orders, ['--order', number, '--json'])).found;
    expect(held?.says).toContain('was withdrawn, and 1.00 GBP of it is still held');
    await orders.database.knex('gateway_calls').where({ key }).update({ moved: 1000 });
  });

  describe('with one corruption of each kind', () => {
    const codes = corruptions.map(({ code }) => code).sort();
    const byPeople = corruptions.filter(({ by }) => by === 'people').map(({ code }) => code);
    beforeAll(async () => {
      for (const { corrupt } of corruptions) await corrupt(orders);
    }, 60_000);

    it('has one for each code that there is', () => {
      expect(codes).toEqual(Object.keys(differenceCodes).sort());
    });

    it('finds each by its code and nothing else, and changes nothing', async () => {
      const before = await counts();
      const { code, found } = await reconcile(orders, ['--json']);
      expect(code).toBe(1);
      expect([...new Set(found.map((each) => each.code))].sort()).toEqual(codes);
      // Each went wrong at an order or a SKU of its own.
      const about = found.map((each) => `${each.code} ${each.order ?? each.sku}`);
      expect(new Set(about).size).toBe(corruptions.length);
      for (const { says, repair } of found) {
        expect(says).toMatch(/^[A-Z].*\.$/);
        expect(repair.says).toMatch(/^[A-Z].*\.$/);
      }
      expect(await counts()).toEqual(before);
    });

    it('is found by the daily workflow too, which says it in its result', async () => {
      const { workflowId, args } = reconciliationStart(orders.taskQueue);
      const result = (await orders.client.workflow.execute('reconciliation', {
        ...{ workflowId, args, taskQueue: orders.taskQueue },
      })) as Reconciled;
      // What may still be under way is left out: movements of the last ten minutes.
      const young = ['call-without-row', 'gateway-only', 'gateway-missing', 'left-over'];
      expect(Object.keys(result.counts).sort()).toEqual(codes.filter((c) => !young.includes(c)));
      expect(result.first[0]).toMatchObject({ id: expect.any(String), says: expect.any(String) });
      const { events } = await orders.client.workflow.getHandle(workflowId).fetchHistory();
      const said = (events ?? [])
        .filter((event) => event.activityTaskScheduledEventAttributes)
        .map(({ userMetadata }) => Buffer.from(userMetadata?.summary?.data ?? '').toString());
      expect(said).toEqual(['"the first orders"', '"stock, and what waits to leave"']);
    });

    it('is mended as far as a program may, in the history, and the rest stays', async () => {
      const { code, found, repaired } = await reconcile(orders, ['--json', '--repair']);
      expect(code).toBe(1);
      const outcomes = new Map(repaired.map(({ id, outcome }) => [id, outcome]));
      for (const { id, repair } of found) {
        expect([id, outcomes.get(id)]).toEqual([id, repair.by === 'people' ? 'left' : 'done']);
      }
      const again = await reconcile(orders, ['--json']);
      expect([...new Set(again.found.map((each) => each.code))].sort()).toEqual(byPeople.sort());

      const about = (wanted: string) => found.find((each) => each.code === wanted)?.order ?? '';
      for (const wanted of ['order-row', 'line-row', 'task-row', 'ledger-payment', 'ledger-bill']) {
        expect((await orders.history(about(wanted))).at(-1)).toBe('reconcile');
      }
      for (const wanted of ['call-without-row', 'gateway-only']) {
        expect((await orders.history(about(wanted))).at(-1)).toBe('record-payment-event');
      }
      const [row] = await orders.database
        .knex('stock_ledger')
        .where({ sku: 'COUNTED', cause: 'reconcile' });
      expect(row).toMatchObject({ in_stock_delta: 2, in_stock: 12, actor: 'reconcile' });
      await orders.database
        .knex('stock_records')
        .where({ sku: 'COUNTED' })
        .update({ allocated: 2 });
      await reconcile(orders, ['--json', '--repair', 'stock-counter:COUNTED:main']);
      const counted = await orders.database.knex('stock_records').where({ sku: 'COUNTED' }).first();
      expect(counted).toMatchObject({ in_stock: 12, allocated: 0 });
    });

    it('is told alone of an order, and mended alone by its id', async () => {
      const { corrupt } = corruptions[0]!;
      await corrupt(orders);
      await corrupt(orders);
      const rows = (await reconcile(orders, ['--json'])).found.filter(
        (d) => d.code === 'order-row',
      );
      expect(rows).toHaveLength(2);
      const [{ id, order }, other] = rows as [(typeof rows)[0], (typeof rows)[0]];
      const alone = await reconcile(orders, ['--order', order ?? '', '--repair', id]);
      expect(alone).toMatchObject({ code: 0, out: expect.stringContaining('1 of them mended') });
      const { found } = await reconcile(orders, ['--json']);
      expect(found.filter((d) => d.code === 'order-row').map((d) => d.id)).toEqual([other.id]);
    });
  });

  it('is scheduled daily, once however many workers ask for it', async () => {
    await keepSchedule(orders.client, orders.taskQueue);
    await keepSchedule(orders.client, orders.taskQueue);
    const handle = orders.client.schedule.getHandle(`reconciliation-${orders.taskQueue}`);
    const { spec, action } = await handle.describe();
    expect(spec.calendars).toHaveLength(1);
    expect(action).toMatchObject({ workflowType: 'reconciliation', taskQueue: orders.taskQueue });
    await handle.delete();
  });

  it('leaves to people what they may have recorded already', async () => {
    const placement = aPlacement({ lines: [aLine({ trackStock: false })] });
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, pay);
    const { context } = (await orders.stored(number))?.state ?? {};
    const authorisation = context?.payments[0]?.reference;
    await orders.gateway.post(
      '/refunds',
      { order: number, authorisation, amount: 300 },
      `by hand ${number}`,
    );
    const only = ['--order', number, '--json'];
    const [unknown] = (await reconcile(orders, only)).found;
    expect([unknown?.code, unknown?.repair.by]).toEqual(['gateway-only', 'command']);
    await orders.send(number, { type: 'record-payment-event', event: 'Refunded', amount: 300 });
    const { found } = await reconcile(orders, [...only, '--repair']);
    expect(found.map(({ code, repair }) => [code, repair.by])).toEqual([
      ['gateway-only', 'people'],
    ]);
    expect((await orders.stored(number))?.state.context.payments[0]?.refunded).toBe(300);
  });
});
