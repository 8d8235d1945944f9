import { describe, expect, it } from '@jest/globals';
import shop from '../../examples/shops/digital/shop';
import { faults } from '../../machines/faults';
import { aLine, anOrder, desk, figuresOf, later } from '../machines/support';

const { play, placed, refusal } = desk(shop);

const font = aLine({
  ...{ id: 'serif', sku: 'FONT-SERIF', title: 'A serif', quantity: 1 },
  ...{ kind: 'digital', trackStock: false, unitPrice: { exclTax: 4000, inclTax: 4800 } },
});
const order = () => anOrder({ lines: [font], status: 'Ordered' });

describe('a shop of digital goods only', () => {
  it('is sound', () => {
    expect(faults(shop)).toEqual([]);
  });

  it('charges the card when the order comes, asks for the licence and for the files', () => {
    const state = placed(order());
    expect(state.value.status).toBe('Paid');
    expect(figuresOf(state)).toMatchObject({ authorised: 4800, captured: 4800 });
    expect(state.context.calls).toMatchObject([{ name: 'issue-licence' }]);
    expect(state.context.digital).toMatchObject([
      { event: 'Delivered', lines: [{ id: 'serif', quantity: 1 }] },
    ]);
  });

  it('is over once the files were delivered', () => {
    const paid = placed(order());
    const done = play(paid, { type: 'record-shipping-event', event: 'Delivered' });
    expect(done.value.status).toBe('Delivered');
  });

  it('gives the money back when it is cancelled before, and cancels by itself what is unpaid', () => {
    const back = play(placed(order()), { type: 'cancel', reason: 'Wrong weight.' });
    expect(back.value.status).toBe('Cancelled');
    expect(figuresOf(back)).toMatchObject({ refunded: 4800 });

    const unpaid = placed({ ...order(), payments: [] });
    const deadline = { type: 'deadline', name: 'unpaid' } as const;
    expect(refusal(unpaid, { ...deadline, at: later(1) }).code).toBe('not-found');
    expect(play(unpaid, { ...deadline, at: later(2) }).value.status).toBe('Cancelled');
  });

  it('delivers nothing that is not paid', () => {
    const unpaid = placed({ ...order(), payments: [] });
    const paid = play(unpaid, { type: 'set-status', status: 'Paid' });
    const no = refusal(paid, { type: 'record-shipping-event', event: 'Delivered' });
    expect(no.code).toBe('invalid-shipping-event');
  });
});
