import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivered, Deliverer, OutboxRow, Trial } from '../../activities/delivery';
import { deliveryStart } from '../../workflows/messages';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';

const YEAR_MS = 365 * 86_400_000;

describe('a delivery that is not taken', () => {
  let orders: RunningOrders;
  let answer: (attempt: number) => Delivered | Promise<Delivered> = () => ({ outcome: 'done' });
  let trials: (Trial & { readonly at: number })[] = [];
  let givenUp: string[] = [];
  const parcel: Deliverer = {
    async deliver(_row, trial) {
      trials.push({ attempt: 0, ...trial, at: Date.now() });
      return answer(trials.length);
    },
    giveUp(_row, why) {
      givenUp.push(why);
      return Promise.resolve({ outcome: 'failed', says: why });
    },
  };
  beforeAll(async () => {
    orders = await startOrders({ deliverers: { parcel }, relay: false });
  });
  afterAll(() => orders.stop());
  beforeEach(() => {
    [trials, givenUp] = [[], []];
  });
  afterEach(() => {
    answer = () => ({ outcome: 'done' });
  });

  const aRow = (): OutboxRow => ({
    ...{ id: randomUUID(), order: null, seq: 1, topic: 'parcel', kind: 'test' },
    ...{ cause: 'x', payload: {} },
  });
  const start = (retries: readonly number[]) =>
    orders.client.workflow.start('delivery', deliveryStart(aRow(), retries, orders.taskQueue));
  const gaps = () => trials.slice(1).map(({ at }, index) => at - (trials[index]?.at ?? 0));

  it('waits by the table, give or take a fifth, and is given up after the last wait', async () => {
    answer = (attempt) => ({ outcome: 'later', says: `503, the ${attempt}.` });
    const delivery = await start([200, 1_000]);
    expect(await delivery.result()).toBe('failed: 503, the 3.');
    expect(givenUp).toEqual(['503, the 3.']);
    expect(trials.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    const [first, second, last] = trials.map(({ nextMs }) => nextMs);
    expect(Math.abs((first ?? 0) - 200)).toBeLessThanOrEqual(40);
    expect(Math.abs((second ?? 0) - 1_000)).toBeLessThanOrEqual(200);
    expect(last).toBeUndefined();
    expect(gaps()[0]).toBeGreaterThanOrEqual(160);
    expect(gaps()[1]).toBeGreaterThanOrEqual(800);
  });

  it('says in the Web UI what it waits for, and what each attempt and timer is', async () => {
    answer = (attempt) =>
      attempt === 1 ? { outcome: 'later', says: '503 Busy' } : { outcome: 'done', says: '204' };
    const delivery = await start([3_000]);
    const waiting = await eventually(
      () => delivery.query<{ currentDetails?: string }>('__temporal_workflow_metadata'),
      ({ currentDetails = '' }) => currentDetails.includes('Waiting'),
    );
    expect(waiting.currentDetails).toMatch(
      /^\*\*Waiting\*\*: parcel test: attempt 1 failed \(503 Busy\), next at \d{4}-\S+Z$/,
    );
    expect(await delivery.result()).toBe('done: 204');
    const { events } = await delivery.fetchHistory();
    const said = (events ?? []).map(({ userMetadata }) =>
      Buffer.from(userMetadata?.summary?.data ?? '').toString(),
    );
    expect(said.filter((summary) => summary !== '')).toEqual([
      '"parcel test"',
      '"parcel test"',
      '"until attempt 2 of parcel test"',
      '"parcel test: attempt 2"',
    ]);
  });

  it('is left alone for as long as the other side asks, but not for longer than the table knows', async () => {
    answer = (attempt) =>
      attempt === 1 ? { outcome: 'later', says: '429', notBeforeMs: 900 } : { outcome: 'done' };
    await (await start([50, 1_000])).result();
    expect(gaps()[0]).toBeGreaterThanOrEqual(900);
    trials = [];
    answer = (attempt) =>
      attempt === 1 ? { outcome: 'later', says: '429', notBeforeMs: YEAR_MS } : { outcome: 'done' };
    await (await start([50, 400])).result();
    expect(gaps()[0]).toBeGreaterThanOrEqual(400);
  });

  it('is tried until an end of its own where it has one, whatever the table has', async () => {
    const end = Date.now() + 2_500;
    answer = () => {
      const untilMs = end - Date.now();
      if (untilMs <= 0) return { outcome: 'failed', says: 'Too late.' };
      return { outcome: 'later', says: 'Not yet.', untilMs };
    };
    expect(await (await start([300])).result()).toBe('failed: Too late.');
    expect(givenUp).toEqual([]);
    expect(trials.length).toBeGreaterThan(2);
    trials = [];
    const soon = Date.now() + 300;
    answer = () =>
      Date.now() >= soon
        ? { outcome: 'failed', says: 'Too late.' }
        : { outcome: 'later', says: 'Not yet.', untilMs: soon - Date.now() };
    // A wait of the table that is longer is cut short.
    expect(await (await start([60_000])).result()).toBe('failed: Too late.');
  });

  it('does not count our own trouble: what is thrown is tried again soon', async () => {
    answer = (attempt) => {
      if (attempt === 1) throw new Error('The database is away.');
      return { outcome: 'done' };
    };
    expect(await (await start([])).result()).toBe('done');
    expect(trials.map(({ attempt }) => attempt)).toEqual([1, 1]);
  });

  it('that an earlier release started has no table: trying again is left to Temporal, as it was', async () => {
    answer = (attempt) =>
      attempt === 1 ? { outcome: 'later', says: 'Busy.' } : { outcome: 'done', says: 'taken' };
    const { args, ...started } = deliveryStart(aRow(), [], orders.taskQueue);
    const delivery = await orders.client.workflow.start('delivery', {
      ...started,
      args: args.slice(0, 1),
    });
    expect(await delivery.result()).toBe('done: taken');
    expect(trials.map(({ attempt }) => attempt)).toEqual([0, 0]);
  });
});
