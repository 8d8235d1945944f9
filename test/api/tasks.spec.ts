import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endHouseTask, raiseHouseTask } from '../../db/tasks/house';
import { up } from '../../db/migrations/0009_tasks';
import { aLine, startSystem, withKey, type System } from '../support/system';

type Listed = { readonly number?: string; readonly about?: string };

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

describe('tasks that are about no order', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  const key = { reason: 'webhook-paused', about: 'webhook https://shop.example/in' } as const;
  const raise = (text = 'It has taken nothing for five days.') =>
    raiseHouseTask(system.database.knex, { ...key, text });
  const open = async (query = '') =>
    (await system.get(`/v1/tasks?reason=webhook-paused${query}`)).body.tasks;

  it('are raised once while they are open, listed with what would help, and counted', async () => {
    await raise();
    await raise('Still nothing.');
    const tasks = await open();
    expect(tasks).toEqual([
      {
        ...key,
        id: expect.any(String),
        text: 'It has taken nothing for five days.',
        since: expect.any(String),
        endsWhen: 'the endpoint is told again',
        ways: [{ says: expect.stringContaining('look at the last attempts') }, expect.anything()],
        closed: null,
      },
    ]);
    const { body } = await system.get('/metrics', { as: null });
    expect(body).toContain('conveyor_tasks_open{reason="webhook-paused"} 1');
    expect(body).toContain('conveyor_tasks_open{reason="feed-failing"} 0');
  });

  it('are ended by somebody, once, or by themselves, and can be raised again', async () => {
    const [{ id }] = await open();
    const [clerk, viewer] = [await system.keyOf('clerk'), await system.keyOf('viewer')];
    const path = `/v1/tasks/${id}/resolution`;
    expect((await system.post(path, {}, { as: viewer })).status).toBe(403);
    const done = await system.post(path, { note: 'They moved.' }, { as: clerk });
    expect(done.body).toMatchObject({
      closed: { by: 'people', note: 'They moved.', actor: { role: 'clerk', name: 'A clerk' } },
    });
    expect((await system.post(path, { note: 'Again.' })).body).toEqual(done.body);
    expect(await open()).toEqual([]);
    await raise('It fails once more.');
    expect(await open()).toMatchObject([{ text: 'It fails once more.' }]);
    await endHouseTask(system.database.knex, key, 'itself');
    await endHouseTask(system.database.knex, key, 'itself');
    const ended = await open('&state=closed');
    expect(ended.map((task: { closed: { by: string } }) => task.closed.by)).toEqual([
      'people',
      'itself',
    ]);
  });

  it('say where tasks of orders are ended, when one of those is meant', async () => {
    for (const id of ['t1', randomUUID()]) {
      const { status, body } = await system.post(`/v1/tasks/${id}/resolution`, {});
      expect([status, body.detail]).toEqual([
        404,
        `No task has the id ${id}; those of orders are ended by the command resolve-task.`,
      ]);
    }
  });

  it('are listed among those of orders by their time, page by page, each once', async () => {
    const { knex } = system.database;
    const number = await toRefundByHand(system);
    for (const partner of ['a', 'b', 'c']) {
      await raiseHouseTask(knex, { reason: 'feed-failing', about: partner, text: 'It fails.' });
    }
    const second = await toRefundByHand(system);
    await knex('house_tasks')
      .where('reason', 'feed-failing')
      .update({
        since: knex('tasks').where('order_number', number).max('since'),
      });
    const seen: string[] = [];
    let path: string | undefined = '/v1/tasks?limit=2&state=all&reason=feed-failing,refund-by-hand';
    while (path !== undefined) {
      const page = await system.get(path);
      seen.push(...page.body.tasks.map((task: Listed) => task.number ?? task.about));
      path = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect([...seen.slice(0, 3).sort(), ...seen.slice(3)]).toEqual(['a', 'b', 'c', number, second]);
  });
});
