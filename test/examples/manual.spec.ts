import { describe, expect, it } from '@jest/globals';
import shop from '../../examples/shops/manual/shop';
import { faults } from '../../machines/faults';
import { aLine, anOrder, desk, factsOf, later, lineOf } from '../machines/support';

const { act, play, refusal, placed, tell } = desk(shop);

const bowls = aLine({ id: 'bowl', quantity: 2, unitPrice: { exclTax: 2800, inclTax: 2800 } });
const vase = aLine({
  ...{ id: 'vase', title: 'Vase, made to order', quantity: 1, trackStock: false },
  unitPrice: { exclTax: 6000, inclTax: 6000 },
});
const ordered = () =>
  placed(
    anOrder({
      lines: [bowls, vase],
      payments: [{ gateway: 'offline', method: 'bank-transfer' }],
      status: 'Ordered',
    }),
  );
const transfer = { type: 'record-payment-event', event: 'Received', amount: 11600 } as const;
const post = (lines?: { id: string; quantity?: number }[]) =>
  ({ type: 'record-shipping-event', event: 'Posted', lines }) as const;

describe("a potter's shop", () => {
  it('is sound', () => {
    expect(faults(shop)).toEqual([]);
  });

  it('plays a day: money comes, one line waits for the kiln, two parcels leave', () => {
    const order = ordered();
    expect(order.value.status).toBe('Ordered');

    const paid = act(order, transfer);
    expect(paid.state.value.status).toBe('To pack');
    expect(factsOf(paid, 'message').map(({ kind }) => kind)).toEqual(['money-came']);

    const kiln = {
      type: 'set-line-status',
      lines: [{ id: 'vase' }],
      status: 'In the kiln',
    } as const;
    const first = play(paid.state, kiln, post([{ id: 'bowl' }]));
    expect([lineOf(first, 'bowl').status, lineOf(first, 'vase').status]).toEqual([
      'Sent',
      'In the kiln',
    ]);
    expect(first.value.status).toBe('To pack');

    const back = { ...kiln, status: 'To pack' } as const;
    const second = act(play(first, back), post());
    expect(second.state.value.status).toBe('Sent');
    expect(factsOf(second, 'message')).toHaveLength(1);
  });

  it('posts nothing that is not paid', () => {
    const packed = play(ordered(), { type: 'set-status', status: 'To pack' });
    expect(refusal(packed, post()).code).toBe('invalid-shipping-event');
    const half = play(packed, { ...transfer, amount: 5600, lines: [{ id: 'bowl' }] });
    expect(tell(half, post([{ id: 'bowl' }])).outcome).toBe('accepted');
    expect(refusal(half, post([{ id: 'vase' }])).code).toBe('invalid-shipping-event');
  });

  it('calls an order off by itself that nobody paid for ten days', () => {
    const deadline = { type: 'deadline', name: 'unpaid' } as const;
    expect(refusal(ordered(), { ...deadline, at: later(24 * 9) }).code).toBe('not-found');
    const off = act(ordered(), { ...deadline, at: later(24 * 10) });
    expect(off.state.value.status).toBe('Called off');
    expect(factsOf(off, 'stock')).toMatchObject([{ move: 'release', lines: [{ quantity: 2 }] }]);
    expect(factsOf(off, 'message')).toMatchObject([{ kind: 'called-off' }]);
  });

  it('takes a pot back and gives the money back by hand', () => {
    const sent = play(ordered(), transfer, post());
    const back = play(sent, {
      ...{ type: 'record-shipping-event', event: 'Came back' },
      lines: [{ id: 'bowl', quantity: 1 }],
    } as never);
    const refunded = play(back, {
      ...{ type: 'record-payment-event', event: 'Sent back', amount: 2800 },
      lines: [{ id: 'bowl', quantity: 1 }],
    } as never);
    expect(refunded.context.payments[0]?.refunded).toBe(2800);
    expect(lineOf(refunded, 'bowl').passed).toMatchObject({ 'Came back': 1, 'Sent back': 1 });
  });
});
