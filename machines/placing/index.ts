import type { Placement } from '../events';
import { digitsOf, isCurrency } from '../money';
import { listed, type Fault, type Objection } from '../refusals';
import type { Shop } from '../table';
import { isTime, TIME } from '../time';
import { boundFaults } from './bounds';
import { lineFaults } from './lines';
import { paymentFaults } from './payments';
import { discountFaults } from './discounts';
import { taxFaults } from './taxes';
import { textFaults } from './texts';
import { amountFaults, partFaults, totalFaults } from './totals';

export { place, remembered } from './taking-in';

function headFaults(shop: Shop, placement: Placement): Fault[] {
  const faults: Fault[] = [];
  if (!isCurrency(placement.currency)) {
    const detail = `${placement.currency} is no currency of ISO 4217.`;
    faults.push({ pointer: '/currency', detail });
  }
  const statuses = Object.keys(shop.orders.statuses);
  if (!statuses.includes(placement.status)) {
    const detail = `${placement.status} is no order status of this shop; it has ${listed(statuses)}.`;
    faults.push({ pointer: '/status', detail });
  }
  if (!isTime(placement.placedAt)) faults.push({ pointer: '/placedAt', detail: TIME });
  if (placement.lines.length === 0) {
    faults.push({ pointer: '/lines', detail: 'An order has at least one line.' });
  }
  return faults;
}

/** Why this placement is no order the shop can take; every fault at once. */
export function objectToPlacement(shop: Shop, placement: Placement): Objection | undefined {
  const broken = [
    ...boundFaults(placement),
    ...textFaults(placement),
    ...headFaults(shop, placement),
    ...lineFaults(placement),
    ...amountFaults(placement),
  ];
  const errors =
    broken.length > 0
      ? broken
      : [
          ...discountFaults(placement),
          ...partFaults(placement),
          ...taxFaults(placement),
          ...totalFaults(placement),
          ...paymentFaults(shop, placement),
        ];
  if (errors.length === 0) return undefined;
  const unknownStatus = errors.length === 1 && errors[0]?.pointer === '/status';
  return {
    code: unknownStatus ? 'invalid-order-status' : 'invalid-order',
    detail: `Order ${placement.number}: ${errors.map(({ detail }) => detail).join(' ')}`,
    figures: { order: placement.number, digits: digitsOf(placement.currency) },
    ...(unknownStatus && { allowed: Object.keys(shop.orders.statuses) }),
    errors,
  };
}
