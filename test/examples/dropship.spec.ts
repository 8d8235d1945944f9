import { describe, expect, it } from '@jest/globals';
import shop from '../../examples/shops/dropship/shop';
import { faults } from '../../machines/faults';
import type { OrderState } from '../../machines/state';
import { aLine, anOrder, desk, factsOf, figuresOf, type Told } from '../machines/support';

const { act, play, refusal, placed, send } = desk(shop);

const lamp = { exclTax: 8000, inclTax: 9600 };
const lines = [
  aLine({ id: 'lamp', quantity: 2, unitPrice: lamp, partner: 'lumen', trackStock: false }),
  aLine({ id: 'chair', quantity: 1, unitPrice: lamp, partner: 'oak', trackStock: false }),
];
const ordered = () => placed(anOrder({ lines, status: 'Received' }));

/** What the shop's own effect answered to its last call. */
function answered(state: OrderState, name: string, outcome: 'done' | 'failed'): Told {
  const call = state.context.calls.findLast((each) => each.name === name)?.id;
  const said = outcome === 'done' ? {} : { why: 'oak does not answer.' };
  return { type: `effect.${outcome}`, call, name, ...said } as unknown as Told;
}
const sent = (id: string, quantity?: number): Told => ({
  type: 'record-shipping-event',
  event: 'Sent',
  lines: [{ id, quantity }],
  tracking: { carrier: 'dhl', number: 'JD1' },
});

describe("a drop-shipper's shop", () => {
  it('is sound', () => {
    expect(faults(shop)).toEqual([]);
  });

  it('plays a day: partners are told, each sends its own, and each parcel is charged', () => {
    const order = ordered();
    expect(order.context.calls).toMatchObject([{ name: 'order-at-partners' }]);
    expect(figuresOf(order)).toMatchObject({ authorised: 28800, captured: 0 });

    const told = play(order, answered(order, 'order-at-partners', 'done'));
    expect(told.value.status).toBe('With partners');
    expect(told.context.lines.map(({ status }) => status)).toEqual([
      'With partner',
      'With partner',
    ]);

    const first = act(told, sent('lamp', 1));
    expect(figuresOf(first.state)).toMatchObject({ captured: 9600 });
    expect(factsOf(first, 'message')).toMatchObject([{ kind: 'parcel-sent' }]);
    const rest = play(first.state, sent('chair'), sent('lamp'));
    expect(rest.value.status).toBe('Delivered');
    expect(figuresOf(rest)).toMatchObject({ captured: 28800 });
  });

  it('asks people to settle it when a partner says no, and gives the money back when it is dropped', () => {
    const order = ordered();
    const no = play(order, answered(order, 'order-at-partners', 'failed'));
    expect(no.value.status).toBe('To settle');
    const dropped = act(no, { type: 'set-status', status: 'Dropped' });
    expect(figuresOf(dropped.state)).toMatchObject({ voided: 28800, captured: 0 });
    expect(factsOf(dropped, 'effect-called')).toMatchObject([{ name: 'cancel-at-partners' }]);
  });

  it('sends nothing whose money is not held, unless an admin says why', () => {
    const unpaid = placed(anOrder({ lines, status: 'Received', payments: [] }));
    const told = play(unpaid, answered(unpaid, 'order-at-partners', 'done'));
    expect(refusal(told, sent('lamp')).detail).toContain('authorised');
    const override = { reason: 'Paid by cheque, seen today.' };
    const admin = { role: 'admin', name: 'Root' } as const;
    const done = send(told, { ...sent('lamp'), override, actor: admin } as Told);
    expect(factsOf(done, 'shipping-event')).toMatchObject([{ event: 'Sent' }]);
  });

  it('drops one line, and the other partner sends on', () => {
    const order = ordered();
    const told = play(order, answered(order, 'order-at-partners', 'done'));
    const without = play(told, { type: 'cancel', lines: [{ id: 'chair' }], reason: 'Sold out.' });
    const done = play(without, sent('lamp'));
    expect(done.value.status).toBe('Delivered');
    expect(figuresOf(done)).toMatchObject({ captured: 19200, voided: 9600 });
  });
});
