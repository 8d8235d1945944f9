import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startOrders, type RunningOrders } from '../support/orders';
import { keep, read, recorded, replay } from './history-files';
import { impatientShop, lives } from './lives';

describe('lives recorded with earlier releases', () => {
  it.each(recorded)('%s: today’s workflow decides what was decided then', async (name) => {
    await expect(replay(read(name))).resolves.toBeUndefined();
  });

  it('are complete', () => {
    expect(recorded).toEqual(expect.arrayContaining(Object.keys(lives)));
  });
});

describe('lives played now', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders({ shop: impatientShop });
    await orders.stock('MUG-1', 1000);
  });
  afterAll(() => orders.stop());

  it.each(Object.keys(lives))('%s: replays as it was lived', async (name) => {
    const lived = (await lives[name]?.(orders)) ?? '';
    const { number, runId } =
      typeof lived === 'string' ? { number: lived, runId: undefined } : lived;
    const life = await orders.handle(number, runId).fetchHistory();
    await expect(replay(life)).resolves.toBeUndefined();
    keep(name, life);
  });
});
