import type { EventOf, ExchangeLine, PlacedLine, Placement, Price } from '../events';
import { sum } from '../money';
import { OFFLINE } from '../payment/balance';
import { agreed, type OrderContext } from '../state';
import type { Shop } from '../table';

function placedLine(line: ExchangeLine, position: number): PlacedLine {
  const { id = String(position + 1), quantity, unitPrice, kind = 'physical' } = line;
  const { trackStock = true } = line;
  return { ...line, id, kind, trackStock, priceBreakdown: [{ quantity, ...unitPrice }] };
}

function totalOf(lines: readonly PlacedLine[], shipping: Price | undefined): Price {
  const total = (side: keyof Price) =>
    sum(lines.map(({ quantity, unitPrice }) => quantity * unitPrice[side])) +
    (shipping?.[side] ?? 0);
  return { exclTax: total('exclTax'), inclTax: total('inclTax') };
}

/** The order that a return is exchanged for, as it will be placed; its numbers go on from the first one's. */
export function replacement(
  shop: Shop,
  context: OrderContext,
  event: EventOf<'exchange'>,
  value: number,
): { readonly placement: Placement; readonly transferred: number } {
  const { number: order, currency, customer, shippingAddress, billingAddress } = agreed(context);
  const { shipping, at: placedAt } = event;
  const number = event.number ?? `${order}-X${context.exchanges + 1}`;
  const lines = event.lines.map(placedLine);
  const total = totalOf(lines, shipping);
  const transferred = Math.min(value, total.inclTax);
  const reference = `${order}/${event.return}`;
  const payment = { gateway: OFFLINE, method: 'exchange', reference, amount: transferred };
  const placement: Placement = {
    number,
    currency,
    placedAt,
    source: 'exchange',
    customer,
    shippingAddress,
    billingAddress,
    lines,
    shipping,
    discounts: [],
    surcharges: [],
    total,
    payments: transferred > 0 ? [payment] : [],
    status: shop.orders.initial,
    exchangeOf: { order, return: event.return },
  };
  return { placement, transferred };
}
