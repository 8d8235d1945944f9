import type { Client } from '@temporalio/client';
import { cpuBetween, usage } from './processes';
import type { System } from './system';
import type { Variant, VariantName } from './variants';

export const steps = ['place', 'pay', 'ship'] as const;
export type StepName = (typeof steps)[number];

/** What one variant did at one concurrency in one round. */
export interface Block {
  readonly variant: VariantName;
  readonly atOnce: number;
  readonly round: number;
  readonly orders: number;
  readonly seconds: number;
  /** Milliseconds from sending to the answer, of every order. */
  readonly latencies: Readonly<Record<StepName, readonly number[]>>;
  /** CPU seconds by process. */
  readonly cpu: Readonly<Record<string, number>>;
  readonly history: History;
}

/** Of the last order of a block. */
export interface History {
  readonly events: number;
  readonly bytes: number;
}

interface BlockPlan {
  readonly variant: Variant;
  readonly atOnce: number;
  readonly round: number;
  readonly orders: number;
}

const HISTORY_WITHIN_MS = 10_000;
let numbered = 0;

/** Sends so many orders through, so many at once, and measures. */
export async function runBlock(
  system: System,
  client: Client,
  { variant, atOnce, round, orders }: BlockPlan,
): Promise<Block> {
  const latencies: Record<StepName, number[]> = { place: [], pay: [], ship: [] };
  let left = orders;
  let last = '';
  const sender = async () => {
    while (left > 0) {
      left -= 1;
      numbered += 1;
      last = `bench-${numbered}`;
      const number = last;
      for (const step of steps) {
        const before = performance.now();
        await variant[step](number);
        latencies[step].push(performance.now() - before);
      }
    }
  };
  const before = usage(system.dataDir);
  const start = performance.now();
  await Promise.all(Array.from({ length: Math.min(atOnce, orders) }, sender));
  const seconds = (performance.now() - start) / 1000;
  const cpu = cpuBetween(before, usage(system.dataDir));
  const history = await historyOf(client, variant.workflowIdOf(last));
  return { variant: variant.name, atOnce, round, orders, seconds, latencies, cpu, history };
}

/** Waits until the order's workflow has ended, since its end is an event too. */
async function historyOf(client: Client, workflowId: string): Promise<History> {
  const end = Date.now() + HISTORY_WITHIN_MS;
  for (;;) {
    const { historyLength, historySize, status } = await client.workflow
      .getHandle(workflowId)
      .describe();
    if (status.name === 'COMPLETED') return { events: historyLength, bytes: historySize ?? 0 };
    if (Date.now() > end) throw new Error(`${workflowId} is still ${status.name}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
