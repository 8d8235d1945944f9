import { describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { viewOrder } from '../../machines/views/order';
import { packingSlip, pickingRound, pickingSlip } from '../../machines/views/slips';
import { aLine, aMixedOrder, act, anOrder, placed, play, refusal } from './support';

const shown = (state: OrderState, number = '100001') =>
  viewOrder(shop, { number, version: 1, seq: 1, state });
const units = (lines: readonly { id: string; quantity: number }[]) =>
  lines.map(({ id, quantity }) => `${quantity} of ${id}`);

describe('a picking slip', () => {
  const paid = act(placed(aMixedOrder()), { type: 'take-payment' }).state;

  it('has the units that wait on a shelf, and nothing to download', () => {
    expect(units(pickingSlip(shown(paid)).lines)).toEqual(['3 of A', '2 of B']);
  });

  it('leaves out what has left and what never will', () => {
    const later = play(
      paid,
      { type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'A', quantity: 1 }] },
      { type: 'cancel', lines: [{ id: 'B' }], reason: 'sold out' },
    );
    expect(units(pickingSlip(shown(later)).lines)).toEqual(['2 of A']);
  });

  it('says that the order is held, and the walk along the shelves leaves it out', () => {
    const held = act(paid, { type: 'hold', reason: 'fraud' }).state;
    const slips = [pickingSlip(shown(held)), pickingSlip(shown(paid, '100002'))];
    expect(slips[0]?.hold).toBe('fraud');
    expect(pickingRound(slips)).toEqual([
      { sku: 'SKU-A', title: 'Mug', quantity: 3, orders: [{ number: '100002', quantity: 3 }] },
      { sku: 'SKU-B', title: 'Pot', quantity: 2, orders: [{ number: '100002', quantity: 2 }] },
    ]);
  });

  it('says where its units are held, and the walk goes from place to place', () => {
    const held = [
      { location: 'back', quantity: 2 },
      { location: 'shop', quantity: 1 },
    ];
    const slips = [
      pickingSlip(shown(placed(anOrder())), new Map([['A', held]])),
      pickingSlip(shown(placed(anOrder()), '100002'), new Map([['A', held.slice(0, 1)]])),
    ];
    expect(slips[0]?.lines).toMatchObject([{ id: 'A', quantity: 3, from: held }]);
    expect(pickingRound(slips)).toMatchObject([
      { sku: 'SKU-A', quantity: 1, orders: [{ number: '100002' }] },
      { location: 'back', quantity: 4 },
      { location: 'shop', quantity: 1, orders: [{ number: '100001' }] },
    ]);
  });

  it('gathers the units of one SKU over many orders (saleor-dashboard #263)', () => {
    const slips = ['1', '2', '3'].map((number) => pickingSlip(shown(placed(anOrder()), number)));
    expect(pickingRound(slips)).toMatchObject([{ sku: 'SKU-A', quantity: 9 }]);
  });
});

describe('a packing slip', () => {
  it('has what is in the parcel, and there is none of a parcel that is not there', () => {
    const lines = Array.from({ length: 42 }, (_, n) => aLine({ id: `L${n}`, quantity: 2 }));
    const state = play(
      placed(anOrder({ lines })),
      { type: 'take-payment' },
      {
        type: 'record-shipping-event',
        event: 'Shipped',
        lines: [{ id: 'L41', quantity: 1 }, { id: 'L0' }],
        tracking: { carrier: 'Royal Mail', number: 'RM1' },
      },
    );
    const slip = packingSlip(shown(state), '1');
    expect(slip).toMatchObject({ shipment: '1', tracking: { number: 'RM1' } });
    expect(units(slip?.lines ?? [])).toEqual(['1 of L41', '2 of L0']);
    expect(packingSlip(shown(state), '2')).toBeUndefined();
  });
});

describe('printing a slip', () => {
  it('is in the timeline', () => {
    const { facts } = act(placed(), { type: 'record-print', document: 'picking-slip' });
    expect(facts).toEqual([{ type: 'printed', document: 'picking-slip' }]);
  });

  it('is refused of a parcel that is not there', () => {
    const wrong = { type: 'record-print', document: 'packing-slip', shippingEvent: '7' } as const;
    expect(refusal(placed(), wrong)).toMatchObject({
      code: 'validation',
      detail: '7 is no shipping event of order 100001; it has nothing.',
    });
  });
});
