import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawnAudit, drawnInTheEnd } from '../../scripts/automated/drawing';
import { isOver, parcelsOf } from '../../scripts/automated/reading';
import { runAutomated, type Outcome } from '../../scripts/automated/run';
import { dataFolder, partNames } from '../../scripts/torture/running';
import { alone, TURN_WITHIN_MS } from '../support/alone';

/** As `npm run demo:automated -- --orders 8 --seed 3 --kill`. */
const [ORDERS, SEED] = [8, 3];

describe('an automated day, while partners misbehave and each of our processes is killed', () => {
  const { dataDir, remove } = dataFolder();
  const said: string[] = [];
  let release: () => void;
  let outcome: Outcome;
  beforeAll(async () => {
    release = await alone();
    const say = (line: string) => void said.push(line);
    const screen = { rows: 40, isLive: false, draw: () => undefined, say };
    outcome = await runAutomated({ seed: SEED, orders: ORDERS, kill: true, dataDir, screen });
  }, TURN_WITHIN_MS + 500_000);
  afterAll(() => {
    release();
    remove();
  });

  it('ends with every order complete, each with its parcels', () => {
    const orders = outcome.rows.flatMap(({ order }) => order ?? []);
    expect(orders.filter(isOver)).toHaveLength(ORDERS);
    expect(orders.flatMap(parcelsOf).length).toBeGreaterThanOrEqual(ORDERS / 2);
  });

  it('adds up: letters, messages, parcels, charges and stock, on both sides', () => {
    const { findings } = outcome;
    expect(findings.flatMap(({ about, faults }) => faults.map((f) => `${about}: ${f}`))).toEqual(
      [],
    );
  });

  it('killed each process, and had a partner down for the first half', () => {
    const page = said.join('\n');
    for (const part of partNames) expect(page).toContain(`${part} is killed`);
    expect(page).toMatch(/oak is down[^]*oak is up again/);
  });

  it('prints every order with its parcels, and the audit', () => {
    const parcels = outcome.rows.flatMap(({ order }) => (order ? parcelsOf(order) : []));
    const page = `${drawnInTheEnd(outcome.rows)}\n${drawnAudit(outcome.findings)}`;
    for (const { tracking } of parcels) expect(page).toContain(tracking?.number);
    expect(page).toContain('Everything adds up.');
  });
});
