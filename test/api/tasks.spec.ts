import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { up } from '../../db/migrations/0009_tasks';
import { aLine, startSystem, withKey, type System } from '../support/system';

/** An order without a card that was paid by transfer and then cancelled: the money goes back by hand. */
async function toRefundByHand(system: System): Promise<string> {
  const payments = [{ gateway: 'offline', method: 'bank-transfer' }];
  const { number, total } = await system.placed({ payments });
  const amount = total.inclTax;
  await system.command(number, { type: 'record-payment-event', event: 'Settled', amount });
  await system.command(number, { type: 'cancel', reason: 'Called off.' });
  return number;
}

describe('tasks for people', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  const openOf = async (number: string) => (await system.get(`/v1/tasks?number=${number}`)).body;

  it('are on the order, with the commands that would help', async () => {
    const number = await toRefundByHand(system);
    const { body } = await system.get(`/v1/orders/${number}`);
    expect(body.attention).toMatchObject([
      {
        id: 't1',
        reason: 'refund-by-hand',
        endsWhen: 'the refund is recorded',
        ways: [
          { command: { type: 'record-payment-event', event: 'Refunded', amount: 4100 } },
          { command: { type: 'resolve-task', task: 't1' } },
        ],
      },
    ]);
    const { tasks } = await openOf(number);
    expect(tasks).toMatchObject([{ ...body.attention[0], number, status: 'Cancelled' }]);
  });

  it('end by themselves when a command makes them untrue', async () => {
    const number = await toRefundByHand(system);
    const { tasks } = await openOf(number);
    const [{ command }] = tasks[0].ways;
    expect((await system.command(number, command)).status).toBe(200);
    expect((await openOf(number)).tasks).toEqual([]);
    const { body } = await system.get(`/v1/tasks?number=${number}&state=closed`);
    expect(body.tasks).toMatchObject([{ id: 't1', closed: { by: 'itself', actor: null } }]);
  });

  it('are ended by somebody, who and why is kept, and only once', async () => {
    const number = await toRefundByHand(system);
    const resolve = { type: 'resolve-task', task: 't1', note: 'Gave a voucher.' };
    const clerk = await system.keyOf('clerk');
    expect((await system.command(number, resolve, { as: clerk })).status).toBe(200);
    const { body } = await system.get(`/v1/tasks?number=${number}&state=all`);
    expect(body.tasks).toMatchObject([
      {
        closed: {
          by: 'people',
          note: 'Gave a voucher.',
          actor: { role: 'clerk', name: 'A clerk' },
        },
      },
    ]);
    const again = await system.command(number, resolve);
    expect([again.status, again.body.code, again.body.allowed]).toEqual([409, 'no-such-task', []]);
    const order = await system.get(`/v1/orders/${number}`);
    expect(order.body.needsAttention).toBe(false);
  });

  it('come from a partner’s refused command, once however often it is sent', async () => {
    const lines = [aLine({ partner: 'acme' })];
    const { number } = await system.placed({ lines });
    const acme = await system.keyOf('partner', 'acme');
    const ship = { type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'A' }] };
    for (const key of ['one', 'two']) {
      const sent = await system.command(number, ship, { as: acme, ...withKey(`${number}-${key}`) });
      expect(sent.status).toBe(409);
    }
    const { tasks } = await openOf(number);
    expect(tasks).toMatchObject([{ reason: 'partner-refused', cause: `refusal of ${number}-one` }]);
    expect(tasks[0].text).toContain('acme sent record-shipping-event, and it was refused: ');
    const { body } = await system.get(`/v1/orders/${number}/events`);
    expect(body.events.slice(-3)).toMatchObject([
      { type: 'record-shipping-event', outcome: 'refused' },
      { type: 'command.refused', cause: `${number}-one`, actor: { role: 'system' } },
      { type: 'record-shipping-event', outcome: 'refused' },
    ]);
  });

  it('are listed oldest first, by reason, in pages that meet', async () => {
    const numbers = [await toRefundByHand(system), await toRefundByHand(system)];
    const query = 'reason=refund-by-hand&limit=1';
    const seen: string[] = [];
    for (let next = ''; next !== 'null';) {
      const { body } = await system.get(`/v1/tasks?${query}${next && `&cursor=${next}`}`);
      seen.push(...body.tasks.map((task: { number: string }) => task.number));
      next = String(body.next);
    }
    expect(seen.slice(-2)).toEqual(numbers);
    const { body } = await system.get('/v1/tasks?reason=stuck');
    expect(body).toEqual({ tasks: [], next: null });
    expect((await system.get('/v1/tasks?cursor=odd')).status).toBe(422);
    expect((await system.get('/v1/tasks?state=odd')).status).toBe(422);
  });

  it('are counted for those who watch over the shop (django-oscar #2737)', async () => {
    await toRefundByHand(system);
    const { tasks } = (await system.get('/v1/tasks?reason=refund-by-hand&limit=100')).body;
    const { body } = await system.get('/metrics');
    expect(body).toContain(`conveyor_tasks_open{reason="refund-by-hand"} ${tasks.length}`);
    expect(body).toContain('conveyor_tasks_open{reason="stuck"} 0');
    expect(body).toContain('conveyor_stock_low 0');
  });

  it('of an earlier release are in the list as well', async () => {
    const number = await toRefundByHand(system);
    const { knex } = system.database;
    await knex.raw(
      `update orders set state = state #- '{context,attention,0,id}' where number = ?`,
      [number],
    );
    await knex.raw('drop table tasks');
    await up(knex);
    expect((await openOf(number)).tasks).toMatchObject([{ id: 't1', reason: 'refund-by-hand' }]);
    const resolve = { type: 'resolve-task', task: 't1' };
    expect((await system.command(number, resolve)).status).toBe(200);
    expect((await openOf(number)).tasks).toEqual([]);
  });

  it('are nothing for partners and storefronts', async () => {
    const partner = await system.keyOf('partner', 'acme');
    for (const as of [await system.keyOf('storefront'), partner]) {
      expect((await system.get('/v1/tasks', { as })).status).toBe(403);
    }
  });
});
