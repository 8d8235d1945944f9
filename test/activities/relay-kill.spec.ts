import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Deliverer } from '../../activities/delivery';
import { createStarter } from '../../activities/relay/temporal';
import { nodeCommand } from '../../scripts/parts/node-part';
import type { Death } from '../support/dying-relay';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { quickRetries } from '../support/retries';

const FILE = join(__dirname, '../support/dying-relay.ts');
const MANY = 1_000;
const KILLS = 6;

describe('relays that are killed', () => {
  let orders: RunningOrders;
  const delivered: string[] = [];
  const parcel: Deliverer = {
    deliver({ id }) {
      delivered.push(id);
      return Promise.resolve({ outcome: 'done' });
    },
    giveUp: () => Promise.resolve({ outcome: 'failed' }),
  };
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    orders = await startOrders({ deliverers: { parcel }, relay: false });
  });
  afterEach(() => Promise.all(children.splice(0).map(kill)));
  afterAll(() => orders.stop());

  function relayProcess(death: Death) {
    const given = {
      databaseUrl: orders.database.url,
      temporal: process.env.TEST_TEMPORAL_ADDRESS,
      taskQueue: orders.taskQueue,
      ...{ topic: 'parcel', death },
    };
    const { file, args, environment } = nodeCommand(FILE, [JSON.stringify(given)]);
    const child = spawn(file, args, {
      env: environment,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    children.push(child);
    return { child, ready: once(child, 'message') };
  }
  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Commits that owe something, each in a row about no order. */
  async function owe(count = 1): Promise<string[]> {
    const ids = Array.from({ length: count }, () => randomUUID());
    const row = { seq: 1, topic: 'parcel', kind: 'test', payload: {} };
    const rows = ids.map((id) => ({ ...row, id, cause: id }));
    await orders.database.knex.batchInsert('outbox', rows, 200);
    return ids;
  }
  const left = async (ids: readonly string[]) => {
    const rows = orders.database.knex('outbox').whereIn('id', ids);
    return (await rows.whereNull('started_at').select<{ id: string }[]>('id')).length;
  };
  const handedOver = (ids: readonly string[]) =>
    eventually(
      () => left(ids),
      (count) => count === 0,
      60_000,
    );
  const times = (id: string) => delivered.filter((each) => each === id).length;
  const runsOf = (id: string) =>
    orders.client.workflow.count(
      `TaskQueue = '${orders.taskQueue}' and WorkflowId = 'delivery-${id}'`,
    );
  async function expectOnce(id: string): Promise<void> {
    expect(await orders.client.workflow.getHandle(`delivery-${id}`).result()).toBe('done');
    const { count } = await eventually(
      () => runsOf(id),
      ({ count: runs }) => runs > 0,
    );
    expect([count, times(id)]).toEqual([1, 1]);
  }

  it.each([
    ['before the delivery is started', 'claimed', 0],
    ['after Temporal has started the delivery and before the row is marked', 'started', 1],
  ] as const)('%s leave the row to the next', async (_, death, deliveries) => {
    const [id = ''] = await owe();
    expect(await once(relayProcess(death).child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await left([id])).toBe(1);
    await eventually(
      () => Promise.resolve(times(id)),
      (count) => count === deliveries,
    );
    relayProcess('never');
    await handedOver([id]);
    await expectOnce(id);
  });

  it('after the mark leave nothing to the next', async () => {
    const [id = ''] = await owe();
    const first = relayProcess('never');
    await handedOver([id]);
    await kill(first.child);
    const next = orders.startRelay();
    const [other = ''] = await owe();
    await handedOver([other]);
    await next.stop();
    await expectOnce(id);
    await expectOnce(other);
  });

  it('start once what Temporal started though its answer was lost', async () => {
    const start = createStarter(orders.client, orders.taskQueue, quickRetries);
    let lost = 0;
    const [id = ''] = await owe();
    const relay = orders.startRelay(async (row) => {
      await start(row);
      if (lost === 2) return;
      lost += 1;
      throw new Error('14 UNAVAILABLE: Connection dropped');
    });
    await handedOver([id]);
    await relay.stop();
    await expectOnce(id);
  });

  it(`hand over each of ${MANY} rows once, three at a time, while one after the other is killed`, async () => {
    const ids = await owe(MANY);
    const relays = [relayProcess('never'), relayProcess('never'), relayProcess('never')];
    let kills = 0;
    while (kills < KILLS && (await left(ids)) > 0) {
      const victim = relays.shift();
      await victim?.ready;
      await pause(100);
      if (victim) await kill(victim.child);
      relays.push(relayProcess('never'));
      kills += 1;
    }
    await handedOver(ids);
    const mine = () => delivered.filter((id) => ids.includes(id));
    await eventually(
      () => Promise.resolve(mine().length),
      (count) => count >= MANY,
      60_000,
    );
    const started = async () => {
      const query = `TaskQueue = '${orders.taskQueue}' and WorkflowType = 'delivery'`;
      const all: string[] = [];
      for await (const { workflowId } of orders.client.workflow.list({ query })) {
        all.push(workflowId.replace('delivery-', ''));
      }
      return all.filter((id) => ids.includes(id));
    };
    const runs = await eventually(started, ({ length }) => length >= MANY, 60_000);
    expect(kills).toBeGreaterThan(0);
    expect(runs.toSorted()).toEqual(ids.toSorted());
    expect(mine().toSorted()).toEqual(ids.toSorted());
  }, 180_000);
});
