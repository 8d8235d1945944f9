import type { CountedUnits } from '../events';
import type { StoredOrder } from '../history';
import { written } from '../money';
import { balanceOf } from '../payment/balance';
import { agreed, upToDate, type Shipment } from '../state';
import { viewShipment } from './tracking';

/** What a message is about besides its order. */
export interface MessageCause {
  readonly shippingEvent?: string;
  readonly return?: string;
}

/** What the templates of messages are filled with: plain JSON, every amount as people write it. */
export type MessageView = Readonly<Record<string, unknown>>;

/** The words for one message: its order as it is now, and the parcel or return it speaks of. */
export function viewMessage(
  { number, shop, state: stored }: Omit<StoredOrder, 'seq' | 'version'>,
  { shippingEvent, return: returned }: MessageCause,
): MessageView {
  const { value, context } = upToDate(stored);
  const placement = agreed(context);
  const money = (amount: number) => written(amount, placement.currency);
  const { captured, refunded, balance } = balanceOf(shop, context);
  const lineOf = (id: string) => placement.lines.find((line) => line.id === id);
  const units = (counted: readonly CountedUnits[]) =>
    counted.map(({ id, quantity }) => {
      const { title, sku } = lineOf(id) ?? {};
      return { id, quantity, title, sku };
    });
  const parcel = (shipment: Shipment) => {
    const { event, at, reference, lines, tracking } = viewShipment(shop, shipment);
    return { event, at, reference, tracking, lines: units(lines) };
  };
  const shipment = context.shipments.find(({ id }) => id === shippingEvent);
  const back = context.returns.find(({ id }) => id === returned);
  const named = (charges: readonly { name: string; inclTax: number }[]) =>
    charges.map(({ name, inclTax }) => ({ name, amount: money(inclTax) }));
  return {
    shop: { name: shop.name },
    order: {
      number,
      status: value.status,
      placedAt: placement.placedAt,
      date: placement.placedAt.slice(0, 10),
      currency: placement.currency,
      customer: placement.customer,
      shippingAddress: placement.shippingAddress,
      billingAddress: placement.billingAddress,
      lines: placement.lines.map(
        ({ id, sku, title, kind, quantity, unitPrice, priceBreakdown }) => {
          const whole = priceBreakdown.reduce((sum, part) => sum + part.quantity * part.inclTax, 0);
          return {
            id,
            sku,
            title,
            kind,
            quantity,
            unitPrice: money(unitPrice.inclTax),
            amount: money(whole),
          };
        },
      ),
      shipping: placement.shipping && named([placement.shipping])[0],
      surcharges: named(placement.surcharges),
      discounts: named(placement.discounts.filter(({ kind }) => kind !== 'deferred')),
      total: money(placement.total.inclTax),
      tax: money(placement.total.inclTax - placement.total.exclTax),
      paid: money(captured),
      refunded: money(refunded),
      toPay: balance > 0 ? money(balance) : undefined,
      downloads: context.downloads,
    },
    parcel: shipment && parcel(shipment),
    return: back && {
      id: back.id,
      status: back.status,
      reason: back.reason,
      instructions: back.instructions,
      lines: units(back.lines),
    },
  };
}
