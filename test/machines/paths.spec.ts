import { describe, expect, it } from '@jest/globals';
import { getShortestPaths, getSimplePaths } from 'xstate/graph';
import type { OrderEvent } from '../../machines/events';
import shop from '../../machines/shop';
import type { OrderContext, OrderState } from '../../machines/state';
import { breachesOf } from './invariants';
import { aLine, anOrder, moved, noon, declined, orders, unknown, type Told } from './support';

const stamp = { id: 'e', at: noon, actor: { role: 'clerk', name: 'Grace' } } as const;
const placement = anOrder({ lines: [aLine({ quantity: 1 })] });

/** What the shortest orders can meet: one line, one card, and a gateway of every mood. */
function eventsIn(moods: boolean) {
  return (snapshot: { value: unknown; context: OrderContext }): OrderEvent[] => {
    const state = snapshot as OrderState;
    const told: Told[] = [
      { type: 'place', placement },
      { type: 'take-payment' },
      { type: 'record-shipping-event', event: 'Shipped' },
      { type: 'record-shipping-event', event: 'Returned' },
      { type: 'cancel', reason: 'asked' },
      ...Object.keys(shop.orders.statuses).map((status): Told => ({ type: 'set-status', status })),
    ];
    if (state.context.movements.length > 0) {
      told.push(moved(state), ...(moods ? [declined(state), unknown(state)] : []));
    }
    return told.map((event) => ({ ...event, ...stamp }) as OrderEvent);
  };
}

/** Two states are one where the order is the same and the gateway owes the same answers. */
function serialize({ value, context }: OrderState): string {
  const { movements, lines, payments } = context;
  const flow = movements.map(({ kind, asked }) => [kind, Math.min(asked, 1)]);
  const money = payments.map(({ authorised, captured, refunded, voided }) => {
    return [authorised, captured, refunded, voided];
  });
  return JSON.stringify([value, flow, lines, money]);
}

type Snapshot = ReturnType<typeof orders.machine.getInitialSnapshot>;

function traversal(moods: boolean) {
  return {
    events: eventsIn(moods) as unknown as (snapshot: Snapshot) => OrderEvent[],
    // The machine takes only what its guards let pass; the rest leads nowhere.
    filterEvents: (snapshot: Snapshot, event: OrderEvent) => snapshot.can(event),
    serializeState: (snapshot: Snapshot) => serialize(snapshot as unknown as OrderState),
    limit: 200_000,
  };
}

describe('every path of a small order', () => {
  const shortest = getShortestPaths(orders.machine, traversal(true));
  const states = shortest.map(({ state }) => state as unknown as OrderState);

  it('reaches every status of the shop, and every phase of its money', () => {
    const reached = new Set(states.map(({ value }) => value.status));
    expect([...reached]).toEqual(
      expect.arrayContaining([...Object.keys(shop.orders.statuses), '(placing)', '(withdrawn)']),
    );
    expect(new Set(states.map(({ value }) => value.payment)).size).toBe(6);
    expect(
      new Set(states.flatMap(({ context }) => context.lines.map(({ status }) => status))),
    ).toEqual(new Set(Object.keys(shop.lines.statuses)));
  });

  it('keeps what always holds', () => {
    expect(states.flatMap((state) => breachesOf(shop, state))).toEqual([]);
  });

  it('can always come to rest', () => {
    const ends = states.filter(({ value }) => ['Complete', 'Cancelled'].includes(value.status));
    expect(ends.some(({ context }) => context.movements.length === 0)).toBe(true);
  });

  it('leads every way round to a sound end, when the gateway is willing', () => {
    const paths = getSimplePaths(orders.machine, traversal(false));
    expect(paths.length).toBeGreaterThan(20);
    for (const { state, steps } of paths) {
      const through = [...steps.map((step) => step.state), state] as unknown as OrderState[];
      expect(through.flatMap((each) => breachesOf(shop, each))).toEqual([]);
    }
  });
});
