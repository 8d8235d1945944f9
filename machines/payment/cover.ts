import { sum, written } from '../money';
import { agreed, passed, type OrderContext } from '../state';
import type { Shop, ShippingEventRule } from '../table';
import { balanceOf, capturable } from './balance';
import { typeOf } from './scope';

type Required = NonNullable<ShippingEventRule<string, string, string, string>['requires']>;

/** Units of a line whose money is there, and what is still to pay, in words. */
export interface Cover {
  readonly units: number;
  readonly says: string;
}

/**
 * Which units' money is there: all of them when the order's is, else those that were captured by
 * line. Money that was taken or held for no unit in particular covers none until it covers all.
 */
export function coverOf(
  shop: Shop,
  context: OrderContext,
  required: Required,
): (index: number) => Cover {
  const { owed, captured } = balanceOf(shop, context);
  const held = required === 'authorised' ? sum(context.payments.map(capturable)) : 0;
  const missing = owed - captured - held;
  const { lines, currency } = agreed(context);
  const settled = typeOf(shop, 'capture');
  const words = required === 'paid' ? 'paid' : 'authorised or paid';
  return (index) => {
    const ordered = lines[index]?.quantity ?? 0;
    if (missing <= 0) return { units: ordered, says: '' };
    const line = context.lines[index];
    const units = line ? passed(line, settled) : 0;
    const count = units === 0 ? 'none' : `only ${units}`;
    const says = `${count} of them ${units === 1 || units === 0 ? 'is' : 'are'} ${words}, and ${written(missing, currency)} of the order is still to pay`;
    return { units, says };
  };
}
