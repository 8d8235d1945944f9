import { describe, expect, it } from '@jest/globals';
import { ordersOf } from '../../scripts/automated/orders';

describe('the orders of an automated run', () => {
  const orders = ordersOf(7, 50);

  it('are the same for the same seed, and others for another', () => {
    expect(ordersOf(7, 50)).toEqual(orders);
    expect(ordersOf(8, 50)).not.toEqual(orders);
  });

  it('meet every cruelty that there is', () => {
    const met = new Set(orders.flatMap(({ cruelty }) => cruelty?.name ?? []));
    expect(met.size).toBe(11);
  });

  it('are cruelly treated by one of their own partners, or called off by their customer', () => {
    for (const { request, cruelty, calledOff } of orders) {
      const partners = request.lines.map((line) => (line as { partner?: string }).partner);
      if (cruelty) expect(partners).toContain(cruelty.partner);
      expect(cruelty && calledOff).toBeUndefined();
    }
    expect(orders.some(({ calledOff }) => calledOff)).toBe(true);
  });
});
