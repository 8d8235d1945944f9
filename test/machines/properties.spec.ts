import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import shop from '../../machines/shop';
import { balanceOf } from '../../machines/payment/balance';
import { preview, replay, unplaced } from '../../machines/step';
import { anyCommand, anyLife, anyPlacement, eventFor, type Life } from './arbitraries';
import { breachesOf, Watched } from './invariants';
import type { Accepted } from '../../machines/step';
import type { Shop } from '../../machines/table';
import { deadlineOf } from '../../machines/undoing/waiting';
import { bakery } from './shops';
import { desk, factsOf, noon } from './support';

/** The default shop, with time to think again. */
const patient: Shop = {
  ...shop,
  undo: { 'take-payment': { hours: 1 }, refund: { hours: 1 }, cancel: { hours: 2 } },
};

const stamp = { id: 'placing', at: noon, actor: { role: 'storefront', name: 'web' } } as const;

describe.each([
  ['the default shop', shop, 1],
  ['a shop in other words', bakery, 1],
  ['a shop that lets commands be undone', patient, 0.3],
])('an order of %s', (_, table, part) => {
  const { orders, act, tell } = desk(table);
  const placement = anyPlacement(table.orders.initial);

  /** Lives an order through, checking every step. */
  const live = (placing: Parameters<typeof act>[1], life: Life): Watched => {
    const order = new Watched(orders, unplaced(orders));
    order.take({ ...placing, ...stamp } as Parameters<Watched['take']>[0]);
    life.forEach((happening, n) => {
      const event = eventFor(table, order.state, happening, n);
      if (event) order.take(event);
    });
    return order;
  };

  /** A command that waits, once it is done. */
  const lastOf = (first: Accepted): Accepted => {
    const [waits] = factsOf(first, 'command-waits');
    if (!waits) return first;
    const name = deadlineOf({ event: { id: waits.command } });
    const stamped = { ...stamp, id: 'wish/preview', at: waits.until, cause: waits.command };
    const last = act(first.state, { type: 'deadline', name, ...stamped });
    return { ...last, facts: [...first.facts, ...last.facts] };
  };

  it('keeps what always holds, whatever happens to it', () => {
    fc.assert(
      fc.property(placement, anyLife(table), (placed, life) => {
        live({ type: 'place', placement: placed }, life);
      }),
      { numRuns: 1000 * part },
    );
  });

  it('is where its accepted events lead, folded again', () => {
    fc.assert(
      fc.property(placement, anyLife(table), (placed, life) => {
        const order = live({ type: 'place', placement: placed }, life);
        expect(replay(orders, order.accepted).state).toEqual(order.state);
      }),
      { numRuns: 300 * part },
    );
  });

  it('does what its preview said, when the gateway is willing', () => {
    fc.assert(
      fc.property(placement, anyLife(table), anyCommand(table), (placed, life, command) => {
        const { state } = live({ type: 'place', placement: placed }, life);
        const event = { ...command, ...stamp, id: 'wish' };
        const shown = preview(orders, state, event);
        expect(shown.outcome).toBe(tell(state, event).outcome);
        if (shown.outcome !== 'accepted') return;
        const { state: after, facts } = lastOf(act(state, event));
        expect(after).toEqual(shown.state);
        expect(facts).toEqual(shown.facts);
        expect(breachesOf(table, after)).toEqual([]);
      }),
      { numRuns: 500 * part },
    );
  });

  it('owes its total once it is placed, whatever its discounts and charges', () => {
    fc.assert(
      fc.property(placement, (placed) => {
        const { state } = act(unplaced(orders), { type: 'place', placement: placed });
        expect(balanceOf(table, state.context).owed).toBe(placed.total.inclTax);
      }),
      { numRuns: 300 * part },
    );
  });
});
