import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { listTasks } from '../../db/tasks/list';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

const hasty: Shop = {
  ...shop,
  orders: {
    ...shop.orders,
    statuses: {
      ...shop.orders.statuses,
      Pending: { ...shop.orders.statuses.Pending!, usually: { seconds: 1 } },
    },
  },
};

describe('an order that nobody moves on', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders({ shop: hasty });
    await orders.stock('MUG-1', 100);
  });
  afterAll(() => orders.stop());

  const tasksOf = async (number: string, isOpen: boolean) =>
    (await listTasks(orders.database.knex, { number, isOpen })).rows;

  it('tells people by itself, once, and takes it back when it moves (django-oscar #2737)', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    const [task] = await eventually(
      () => tasksOf(number, true),
      (tasks) => tasks.length > 0,
    );
    expect(task).toMatchObject({ id: 't1', reason: 'stuck', status: 'Pending' });
    await orders.send(number, { type: 'take-payment' });
    expect(await tasksOf(number, true)).toEqual([]);
    expect(await tasksOf(number, false)).toMatchObject([{ id: 't1', closed: { by: 'itself' } }]);
    const events = await orders.history(number);
    expect(events.filter((type) => type === 'deadline')).toHaveLength(1);
  });

  it('is found from an index among many tasks', async () => {
    const { knex } = orders.database;
    const placement = aPlacement();
    await orders.place(placement);
    await knex.raw(
      `insert into tasks (order_number, task, reason, text, since, closed_at, closed_how)
       select ?, 'x' || n, 'stuck', 'Old.', now() - n * interval '1 minute', now(), 'itself'
       from generate_series(1, 30000) as n`,
      [placement.number],
    );
    await knex.raw('analyze tasks');
    const asked: { sql: string; bindings: never[] }[] = [];
    const listen = (query: { sql: string; bindings: never[] }) => asked.push(query);
    knex.on('query', listen);
    await listTasks(knex, { isOpen: true }, { limit: 50 });
    await listTasks(knex, { isOpen: true, reason: ['stuck'] }, { limit: 50 });
    await listTasks(knex, { isOpen: false }, { limit: 50 });
    knex.removeListener('query', listen);
    for (const { sql, bindings } of asked) {
      const text = sql.replaceAll(/\$\d+/g, '?');
      const { rows } = await knex.raw<{ rows: object[] }>(`explain ${text}`, bindings);
      expect(JSON.stringify(rows)).not.toContain('Seq Scan on tasks');
    }
    // Each looks among those of orders and those of the house.
    expect(asked).toHaveLength(6);
  });
});
