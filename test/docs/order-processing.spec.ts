import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readStory } from '../../scripts/demo/story';
import { Day, stepsOf } from './day';
import { MachineCounter } from './machine-counter';
import { root } from './markdown';

const PATH = 'docs/order-processing.md';

describe('docs/order-processing.md', () => {
  const steps = stepsOf(PATH);

  it('says what each of its requests leads to, and each does', async () => {
    const day = new Day(new MachineCounter());
    const outcomes: { at: string; outcome: string }[] = [];
    for (const step of steps) {
      const outcome = await day.make(step);
      if (step.kind !== 'stock') outcomes.push({ at: step.at, outcome });
    }
    const expected = steps
      .filter(({ kind }) => kind !== 'stock')
      .map(({ at, expected: outcome }) => ({ at, outcome }));
    expect(outcomes).toEqual(expected);
  });

  const folder = join(root, 'examples/orders');
  it.each(readdirSync(folder))('tells the story of examples/orders/%s', (file) => {
    const story = readStory(join(folder, file));
    const placed = steps.findIndex(
      ({ kind, body }) => kind === 'place' && JSON.stringify(body) === JSON.stringify(story.order),
    );
    expect(placed).toBeGreaterThanOrEqual(0);
    const { heading } = steps[placed] as (typeof steps)[number];
    const commands = steps
      .filter((step) => step.kind === 'command' && step.heading === heading)
      .map(({ body }) => body);
    expect(commands).toEqual(expect.arrayContaining(story.steps.map(({ command }) => command)));
  });
});
