import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { startOrders, type RunningOrders } from '../support/orders';
import { impatientShop, lives } from './lives';

const HISTORIES = join(__dirname, 'histories');
const recorded = readdirSync(HISTORIES).filter((file) => file.endsWith('.json'));

/** Set to write the lives that are played now to `histories/`, where they stay for good. */
const recording = process.env.RECORD_HISTORIES !== undefined;

const { History } = temporal.api.history.v1;
type Life = temporal.api.history.v1.History;

/** Processes are named after their machine, which is nobody's business. */
const anonymous = (_: string, value: unknown) =>
  typeof value === 'string' ? value.replace(/^\d+@[^:]+/, 'recorded') : value;

function written(life: Life): string {
  const plain = History.toObject(life, { longs: String, enums: String, bytes: String });
  return JSON.stringify(plain, anonymous, 1);
}

function read(file: string): Life {
  return History.fromObject(JSON.parse(readFileSync(join(HISTORIES, file), 'utf8')) as object);
}

async function replay(life: Life): Promise<void> {
  const codePath = process.env.TEST_WORKFLOW_BUNDLE as string;
  await Worker.runReplayHistory({ workflowBundle: { codePath } }, life, 'order-replayed');
}

describe('lives recorded with earlier releases', () => {
  it.each(recorded)('%s: today’s workflow decides what was decided then', async (file) => {
    await expect(replay(read(file))).resolves.toBeUndefined();
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
    const lived = (await lives[name]?.(orders)) ?? '';
    const { number, runId } =
      typeof lived === 'string' ? { number: lived, runId: undefined } : lived;
    const life = History.fromObject(await orders.handle(number, runId).fetchHistory());
    await expect(replay(life)).resolves.toBeUndefined();
    if (recording) writeFileSync(join(HISTORIES, `${name}.json`), `${written(life)}\n`);
  });
});
