import { setTimeout as sleep } from 'node:timers/promises';
import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
} from '@temporalio/client';
import type { Knex } from 'knex';
import { listFeeds } from '../../db/partners/feeds';
import { feedScheduleIdOf, pickUpStart } from '../../workflows/messages';

/** How often it is looked whether partners have other feeds. */
const LOOK_MS = 10_000;

export interface SchedulesOptions {
  readonly client: Client;
  readonly taskQueue: string;
  readonly knex: Knex;
  /** Told why schedules could not be kept; it is tried again by itself. */
  readonly onError?: (error: unknown) => void;
  /** 10 s unless said. */
  readonly lookMs?: number;
}

/** Has Temporal pick up what partners say as often as the registry says, however many workers ask for it. */
export function keepFeedSchedules(options: SchedulesOptions): { stop(): Promise<void> } {
  const { client, taskQueue, knex, onError = () => undefined, lookMs = LOOK_MS } = options;
  const ending = new AbortController();
  /** What this process has seen to, by code: 0 for no schedule. */
  const kept = new Map<string, number>();

  async function keep(code: string, everySeconds: number): Promise<void> {
    const scheduleId = feedScheduleIdOf(code, taskQueue);
    const handle = client.schedule.getHandle(scheduleId);
    if (everySeconds === 0) {
      await handle.delete().catch((error: unknown) => {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
      });
      return;
    }
    const spec = { intervals: [{ every: everySeconds * 1_000 }] };
    // Where one still runs there is no need of another, and what was missed the next one has.
    const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' } as const;
    const start = pickUpStart(code, taskQueue);
    const action = { type: 'startWorkflow', workflowType: 'pickUp', ...start } as const;
    try {
      await client.schedule.create({ scheduleId, spec, policies, action });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await handle.update((before) => ({ ...before, spec, policies, action }));
    }
  }

  async function keepAll(): Promise<void> {
    for (const { code, everySeconds = 0 } of await listFeeds(knex)) {
      if (kept.get(code) === everySeconds) continue;
      await keep(code, everySeconds);
      kept.set(code, everySeconds);
    }
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      await keepAll().catch(onError);
      await sleep(lookMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}
