import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { startOrders, type RunningOrders } from '../support/orders';
import { impatientShop, lives } from './lives';

const HISTORIES = join(__dirname, 'histories');
const recorded = readdirSync(HISTORIES).filter((file) => file.endsWith('.json'));

/** Set to write the lives that are played now to `histories/`, where they stay for good. */
const recording = process.env.RECORD_HISTORIES !== undefined;

async function replay(history: unknown): Promise<void> {
  const codePath = process.env.TEST_WORKFLOW_BUNDLE as string;
  await Worker.runReplayHistory({ workflowBundle: { codePath } }, history, 'order-replayed');
}

describe('lives recorded with earlier releases', () => {
  it.each(recorded)('%s: today’s workflow decides what was decided then', async (file) => {
    const history: unknown = JSON.parse(readFileSync(join(HISTORIES, file), 'utf8'));
    await expect(replay(history)).resolves.toBeUndefined();
  });

  it('are complete', () => {
    const names = recorded.map((file) => file.replace(/\.json$/, ''));
    expect(names).toEqual(expect.arrayContaining(Object.keys(lives)));
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
    const number = await lives[name]?.(orders);
    const history = await orders.handle(String(number)).fetchHistory();
    await expect(replay(history)).resolves.toBeUndefined();
    // Which machine recorded it is nobody's business.
    const text = historyToJSON(history).replaceAll(
      /"identity": "[^"]*"/g,
      '"identity": "recorded"',
    );
    if (recording) writeFileSync(join(HISTORIES, `${name}.json`), `${text}\n`);
  });
});
