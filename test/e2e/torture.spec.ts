import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inMarkdown, type Report } from '../../scripts/torture/report';
import { torture } from '../../scripts/torture/run';
import { dataFolder } from '../../scripts/torture/running';
import { alone, TURN_WITHIN_MS } from '../support/alone';

const ORDERS = 32;
/** Said by a failing run, so that it can be run again: npm run torture -- --orders 32 --seed … --keep. */
const SEED = 20;

describe(`orders of seed ${SEED}, lived while every part is killed`, () => {
  const { dataDir, remove } = dataFolder();
  const said: string[] = [];
  let release: () => void;
  let report: Report;
  beforeAll(async () => {
    release = await alone();
    const say = (line: string) => void said.push(line);
    report = await torture({
      ...{ seed: SEED, orders: ORDERS, atOnce: ORDERS, pauseMs: 3_000, dataDir, say },
    });
  }, TURN_WITHIN_MS + 600_000);
  afterAll(() => {
    release();
    remove();
  });

  it('are charged, refunded and let go once each, to the unit, on both sides (django-oscar, killed at random: 36 of 100 charged twice)', () => {
    expect(report.differences).toEqual([]);
    expect(report.moved.capture).toBeGreaterThan(ORDERS / 2);
  });

  it('met each part dead at least once', () => {
    expect(Object.values(report.kills).every((count) => count > 0)).toBe(true);
  });

  it('are reported with seed, digests, kills and cards', () => {
    const page = inMarkdown(report);
    expect(said[0]).toContain(report.digests.lives);
    for (const part of [report.digests.kills, 'kill -9', 'tok_slow', 'KWD', 'differences | 0']) {
      expect(page).toContain(part);
    }
  });
});
