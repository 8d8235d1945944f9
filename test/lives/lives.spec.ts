import { describe, expect, it } from '@jest/globals';
import { cards } from '../../scripts/lives/cards';
import { livesOf } from '../../scripts/lives/lives';
import { digestOf } from '../../scripts/torture/digest';
import { killSchedule } from '../../scripts/torture/kills';
import { partNames } from '../../scripts/torture/running';

const add = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

describe('a seed', () => {
  it('decides every life and every kill: the same seed, the same of both', () => {
    expect(livesOf(7, 50)).toEqual(livesOf(7, 50));
    expect(killSchedule(7, 50, 1000)).toEqual(killSchedule(7, 50, 1000));
    expect(digestOf(livesOf(7, 50))).toBe(digestOf(livesOf(7, 50)));
  });

  it('decides them otherwise than another seed', () => {
    expect(digestOf(livesOf(7, 50))).not.toBe(digestOf(livesOf(8, 50)));
    expect(digestOf(killSchedule(7, 50, 1000))).not.toBe(digestOf(killSchedule(8, 50, 1000)));
  });

  it('gives an order the same life however many others there are', () => {
    expect(livesOf(7, 500).slice(0, 5)).toEqual(livesOf(7, 5));
  });
});

describe('a schedule of kills', () => {
  it('kills each part among its first five, and a worker twice as often as any other', () => {
    const parts = killSchedule(3, 300, 1000).flatMap((kill) => kill.parts);
    expect(parts.slice(0, 5).sort()).toEqual([...partNames].sort());
    const count = (name: string) => parts.filter((part) => part === name).length;
    expect(count('worker')).toBeGreaterThan(count('postgres') * 1.7);
    expect(Math.min(...partNames.map(count))).toBeGreaterThan(40);
  });

  it('kills two parts at one moment now and then, and some while they start', () => {
    const kills = killSchedule(3, 300, 1000);
    expect(kills.some(({ parts }) => parts.length === 2)).toBe(true);
    expect(kills.some(({ waits }) => !waits)).toBe(true);
  });

  it('waits between two kills about as long as it is told to', () => {
    const waits = killSchedule(3, 500, 1000).map(({ afterMs }) => afterMs);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(250);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1750);
    expect(add(waits) / waits.length).toBeGreaterThan(900);
  });
});

describe('the lives of a thousand orders', () => {
  const lives = livesOf(1, 1000);
  const steps = lives.flatMap((life) => life.steps);
  const every = <Item>(items: readonly Item[]) => new Set(items);

  it('meet every card, three currencies, two cards at once, every command and every kind of caller', () => {
    expect(every(lives.flatMap(({ tokens }) => tokens)).size).toBe(cards.length);
    expect(every(lives.map(({ request }) => request.currency))).toEqual(
      new Set(['GBP', 'JPY', 'KWD']),
    );
    expect(lives.some(({ tokens }) => tokens.length === 2)).toBe(true);
    expect(every(steps.map(({ command }) => command.type))).toEqual(
      new Set(['take-payment', 'record-shipping-event', 'refund', 'cancel']),
    );
    expect(every(steps.map(({ callers }) => callers))).toEqual(new Set(['one', 'twice', 'rivals']));
  });

  it('add up: what is captured was authorised, what is refunded was captured, to the unit', () => {
    for (const { number, ending, request } of lives) {
      const moved = (kind: string) =>
        add(
          (ending?.movements ?? [])
            .filter((movement) => movement.startsWith(`${kind} `))
            .map((movement) => Number(movement.split(' ')[1])),
        );
      const [authorised, captured] = [moved('authorisation'), moved('capture')];
      expect([number, authorised]).toEqual([number, ending ? request.total.inclTax : 0]);
      expect(captured + moved('void')).toBeLessThanOrEqual(authorised);
      expect(moved('refund')).toBeLessThanOrEqual(captured);
    }
  });

  it('send each command under a key of its own', () => {
    expect(every(steps.map(({ key }) => key)).size).toBe(steps.length);
  });
});
