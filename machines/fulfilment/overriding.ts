import type { CountedUnits } from '../events';
import type { OrderContext } from '../state';
import type { Shop } from '../table';
import { limitsOf } from './reach';
import { unitsAmong } from './units';

/** The rules of the shop that these units would go over, in sentences; none when all lets them pass. */
export function rulesGoneOver(
  shop: Shop,
  context: OrderContext,
  status: string,
  type: string,
  units: readonly CountedUnits[],
): string[] {
  const during = shop.shippingEvents[type]?.during ?? [];
  const limits = limitsOf(shop, context, type);
  const early = during.includes(status)
    ? []
    : [`${type} is recorded while the order is ${during.join(', ')}; it is ${status}.`];
  const broken = unitsAmong(context, units).flatMap(({ index, line, quantity }) =>
    limits(index)
      .filter(({ room }) => room < quantity)
      .map(({ says }) => `Line ${line.id}, ${quantity} asked: ${says}.`),
  );
  return [...early, ...broken];
}
