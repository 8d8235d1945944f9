import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readStory, tell } from '../../scripts/demo/story';
import { startSystem, type System } from '../support/system';
import { root } from './markdown';

const folder = join(root, 'examples/orders');

describe('npm run demo', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
    // The tests of a run share one Temporal, and an order's number names its workflow.
    const first = randomInt(1_000_000_000, 9_000_000_000);
    await system.database.knex.raw(`alter sequence order_numbers restart with ${first}`);
  });
  afterAll(() => system.stop());

  it.each(readdirSync(folder))('tells examples/orders/%s, which ends as it says', async (file) => {
    const told: string[] = [];
    const story = readStory(join(folder, file));
    const order = await tell({ api: system.url, key: system.adminKey }, story, (text) => {
      told.push(text);
    });
    const { ends } = story;
    const problem = 'problem' in ends ? ends.problem : undefined;
    const end = order && {
      status: order.status,
      payment: order.payment.status,
      shipping: order.shipping.summary,
    };
    expect(end ?? { problem }).toEqual(ends);
    expect(told.join('\n')).toContain(problem ?? 'what came of it');
    expect(told.join('\n')).toContain(story.title);
  });
});
