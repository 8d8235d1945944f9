import type { Price } from '../events';
import type { Shop } from '../table';
import type { OrderView } from './order';
import type { TrackingView } from './tracking';

/** An order as somebody sees it who has its link and its e-mail: what was bought, and where it is. */
export interface GuestOrderView {
  readonly number: string;
  readonly placedAt: string;
  readonly status: string;
  readonly currency: string;
  readonly payment: { readonly status: string };
  readonly shipping: { readonly summary: string };
  readonly lines: readonly {
    readonly title: string;
    readonly quantity: number;
    readonly status: string;
    readonly unitPrice: Price;
    readonly shipping: { readonly summary: string };
  }[];
  readonly parcels: readonly {
    readonly at: string;
    readonly event: string;
    readonly lines: readonly { readonly title: string; readonly quantity: number }[];
    readonly tracking?: TrackingView;
  }[];
  readonly discounts: readonly (Price & { readonly name: string })[];
  readonly charges: readonly (Price & { readonly name: string })[];
  readonly total: Price;
}

/** No address, no note, no payment's reference: a link may come into other hands. */
export function viewForGuest(shop: Shop, order: OrderView): GuestOrderView {
  const { number, placedAt, status, currency, payment, shipping, discounts, total } = order;
  const titles = new Map(order.lines.map(({ id, title }) => [id, title]));
  const priced = ({ name, exclTax, inclTax }: Price & { readonly name: string }) => {
    return { name, exclTax, inclTax };
  };
  const method = shipping.method ? [shipping.method] : [];
  return {
    number,
    placedAt,
    status,
    currency,
    payment: { status: payment.status },
    shipping: { summary: shipping.summary },
    lines: order.lines.map(({ title, quantity, status: line, unitPrice, shipping: sent }) => {
      return { title, quantity, status: line, unitPrice, shipping: sent };
    }),
    parcels: order.shipments
      .filter(({ event }) => shop.shippingEvents[event]?.means === 'dispatched')
      .map(({ at, event, lines, tracking }) => ({
        at,
        event,
        lines: lines.map(({ id, quantity }) => ({ title: titles.get(id) ?? id, quantity })),
        ...(tracking && { tracking }),
      })),
    discounts: discounts.map(priced),
    charges: [...method, ...order.surcharges].map(priced),
    total,
  };
}
