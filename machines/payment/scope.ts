import { cancelledUnits } from '../fulfilment/units';
import { sum } from '../money';
import { promisedUnits } from '../returns/counts';
import { agreed, passed, type OrderContext } from '../state';
import type { MovementKind, Shop } from '../table';
import { balanceOf, onTheWay, refundable } from './balance';
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

/** Units of the line at an index that are not cancelled. */
function keptUnits(shop: Shop, context: OrderContext): (index: number) => number {
  const { lines } = agreed(context);
  const cancelled = cancelledUnits(shop, context);
  return (index) => (lines[index]?.quantity ?? 0) - cancelled(index);
}

export function captureScope(shop: Shop, context: OrderContext): Scope {
  const { owed, captured } = balanceOf(shop, context);
  return {
    kind: 'capture',
    type: typeOf(shop, 'capture'),
    room: owed - captured - onTheWay(context, ['capture']),
    limit: keptUnits(shop, context),
    charges: charges(agreed(context))
      .map(({ code }) => code)
      .filter((code) => !context.settledCharges.includes(code)),
  };
}

export function refundScope(shop: Shop, context: OrderContext): Scope {
  const settled = typeOf(shop, 'capture');
  const kept = keptUnits(shop, context);
  return {
    kind: 'refund',
    type: typeOf(shop, 'refund'),
    room: sum(context.payments.map(refundable)) - onTheWay(context, ['refund']),
    // The money of units cancelled after they were settled went back when they were cancelled.
    limit: (index) => {
      const line = context.lines[index];
      if (!line) return 0;
      return Math.min(passed(line, settled), kept(index)) - promisedUnits(context, line.id);
    },
    charges: context.settledCharges.filter((code) => !context.refundedCharges.includes(code)),
  };
}
