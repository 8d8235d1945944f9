import type { Address, CountedUnits } from '../events';
import type { Fact } from '../facts';
import { isKept, ofLine } from '../partners/lines';
import type { HandOverView } from '../partners/view';
import type { Refusal, RefusalCode } from '../refusals';
import type { LineView, OrderView } from './order';
import type { ShipmentView } from './tracking';

/** A line without what it costs. */
export type PartnerLineView = Omit<LineView, 'unitPrice' | 'priceBreakdown' | 'total' | 'tax'>;

/** An order as one fulfilment partner sees it: its own lines, where they go, and no money. */
export interface PartnerOrderView {
  readonly number: string;
  readonly version: number;
  readonly seq: number;
  readonly status: string;
  readonly onHold: boolean;
  readonly placedAt: string;
  readonly partner: string;
  readonly shippingAddress?: Address;
  readonly lines: readonly PartnerLineView[];
  /** What it was asked to send. */
  readonly handOvers: readonly HandOverView[];
  readonly shipments: readonly ShipmentView[];
}

/** The order as this partner may see it; undefined when no line of it is the partner's. */
export function viewForPartner(order: OrderView, partner: string): PartnerOrderView | undefined {
  const handOvers = order.handOvers.filter((each) => each.partner === partner);
  const kept = handOvers.filter(isKept);
  const own = order.lines.filter(
    (line) => line.partner === partner || kept.some((each) => ofLine(each, line.id)),
  );
  if (own.length === 0) return undefined;
  const isOwn = ({ id }: CountedUnits) => own.some((line) => line.id === id);
  const { number, version, seq, status, placedAt, shippingAddress } = order;
  return {
    number,
    version,
    seq,
    status,
    onHold: order.hold !== null,
    placedAt,
    partner,
    shippingAddress,
    lines: own.map(({ unitPrice: _, priceBreakdown: __, total: ___, tax: ____, ...line }) => {
      return { ...line, partner, quantities: goodsOf(line) };
    }),
    handOvers,
    shipments: order.shipments
      .map(({ override: _, ...shipment }) => ({ ...shipment, lines: shipment.lines.filter(isOwn) }))
      .filter(({ lines }) => lines.length > 0),
  };
}

/** The counts of goods, not of money: `remaining` has the shop's shipping event types, and no others. */
function goodsOf({ quantities, remaining }: Pick<LineView, 'quantities' | 'remaining'>) {
  const types = ['allocated', 'backordered', 'consumed', ...Object.keys(remaining)];
  return Object.fromEntries(Object.entries(quantities).filter(([type]) => types.includes(type)));
}

/** The facts about these lines, where they go and their stock, and the order's status; none about money. */
export function factsForPartner(facts: readonly Fact[], own: readonly string[]): readonly Fact[] {
  return facts.flatMap((fact): Fact[] => {
    switch (fact.type) {
      case 'order-status':
        return [fact];
      case 'line-status':
        return own.includes(fact.line) ? [fact] : [];
      case 'shipping-event': {
        const lines = fact.lines.filter(({ id }) => own.includes(id));
        return lines.length > 0 ? [{ ...fact, lines }] : [];
      }
      case 'stock': {
        const lines = fact.lines.filter(({ id }) => own.includes(id));
        return lines.length > 0 ? [{ ...fact, lines }] : [];
      }
      default:
        return [];
    }
  });
}

/** What stands in the way, where the reason is the shop's own business. */
const discreet: { readonly [C in RefusalCode]?: string } = {
  'on-hold': 'The order is on hold; the shop knows why.',
  'payment-outcome-unknown': 'The order waits for its payment; try again later.',
  'payment-declined': 'The payment for the order was declined; the shop knows more.',
  'invalid-payment-event': 'The payment for the order stands in the way; the shop knows more.',
  'gateway-unavailable': 'The payment for the order cannot be made right now; try again later.',
};
const figuresForPartners = ['order', 'status', 'event', 'during', 'present', 'wanted', 'expected'];

/** A refusal without the shop's money and its reasons. */
export function refusalForPartner({ guard, ...refusal }: Refusal): Refusal {
  const { code } = refusal;
  const detail = discreet[code];
  if (detail !== undefined) return { guard, code, detail, figures: {} };
  const figures = Object.entries(refusal.figures).filter(([name]) =>
    figuresForPartners.includes(name),
  );
  return { guard, ...refusal, figures: Object.fromEntries(figures) };
}
