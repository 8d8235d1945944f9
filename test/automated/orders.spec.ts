import { describe, expect, it } from '@jest/globals';
import { goods } from '../../scripts/automated/goods';
import { ordersOf, type Planned } from '../../scripts/automated/orders';

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
    const partnersOf = ({ request }: Planned) =>
      request.lines.map(({ sku }) => goods.find((good) => good.sku === sku)?.partner);
    const [cruel, calledOff] = [
      orders.filter(({ cruelty }) => cruelty),
      orders.filter((each) => each.calledOff),
    ];
    expect(cruel.every((each) => partnersOf(each).includes(each.cruelty?.partner))).toBe(true);
    expect(calledOff.length).toBeGreaterThan(0);
    expect(cruel.filter((each) => calledOff.includes(each))).toEqual([]);
  });
});
