import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { aLine, startSystem, withKey, type Reply, type System } from '../support/system';

const note = { type: 'add-note', text: 'Recalled.' };
const ship = { type: 'record-shipping-event', event: 'Shipped' };

describe('one command for many orders', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  async function orders(count: number, changes = {}): Promise<string[]> {
    const placed = await Promise.all(Array.from({ length: count }, () => system.placed(changes)));
    return placed.map(({ number }) => number);
  }

  async function paid(count: number): Promise<string[]> {
    const numbers = await orders(count);
    await Promise.all(numbers.map((number) => system.command(number, { type: 'take-payment' })));
    return numbers;
  }

  const start = (body: object, sending = {}) => system.post('/v1/batches', body, sending);
  const get = async (id: string) => (await system.get(`/v1/batches/${id}`)).body.batch;
  const ended = (id: string) =>
    eventually(
      () => get(id),
      ({ state }) => state !== 'running',
    );
  const resultsOf = async (id: string, query = '') =>
    (await system.get(`/v1/batches/${id}/results?limit=100&${query}`)).body.results;
  const eventsOf = async (number: string, type: string) => {
    const { body } = await system.get(`/v1/orders/${number}/events?limit=100`);
    return body.events.filter((event: { type: string }) => event.type === type);
  };

  it('gives a result for each order, refused ones with the reason (umbraco/Umbraco.Commerce.Issues #67)', async () => {
    const good = await paid(3);
    const [unpaid = ''] = await orders(1);
    const numbers = [...good.slice(0, 2), unpaid, ...good.slice(2), 'NO-SUCH-1'];
    const { status, body, headers } = await start({ numbers, command: ship });
    expect([status, headers.get('location')]).toEqual([202, `/v1/batches/${body.batch.id}`]);
    const { id } = body.batch;
    expect(await ended(id)).toMatchObject({
      ...{
        title: expect.any(String),
        state: 'done',
        total: 5,
        counts: { done: 3, refused: 1, failed: 1 },
      },
      ...{ command: ship, chosen: { numbers: 5 }, actor: { role: 'admin' } },
    });
    const results = await resultsOf(id);
    expect(results.map(({ number }: { number: string }) => number)).toEqual(numbers);
    expect(results).toMatchObject([
      { outcome: 'done', command: `batch-${id}-${numbers[0]}` },
      { outcome: 'done' },
      { outcome: 'refused', refusal: { code: 'invalid-shipping-event' } },
      { outcome: 'done' },
      { outcome: 'failed', why: 'There is no order NO-SUCH-1.' },
    ]);
    expect(await resultsOf(id, 'outcome=refused')).toMatchObject([{ number: unpaid }]);
    for (const number of good) {
      const { body: order } = await system.get(`/v1/orders/${number}`);
      expect(order.status).toBe('Complete');
    }
  });

  it('is in each order’s history as sent by who asked, because of the batch', async () => {
    const [number = ''] = await orders(1);
    const clerk = await system.keyOf('clerk');
    const { body } = await start({ numbers: [number], command: note }, { as: clerk });
    await ended(body.batch.id);
    expect(await eventsOf(number, 'add-note')).toMatchObject([
      {
        id: `batch-${body.batch.id}-${number}`,
        actor: { role: 'clerk', name: 'A clerk' },
        cause: `batch ${body.batch.id}`,
      },
    ]);
  });

  it('says before what would happen, and changes nothing', async () => {
    const numbers = [...(await paid(2)), ...(await orders(1)), 'NO-SUCH-2'];
    const preview = await system.post('/v1/batches?preview=true', { numbers, command: ship });
    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({
      ...{ preview: true, total: 4, can: 2, cannot: 2, unchanged: 0 },
      says: '2 can, 2 cannot: 1 because invalid-shipping-event, 1 because not-found.',
    });
    expect(preview.body.orders).toMatchObject([
      { outcome: 'cannot', refusal: { code: 'invalid-shipping-event' } },
      { number: 'NO-SUCH-2', outcome: 'cannot' },
      { number: numbers[0], outcome: 'can' },
      { number: numbers[1], outcome: 'can' },
    ]);
    expect(preview.body.orders[2].says).toContain('Shipped: 3 of line A.');
    expect(await eventsOf(numbers[0]!, 'record-shipping-event')).toEqual([]);
    const { body } = await system.get('/v1/batches?limit=1');
    expect(body.batches[0]?.command).not.toEqual(expect.objectContaining({ preview: true }));
    expect(body.batches[0]?.chosen).not.toEqual({ numbers: 4 });
  });

  it('takes all orders that match a filter, chosen once', async () => {
    const sku = `BATCH-${Date.now()}`;
    const numbers = await orders(3, { lines: [aLine({ sku })] });
    const { body } = await start({ filter: { sku, status: ['Pending'] }, command: note });
    // An order that comes later is not in it.
    await system.placed({ lines: [aLine({ sku })] });
    expect(await ended(body.batch.id)).toMatchObject({
      ...{ total: 3, counts: { done: 3 }, chosen: { filter: { sku, status: ['Pending'] } } },
    });
    const results = await resultsOf(body.batch.id);
    const found = results.map(({ number }: { number: string }) => number);
    expect(found.sort()).toEqual([...numbers].sort());
  });

  it('sent again under the same key is the same batch', async () => {
    const numbers = await orders(2);
    const key = withKey(`key-${numbers[0]}`);
    const first = await start({ numbers, command: note }, key);
    const second = await start({ numbers, command: note }, key);
    expect(second.body.batch.id).toBe(first.body.batch.id);
    await ended(first.body.batch.id);
    for (const number of numbers) expect(await eventsOf(number, 'add-note')).toHaveLength(1);
  });

  it('goes on with another worker, each order once; the rest can be cancelled and what failed retried', async () => {
    const numbers = await orders(12);
    await system.stopWorker();
    const { body } = await start({ numbers, command: note });
    const { id } = body.batch;
    expect(await get(id)).toMatchObject({ state: 'running', counts: { waiting: 12 } });
    const cancelled = await system.post(`/v1/batches/${id}/cancel`);
    expect(cancelled.body.batch).toMatchObject({ state: 'cancelled', counts: { cancelled: 12 } });
    expect(cancelled.body.batch.cancelled).toMatchObject({ by: expect.any(String) });

    const again = await start({ numbers, command: note });
    // Nobody knows what became of some of them.
    const { knex } = system.database;
    const failed = numbers.slice(0, 4);
    await knex('batch_orders')
      .where({ batch: again.body.batch.id })
      .whereIn('order_number', failed)
      .update({ outcome: 'failed', why: 'No answer.' });
    await system.startWorker();
    expect((await ended(again.body.batch.id)).counts).toEqual({ done: 8, failed: 4 });
    const retried = await system.post(`/v1/batches/${again.body.batch.id}/retry`);
    expect(retried.status).toBe(202);
    expect((await ended(again.body.batch.id)).counts).toEqual({ done: 12 });
    for (const number of numbers) expect(await eventsOf(number, 'add-note')).toHaveLength(1);
    // An order that had done it all along gives its first answer.
    await knex('batch_orders').where({ batch: again.body.batch.id }).update({ outcome: 'failed' });
    await system.post(`/v1/batches/${again.body.batch.id}/retry`);
    expect((await ended(again.body.batch.id)).counts).toEqual({ done: 12 });
    for (const number of numbers) expect(await eventsOf(number, 'add-note')).toHaveLength(1);
  });

  it('waits for money whose outcome nobody knows, and tells it once it is known', async () => {
    const numbers = await orders(2);
    await system.gateway.post('/faults', { mode: 'down' });
    const { body } = await start({ numbers, command: { type: 'take-payment' } });
    const { id } = body.batch;
    const { counts } = await ended(id);
    expect((counts.pending ?? 0) + (counts.refused ?? 0)).toBe(2);
    await system.gateway.post('/faults', { mode: 'ok' });
    const known = await eventually(
      () => get(id),
      (batch) => !batch.counts.pending,
    );
    expect((known.counts.done ?? 0) + (known.counts.refused ?? 0)).toBe(2);
  });

  describe('is refused', () => {
    const codes = ({ status, body }: Reply) => [status, body.code];
    const pointers = ({ body }: Reply) =>
      body.errors.map((each: { pointer: string }) => each.pointer);

    it('without orders, or with both ways of choosing them', async () => {
      for (const body of [{}, { numbers: ['1'], filter: {} }, { numbers: [] }]) {
        expect(codes(await start({ ...body, command: note }))).toEqual([422, 'validation']);
      }
      const none = await start({ filter: { sku: 'NO-SUCH-SKU' }, command: note });
      expect([...codes(none), ...pointers(none)]).toEqual([422, 'validation', '/filter']);
      const odd = await start({ filter: { colour: 'red' }, command: note });
      expect([...codes(odd), ...pointers(odd)]).toEqual([422, 'validation', '/filter/colour']);
    });

    it('with a command that no order would read', async () => {
      const odd = await start({ numbers: ['1'], command: { type: 'add-note', text: ' ' } });
      expect([...codes(odd), ...pointers(odd)]).toEqual([422, 'validation', '/command/text']);
      const none = await start({ numbers: ['1'], command: { type: 'shout' } });
      expect(codes(none)).toEqual([422, 'validation']);
    });

    it('with more orders than a batch has', async () => {
      const numbers = Array.from({ length: 10_001 }, (_, index) => String(index));
      const many = await start({ numbers, command: note });
      expect([...codes(many), ...pointers(many)]).toEqual([422, 'validation', '/numbers']);
    });

    it('to everybody who may not send the command', async () => {
      for (const role of ['viewer', 'storefront']) {
        const as = await system.keyOf(role);
        const sent = await start({ numbers: ['1'], command: note }, { as });
        expect(codes(sent)).toEqual([403, 'forbidden']);
      }
    });

    it('under an id that no batch has', async () => {
      const missing = '0'.repeat(24);
      const { get: ask, post } = system;
      expect(codes(await ask(`/v1/batches/${missing}`))).toEqual([404, 'not-found']);
      expect(codes(await ask(`/v1/batches/${missing}/results`))).toEqual([404, 'not-found']);
      expect(codes(await post(`/v1/batches/${missing}/cancel`))).toEqual([404, 'not-found']);
      expect(codes(await post(`/v1/batches/${missing}/retry`))).toEqual([404, 'not-found']);
      expect(codes(await ask('/v1/batches/odd'))).toEqual([404, 'not-found']);
    });
  });
});
