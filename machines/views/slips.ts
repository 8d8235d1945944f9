import type { Address } from '../events';
import type { Shipment } from '../state';
import type { LineView, OrderView } from './order';

/** What one line of a slip is of. */
export interface SlipLine extends Pick<
  LineView,
  'id' | 'sku' | 'upc' | 'title' | 'partner' | 'notes'
> {
  readonly quantity: number;
}

/** What is to be fetched from the shelves for one order. */
export interface PickingSlip {
  readonly number: string;
  readonly placedAt: string;
  readonly shippingAddress?: Address;
  readonly shippingMethod?: string;
  /** Why nobody should pick it now, if it is held. */
  readonly hold?: string;
  /** Physical units that have neither left nor been cancelled; none when all is done. */
  readonly lines: readonly SlipLine[];
}

/** What is in one parcel, to be put into it. */
export interface PackingSlip extends Pick<PickingSlip, 'number' | 'placedAt' | 'shippingAddress'> {
  readonly shipment: string;
  readonly at: string;
  readonly reference?: string;
  readonly tracking?: Shipment['tracking'];
  readonly lines: readonly SlipLine[];
}

/** Units of one SKU over many orders, to be fetched in one walk. */
export interface PickedSku extends Pick<SlipLine, 'sku' | 'title' | 'quantity'> {
  readonly orders: readonly { readonly number: string; readonly quantity: number }[];
}

function slipLine(line: LineView, quantity: number): SlipLine {
  const { id, sku, upc, title, partner, notes } = line;
  return { id, sku, upc, title, partner, notes, quantity };
}

/** Units of a line that wait on a shelf: what the shop's dispatching events may still take. */
function waiting({ quantity, units }: LineView): number {
  return quantity - units.dispatched - units.cancelled;
}

export function pickingSlip(order: OrderView): PickingSlip {
  const { number, placedAt, shippingAddress, shipping, hold } = order;
  const lines = order.lines
    .filter((line) => line.kind === 'physical' && waiting(line) > 0)
    .map((line) => slipLine(line, waiting(line)));
  return {
    number,
    placedAt,
    shippingAddress,
    shippingMethod: shipping.method?.name,
    hold: hold?.reason,
    lines,
  };
}

/** The slip of one of the order's parcels; undefined when it has no such parcel. */
export function packingSlip(order: OrderView, shipment: string): PackingSlip | undefined {
  const parcel = order.shipments.find(({ id }) => id === shipment);
  if (!parcel) return undefined;
  const { number, placedAt, shippingAddress } = order;
  const { at, reference, tracking } = parcel;
  const lines = parcel.lines.flatMap(({ id, quantity }) => {
    const line = order.lines.find((each) => each.id === id);
    return line ? [slipLine(line, quantity)] : [];
  });
  return { number, placedAt, shippingAddress, shipment, at, reference, tracking, lines };
}

/** All slips as one walk along the shelves, by SKU; orders on hold are left out. */
export function pickingRound(slips: readonly PickingSlip[]): PickedSku[] {
  const round = new Map<string, PickedSku>();
  for (const { number, hold, lines } of slips) {
    if (hold !== undefined) continue;
    for (const { sku, title, quantity } of lines) {
      const known = round.get(sku) ?? { sku, title, quantity: 0, orders: [] };
      const orders = [...known.orders, { number, quantity }];
      round.set(sku, { ...known, quantity: known.quantity + quantity, orders });
    }
  }
  return [...round.values()].sort((a, b) => (a.sku < b.sku ? -1 : 1));
}
