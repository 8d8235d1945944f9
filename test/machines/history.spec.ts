import { describe, expect, it } from '@jest/globals';
import { shippingSummary, summaryOf } from '../../machines/history';
import shop from '../../machines/shop';
import { aMixedOrder, placed, play, send, unknown, type Told } from './support';

const three = aMixedOrder().lines.map((line) => ({ ...line, kind: 'physical' as const }));
const paid = play(placed(aMixedOrder({ lines: three })), { type: 'take-payment' });
const record = (event: string, ...lines: { id: string; quantity?: number }[]): Told => ({
  type: 'record-shipping-event',
  event,
  ...(lines.length > 0 && { lines }),
});

describe('the summary of an order', () => {
  it.each<[string, Told[]]>([
    ['none', []],
    ['3 of 6 Shipped', [record('Shipped', { id: 'A' })]],
    [
      '3 of 6 Shipped, 1 of 6 Returned',
      [record('Shipped', { id: 'A' }), record('Returned', { id: 'A', quantity: 1 })],
    ],
    ['Shipped', [record('Shipped')]],
    ['Shipped, 2 of 6 Returned', [record('Shipped'), record('Returned', { id: 'B' })]],
    ['Returned', [record('Shipped'), record('Returned')]],
    ['Shipped', [record('Cancelled', { id: 'B' }), record('Shipped')]],
    ['cancelled', [{ type: 'cancel', reason: 'asked' }]],
  ])('speaks of its parcels: %s', (words, events) => {
    expect(shippingSummary(shop, play(paid, ...events))).toBe(words);
  });

  it('says what waits for people and for the gateway', () => {
    const asked = send(placed(), { type: 'take-payment' }).state;
    const lost = send(asked, unknown(asked)).state;
    expect(summaryOf(shop, lost)).toMatchObject({
      status: 'Pending',
      paymentStatus: 'outcome unknown',
      onHold: false,
      needsAttention: false,
      balance: { owed: 3600, captured: 0, pending: 3600, balance: 3600 },
    });
  });
});
