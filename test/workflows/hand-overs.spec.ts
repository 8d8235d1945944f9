import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordsOf } from '../../db/reconciling/orders';
import { rowDifferences } from '../../machines/reconciling/rows';
import { foldDifferences } from '../../machines/reconciling/fold';
import type { OrderState } from '../../machines/state';
import { lamps } from '../machines/shops';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aLine, aPlacement } from '../support/placements';

describe('an order that is handed over', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders({ shop: lamps });
  });
  afterAll(() => orders.stop());

  const place = async () => {
    const lines = [
      aLine({ id: 'A', partner: 'nord', trackStock: false }),
      aLine({ id: 'B', partner: 'sued', trackStock: false }),
    ];
    const placement = aPlacement({ lines, status: 'New', payments: [] });
    await orders.place(placement);
    await orders.send(placement.number, { type: 'set-status', status: 'Asked' });
    return placement.number;
  };
  const outboxOf = (number: string) =>
    orders.database
      .knex('outbox')
      .where({ order_number: number })
      .whereIn('topic', ['partner', 'fulfilment'])
      .orderBy(['seq', 'topic', 'kind'])
      .select('topic', 'kind', 'payload');
  const partnersOf = (number: string) =>
    orders.database
      .knex('order_lines')
      .where({ order_number: number })
      .orderBy('position')
      .pluck('partner');

  it('owes each partner a letter, and whoever waits for it the news', async () => {
    const number = await place();
    const rows = await outboxOf(number);
    expect(rows.map(({ topic, kind }) => `${topic} ${kind}`)).toEqual([
      ...['fulfilment nord', 'fulfilment sued', 'partner order', 'partner order'],
    ]);
    expect(rows[2].payload).toMatchObject({
      handOver: 'p1',
      partner: 'nord',
      lines: [{ id: 'A' }],
    });
    expect(rows[2].payload.event).toEqual(rows[0].payload.event);
  });

  it('is found under the partner that has it now, and its rows are as its state has them', async () => {
    const number = await place();
    expect(await partnersOf(number)).toEqual(['nord', 'sued']);
    await orders.send(number, { type: 'hand-over', partner: 'west', lines: [{ id: 'A' }] });
    expect(await partnersOf(number)).toEqual(['west', 'sued']);
    const { searchAttributes } = await orders.handle(number).describe();
    expect(searchAttributes).toMatchObject({ ConveyorPartner: ['sued', 'west'] });
    const records = await recordsOf(orders.database.knex, number);
    expect(records && [...rowDifferences(records), ...foldDifferences(records)]).toEqual([]);
    expect(records?.unsent).toEqual([]);
  });

  it('hears of a slow partner by a report, once', async () => {
    const number = await place();
    const report = { type: 'partner.reminded', handOver: 'p1', stage: 'asked' };
    await orders.report(number, report, 'outbox slow-1');
    await orders.report(number, report, 'outbox slow-2');
    const reminders = () =>
      outboxOf(number).then((rows) => rows.filter(({ kind }) => kind === 'reminder'));
    await eventually(reminders, (rows) => rows.length === 1);
    const given = { ...report, type: 'partner.given-up' };
    await orders.report(number, given, 'outbox slow-3');
    await eventually(
      () => partnersOf(number),
      ([first]) => first === 'sued',
    );
    expect(await reminders()).toHaveLength(1);
    const state = await orders.handle(number).query<OrderState>('state');
    expect(state.context.handOvers.map(({ partner, stage }) => `${partner} ${stage}`)).toEqual([
      ...['nord withdrawn', 'sued asked', 'sued asked'],
    ]);
  });
});
