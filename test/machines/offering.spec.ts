import { describe, expect, it } from '@jest/globals';
import { actionsOf } from '../../machines/offering/actions';
import type { OrderState } from '../../machines/state';
import { noon, orders, placed, play } from './support';

const clerk = { role: 'clerk', name: 'Grace' } as const;
const offered = (state: OrderState) =>
  actionsOf(orders, state, { id: 'x', at: noon, actor: clerk });
const labelled = (state: OrderState, label: string) =>
  offered(state).find((action) => action.label === label);
const primaryOf = (state: OrderState) =>
  offered(state)
    .filter(({ primary }) => primary)
    .map(({ label }) => label);

const paid = play(placed(), { type: 'take-payment' });
const shipped = play(paid, { type: 'record-shipping-event', event: 'Shipped' });

describe('what is next', () => {
  it('follows the order: its money, its goods, and then nothing that must be', () => {
    expect(primaryOf(placed())).toEqual(['Take payment']);
    expect(primaryOf(paid)).toEqual(['Mark as shipped']);
    expect(primaryOf(shipped)).toEqual([]);
  });

  it('is the release of an order on hold, and the goods of a return that is awaited', () => {
    expect(primaryOf(play(paid, { type: 'hold', reason: 'Fraud?' }))).toEqual(['Release the hold']);
    const asked = play(shipped, { type: 'request-return', reason: 'Too small' });
    expect(primaryOf(asked)).toEqual(['Authorise r1']);
    const comes = play(asked, { type: 'authorise-return', return: 'r1' });
    expect(primaryOf(comes)).toEqual(['Receive r1']);
  });

  it('has at most two others beside it, all of which are allowed', () => {
    const likely = offered(paid).filter((action) => action.likely);
    expect(likely.length).toBeLessThanOrEqual(2);
    expect(likely.every(({ allowed, primary }) => allowed && !primary)).toBe(true);
  });
});

describe('as much as could be moved', () => {
  it('is stated of money and of units', () => {
    const { total } = placed().context.placement!;
    expect(labelled(placed(), 'Take payment')?.most).toMatchObject({
      amount: total.inclTax,
      payments: { p1: total.inclTax },
    });
    expect(labelled(paid, 'Take payment')?.most).toMatchObject({ amount: 0, payments: {} });
    expect(labelled(paid, 'Mark as shipped')?.most?.lines).toHaveProperty('A');
    expect(labelled(shipped, 'Mark as shipped')?.most?.lines).toEqual({});
  });
});
