import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Deliverer, OutboxRow } from '../../activities/delivery';
import type { Relay } from '../../activities/relay/relay';
import { createStarter } from '../../activities/relay/temporal';
import { startProxy } from '../api/proxy';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aLine, aPlacement } from '../support/placements';
import { quickRetries } from '../support/retries';

const offline = {
  lines: [aLine({ trackStock: false })],
  payments: [{ gateway: 'offline', method: 'bank-transfer' }],
};

describe('the relay', () => {
  let orders: RunningOrders;
  let relays: Relay[] = [];
  const delivered: string[] = [];
  const message: Deliverer = {
    async deliver({ id }) {
      delivered.push(id);
      return { outcome: 'done', says: 'handed over' };
    },
    giveUp: async () => ({ outcome: 'failed' }),
  };
  beforeAll(async () => {
    orders = await startOrders({ deliverers: { message }, relay: false });
  });
  afterAll(async () => {
    await stopRelays();
    await orders.stop();
  });
  beforeEach(async () => {
    await stopRelays();
    delivered.length = 0;
  });

  async function stopRelays(): Promise<void> {
    await Promise.all(relays.map((relay) => relay.stop()));
    relays = [];
  }
  const starter = () => createStarter(orders.client, orders.taskQueue, quickRetries);
  const relayWith = (start?: (row: OutboxRow) => Promise<void>) =>
    relays.push(orders.startRelay(start));
  const place = async () => {
    const placement = aPlacement(offline);
    await orders.place(placement);
    return placement.number;
  };
  const rowsOf = (number: string) =>
    orders.database
      .knex<OutboxRow & { started_at: string | null; order_number: string }>('outbox')
      .where('order_number', number);
  const started = (number: string) =>
    eventually(
      () => rowsOf(number),
      (rows) => rows.length > 0 && rows.every((row) => row.started_at !== null),
    );
  const isDelivered = (id: string) =>
    eventually(
      async () => delivered.includes(id),
      (is) => is,
    );

  it('starts a delivery for each row soon after its commit, shown in words in Temporal', async () => {
    relayWith();
    const number = await place();
    const [row] = await started(number);
    const handle = orders.client.workflow.getHandle(`delivery-${row?.id}`);
    expect(await handle.result()).toBe('done: handed over');
    expect(delivered).toEqual([row?.id]);
    const { events } = await handle.fetchHistory();
    const said = (events ?? []).map(({ userMetadata }) =>
      Buffer.from(userMetadata?.summary?.data ?? '').toString(),
    );
    expect(said).toContain(`"message order-placed of order ${number}"`);
    expect(said).toContain('"message order-placed"');
  });

  it('starts a row once, though it dies between starting and marking', async () => {
    let deaths = 0;
    const start = starter();
    relayWith(async (row) => {
      await start(row);
      if (deaths > 0) return;
      deaths += 1;
      // The connection that was to mark the row is gone, and the transaction with it.
      await orders.database.knex.raw(`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'conveyor relay' and state = 'idle in transaction'
          and datname = current_database()`);
    });
    const number = await place();
    const [row] = await started(number);
    await isDelivered(row?.id as string);
    await stopRelays();
    relayWith();
    const again = await place();
    await started(again);
    expect([deaths, delivered.filter((id) => id === row?.id)]).toEqual([1, [row?.id]]);
  });

  it('shares the rows with other relays: each is started by one', async () => {
    const starts: string[] = [];
    const start = starter();
    for (let count = 0; count < 3; count += 1) {
      relayWith(async (row) => {
        starts.push(row.id);
        await start(row);
      });
    }
    const numbers = await Promise.all(Array.from({ length: 25 }, place));
    const rows = (await Promise.all(numbers.map(started))).flat();
    expect(starts.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    await Promise.all(rows.map(({ id }) => isDelivered(id)));
    expect(new Set(delivered).size).toBe(delivered.length);
  });

  it('lets rows wait while Temporal is away, and starts them when it is back', async () => {
    const road = await startProxy(process.env.TEST_TEMPORAL_ADDRESS as string);
    const connection = Connection.lazy({ address: road.address });
    road.cut();
    relayWith(createStarter(new Client({ connection }), orders.taskQueue, quickRetries));
    const number = await place();
    expect((await rowsOf(number)).map(({ started_at }) => started_at)).toEqual([null]);
    road.mend();
    const [row] = await started(number);
    await isDelivered(row?.id as string);
    await connection.close();
    await road.stop();
  });

  it('finds what was written while no relay ran, and past a row that cannot be started', async () => {
    const stuck = await place();
    const number = await place();
    const start = starter();
    relayWith((row) =>
      row.order === stuck ? Promise.reject(new Error('Too large.')) : start(row),
    );
    await started(number);
    expect((await rowsOf(stuck)).map(({ started_at }) => started_at)).toEqual([null]);
  });

  it('leaves rows of topics that nothing delivers yet where they are', async () => {
    const number = await place();
    await orders.database.knex('outbox').insert({
      ...{ order_number: number, seq: 1, topic: 'pigeon', kind: 'order-placed', cause: 'x' },
      payload: {},
    });
    relayWith();
    const waiting = await eventually(
      () => rowsOf(number).whereNull('started_at'),
      (rows) => rows.length === 1,
    );
    expect(waiting.map(({ topic }) => topic)).toEqual(['pigeon']);
  });
});

describe('a delivery', () => {
  let orders: RunningOrders;
  let attempts = 0;
  const message: Deliverer = {
    async deliver({ id, kind, order }) {
      attempts += 1;
      if (attempts === 1) throw new Error('The line is busy.');
      const why = `550 Nobody of that name, says the server of order ${order}.`;
      return {
        outcome: 'failed',
        says: why,
        report: { type: 'message.failed', message: id, kind, why },
      };
    },
    giveUp: async () => ({ outcome: 'failed' }),
  };
  beforeAll(async () => {
    orders = await startOrders({ deliverers: { message } });
  });
  afterAll(() => orders.stop());

  it('is tried again, and tells its order once what became of it, however often it says so', async () => {
    const { number } = aPlacement();
    await orders.place(aPlacement({ ...offline, number }));
    const attention = async () => (await orders.stored(number))?.state.context.attention ?? [];
    const [asked] = await eventually(attention, ({ length }) => length > 0);
    expect(asked).toMatchObject({
      reason: 'message-failed',
      text: `The customer was not sent order-placed: 550 Nobody of that name, says the server of order ${number}.`,
    });
    expect(attempts).toBe(2);

    const [row] = await orders.database.knex('outbox').where('order_number', number);
    const { id, cause } = row as { id: string; cause: string };
    const [event] = await orders.database
      .knex('events')
      .where({ order_number: number, type: 'message.failed' });
    expect(event).toMatchObject({ actor_name: 'delivery', cause, event_id: `outbox ${id}` });

    const report = { type: 'message.failed', message: id, kind: 'order-placed', why: 'Again.' };
    await orders.handle(number).signal('report', report, { id: `outbox ${id}`, cause });
    await orders.handle(number).signal('report', { type: 'message.lost' }, {});
    await orders.send(number, { type: 'add-note', text: 'After the signals.' });
    expect(await attention()).toHaveLength(1);
    expect(await orders.history(number)).toEqual([
      'place',
      'message.failed',
      'malformed refused',
      'add-note',
    ]);
  });

  it('wakes an order that sleeps, which knows a report from an earlier life', async () => {
    const { number } = aPlacement();
    await orders.place(aPlacement({ ...offline, number }));
    const failures = async () =>
      (await orders.history(number)).filter((type) => type === 'message.failed').length;
    await eventually(failures, (count) => count === 1);
    await orders.send(number, { type: 'cancel', reason: 'Changed my mind.' });
    await eventually(failures, (count) => count === 2);
    await orders.handle(number).result();
    const [row] = await orders.database.knex('outbox').where('order_number', number);
    const { id } = row as { id: string };
    const report = { type: 'message.failed', message: id, kind: 'order-placed', why: 'Again.' };
    await orders.report(number, report, `outbox ${id}`);
    await orders.handle(number).result();
    expect(await failures()).toBe(2);
    expect((await orders.history(number)).at(-1)).not.toBe('message.failed refused');
  });
});
