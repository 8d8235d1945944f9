import { cancelledUnits } from '../fulfilment/units';
import { sum } from '../money';
import { agreed, eachLine, passed, type OrderContext } from '../state';
import type { MovementKind, Shop } from '../table';
import { balanceOf, refundable } from './balance';
import { charges } from './prices';

/** The shop's payment event type of a kind of movement; a shop that names none uses the kind's own name. */
export function typeOf(shop: Shop, kind: MovementKind): string {
  const types = Object.keys(shop.paymentEvents);
  return types.find((type) => shop.paymentEvents[type]?.means === kind) ?? kind;
}

/** How far money may still move one way on an order. */
export interface Scope {
  readonly kind: 'capture' | 'refund';
  readonly type: string;
  /** Minor units. */
  readonly room: number;
  /** Units of the line at an index that may ever pass `type`. */
  readonly limit: (index: number) => number;
  /** Charges that may still move, by code. */
  readonly charges: readonly string[];
}

export function captureScope(shop: Shop, context: OrderContext): Scope {
  const lines = eachLine(context);
  const cancelled = cancelledUnits(shop, context);
  const { owed, captured } = balanceOf(shop, context);
  return {
    kind: 'capture',
    type: typeOf(shop, 'capture'),
    room: owed - captured,
    limit: (index) => (lines[index]?.agreed.quantity ?? 0) - cancelled(index),
    charges: charges(agreed(context))
      .map(({ code }) => code)
      .filter((code) => !context.settledCharges.includes(code)),
  };
}

export function refundScope(shop: Shop, context: OrderContext): Scope {
  const settled = typeOf(shop, 'capture');
  return {
    kind: 'refund',
    type: typeOf(shop, 'refund'),
    room: sum(context.payments.map(refundable)),
    limit: (index) => {
      const line = context.lines[index];
      return line ? passed(line, settled) : 0;
    },
    charges: context.settledCharges.filter((code) => !context.refundedCharges.includes(code)),
  };
}
