import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import bookshop from '../../examples/bookshop';
import defaultShop from '../../machines/shop';
import { startSystem, type System } from '../support/system';
import { Day, stepsOf } from './day';
import { root } from './markdown';
import { SystemCounter } from './system-counter';

describe.each([
  ['docs/order-processing.md', undefined, defaultShop],
  ['docs/customising.md', join(root, 'examples/bookshop.ts'), bookshop],
])('%s, followed by a reader over HTTP', (path, shop, { numbers }) => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem(shop === undefined ? {} : { shop });
  });
  afterAll(() => system.stop());

  it('leads where it says', async () => {
    const day = new Day(await SystemCounter.at(system, numbers));
    for (const step of stepsOf(path)) {
      const outcome = await day.make(step);
      expect({ at: step.at, outcome }).toEqual({ at: step.at, outcome: step.expected ?? '' });
    }
  });
});
