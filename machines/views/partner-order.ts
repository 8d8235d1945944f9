import type { Address, CountedUnits } from '../events';
import type { Shipment } from '../state';
import type { LineView, OrderView } from './order';

/** A line without what it costs. */
export type PartnerLineView = Omit<LineView, 'unitPrice' | 'priceBreakdown'>;

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
  readonly shipments: readonly Shipment[];
}

/** The order as this partner may see it; undefined when no line of it is the partner's. */
export function viewForPartner(order: OrderView, partner: string): PartnerOrderView | undefined {
  const own = order.lines.filter((line) => line.partner === partner);
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
    lines: own.map(({ unitPrice: _, priceBreakdown: __, ...line }) => line),
    shipments: order.shipments
      .map((shipment) => ({ ...shipment, lines: shipment.lines.filter(isOwn) }))
      .filter(({ lines }) => lines.length > 0),
  };
}
