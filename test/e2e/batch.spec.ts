import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { call } from '../../scripts/demo/system';
import { persist } from '../../scripts/torture/client';
import { dataFolder, startEverything, type Everything } from '../../scripts/torture/running';
import { alone, TURN_WITHIN_MS } from '../support/alone';
import { eventually } from '../support/eventually';

const COUNT = 60;

describe('a batch whose processes are killed in the middle', () => {
  const { dataDir, remove } = dataFolder();
  let everything: Everything;
  let release: () => void;
  beforeAll(async () => {
    release = await alone();
    everything = await startEverything(dataDir);
  }, TURN_WITHIN_MS);
  afterAll(async () => {
    await everything.stop();
    release();
    remove();
  });

  const get = async (path: string) => (await call(everything.system, 'GET', path)).body as any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into bodies whose shape they are there to check

  it('goes on where it was, and each order has the command once', async () => {
    const numbers = Array.from({ length: COUNT }, (_, index) => `batch-${index + 1}`);
    const line = { id: 'A', sku: 'B-1', title: 'Mug', quantity: 1, trackStock: false };
    const place = (number: string) => {
      const order = {
        ...{ number, currency: 'GBP', customer: {} },
        lines: [{ ...line, unitPrice: { exclTax: 100, inclTax: 100 } }],
        total: { exclTax: 100, inclTax: 100 },
      };
      return persist(everything, '/v1/orders', order, `place-${number}`);
    };
    await Promise.all(numbers.map(place));
    const command = { type: 'add-note', text: 'Recalled.' };
    const { body } = await persist(everything, '/v1/batches', { numbers, command }, 'recall');
    const { id } = body.batch as { id: string };
    const counts = async () => (await get(`/v1/batches/${id}`)).batch.counts;
    await eventually(counts, ({ done = 0 }) => done > 0);
    everything.signal('worker', 'SIGKILL');
    const afterKill = await counts();
    expect(afterKill.done).toBeLessThan(COUNT);
    everything.signal('api', 'SIGKILL');
    await pause(500);
    await eventually(
      () => counts().catch(() => ({})),
      ({ done }) => done === COUNT,
      120_000,
    );
    const { results } = await get(`/v1/batches/${id}/results?limit=100`);
    expect(results.map(({ number }: { number: string }) => number)).toEqual(numbers);
    for (const number of numbers) {
      const { events } = await get(`/v1/orders/${number}/events`);
      const notes = events.filter(({ type }: { type: string }) => type === 'add-note');
      expect([number, notes.length]).toEqual([number, 1]);
    }
    expect(everything.said()).toContain('worker');
  }, 300_000);
});
