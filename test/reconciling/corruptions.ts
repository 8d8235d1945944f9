import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { commit } from '../../db/commit';
import { setStock } from '../../db/stock';
import type { DifferenceCode } from '../../machines/reconciling/difference';
import { aLife, carol } from '../db/lives';
import type { RunningOrders } from '../support/orders';
import { loseTurn } from '../support/lost-turn';
import { aLine, aPlacement } from '../support/placements';

/** Something that went wrong: what it was done to is an order or a SKU of its own. */
export interface Corruption {
  readonly code: DifferenceCode;
  /** How it is mended; `people` when a program may not. */
  readonly by: 'program' | 'people';
  readonly corrupt: (orders: RunningOrders) => Promise<void>;
}

/** Changes what triggers would refuse. */
async function forge(orders: RunningOrders, sql: string, bindings: Record<string, unknown>) {
  await orders.database.knex.transaction(async (trx) => {
    await trx.raw('set local session_replication_role = replica');
    await trx.raw(sql, bindings as Record<string, Knex.RawBinding>);
  });
}

/** An order that was placed, paid and shipped: nothing of it is due. */
async function done(orders: RunningOrders): Promise<string> {
  const sku = `SKU-${randomUUID().slice(0, 8)}`;
  await setStock(orders.database.knex, sku, { inStock: 50 }, carol);
  const placement = aPlacement({ lines: [aLine({ sku })] });
  const { number } = placement;
  await orders.place(placement);
  await orders.send(number, { type: 'take-payment' });
  await orders.send(number, { type: 'record-shipping-event', event: 'Shipped' });
  return number;
}

function bySql(code: DifferenceCode, by: Corruption['by'], sql: string): Corruption {
  return {
    code,
    by,
    corrupt: async (orders) => forge(orders, sql, { number: await done(orders) }),
  };
}

const call = `insert into gateway_calls (key, order_number, kind, payment, gateway, amount, currency,
    status, moved, reference, attempts, created_at, settled_at)`;

/** An order of which our own books are in order, and the gateway has what it is told to. */
async function cancelledElsewhere(
  orders: RunningOrders,
  atGateway: (life: ReturnType<typeof aLife>) => Promise<string | undefined>,
): Promise<void> {
  const { knex } = orders.database;
  const life = aLife({ lines: [aLine({ trackStock: false })] });
  await commit(knex, life.place());
  const reference = (await atGateway(life)) ?? `gone-${life.number}`;
  await commit(knex, life.answer({ reference }));
  await commit(knex, life.decide({ type: 'cancel', reason: 'Asked.' }));
  await atGateway(life);
  await commit(knex, life.answer());
  await knex.raw(
    `${call} select key, order_number, kind, payment, gateway, amount, currency, 'moved', amount,
      reference, 1, now(), now() from payment_ledger where order_number = ? and key is not null`,
    [life.number],
  );
}

/** One of each kind of difference. */
export const corruptions: readonly Corruption[] = [
  bySql(
    'order-row',
    'program',
    'update orders set captured = captured - 100, balance = balance + 100 where number = :number',
  ),
  bySql(
    'line-row',
    'program',
    `update order_lines set status = 'Pending' where order_number = :number`,
  ),
  bySql(
    'task-row',
    'program',
    `insert into tasks (order_number, task, reason, text, since) values (:number, 't9', 'stuck', 'Forged.', now())`,
  ),
  bySql(
    'state-fold',
    'people',
    `update orders set state = jsonb_set(state, '{context,payments,0,captured}', '1') where number = :number`,
  ),
  bySql('history-gap', 'people', 'delete from events where order_number = :number and seq = 3'),
  bySql(
    'ledger-payment',
    'program',
    `delete from payment_ledger where order_number = :number and kind = 'capture'`,
  ),
  bySql(
    'ledger-bill',
    'program',
    `delete from payment_ledger where order_number = :number and kind = 'bill'`,
  ),
  bySql(
    'call-without-row',
    'program',
    `${call} select order_number || '/9/refund', order_number, 'refund', payment, gateway, 100, currency,
      'moved', 100, 're_9', 1, now(), now()
    from payment_ledger where order_number = :number and kind = 'capture'`,
  ),
  bySql(
    'row-without-call',
    'people',
    `delete from gateway_calls where order_number = :number and kind = 'capture'`,
  ),
  bySql(
    'call-amount',
    'people',
    `update gateway_calls set moved = moved - 1 where order_number = :number and kind = 'capture'`,
  ),
  bySql(
    'call-unsettled',
    'people',
    `${call} select order_number || '/9/refund', order_number, 'refund', payment, gateway, 100, currency,
      'sent', null, null, 1, now() - interval '2 days', null
    from payment_ledger where order_number = :number and kind = 'capture'`,
  ),
  {
    code: 'gateway-only',
    by: 'program',
    async corrupt(orders) {
      const number = await done(orders);
      const { state } = (await orders.stored(number)) ?? {};
      const authorisation = state?.context.payments[0]?.reference;
      const refund = { order: number, authorisation, amount: 200, currency: 'GBP' };
      await orders.gateway.post('/refunds', refund, `by hand ${number}`);
    },
  },
  {
    code: 'gateway-missing',
    by: 'people',
    corrupt: (orders) => cancelledElsewhere(orders, () => Promise.resolve(undefined)),
  },
  {
    code: 'gateway-amount',
    by: 'people',
    corrupt: (orders) =>
      cancelledElsewhere(orders, async ({ number, effects }) => {
        const [{ key, kind, reference } = { key: '', kind: '', reference: '' }] = effects;
        const about = { order: number, amount: 4000, currency: 'GBP' };
        const { body } =
          kind === 'authorise'
            ? await orders.gateway.post('/authorisations', { ...about, token: 'tok_ok' }, key)
            : await orders.gateway.post('/voids', { order: number, authorisation: reference }, key);
        return body.reference;
      }),
  },
  bySql(
    'stock-allocation',
    'people',
    'update stock_allocations set consumed = consumed - 1 where order_number = :number',
  ),
  bySql(
    'outbox-missing',
    'program',
    `delete from outbox where order_number = :number and kind = 'order-shipped'`,
  ),
  bySql(
    'outbox-waiting',
    'people',
    `update outbox set created_at = now() - interval '2 hours'
    where order_number = :number and kind = 'order-shipped'`,
  ),
  {
    code: 'left-over',
    by: 'program',
    async corrupt(orders) {
      const placement = aPlacement({ lines: [aLine({ trackStock: false })] });
      const { number } = placement;
      await orders.place(placement);
      await orders.send(number, { type: 'take-payment' });
      await loseTurn(orders, number, {
        type: 'cancel',
        lines: [{ id: 'A', quantity: 1 }],
        reason: 'One less.',
      });
    },
  },
  {
    code: 'asleep',
    by: 'program',
    async corrupt(orders) {
      const placement = aPlacement({ lines: [aLine({ trackStock: false })] });
      await orders.place(placement);
      await orders.handle(placement.number).terminate('Forged.');
    },
  },
  {
    code: 'stock-counter',
    by: 'program',
    async corrupt({ database: { knex } }) {
      await setStock(knex, 'COUNTED', { inStock: 10 }, carol);
      await knex('stock_records').where({ sku: 'COUNTED' }).update({ in_stock: 12 });
    },
  },
  {
    code: 'stock-held',
    by: 'people',
    async corrupt({ database: { knex } }) {
      await setStock(knex, 'HELD', { inStock: 10 }, carol);
      await knex('stock_records').where({ sku: 'HELD' }).update({ allocated: 1 });
      await knex('stock_ledger').insert({
        ...{ sku: 'HELD', location: 'main', in_stock_delta: 0, allocated_delta: 1 },
        ...{ cause: 'allocate', actor: 'nobody', at: new Date(), in_stock: 10, allocated: 1 },
      });
    },
  },
];
