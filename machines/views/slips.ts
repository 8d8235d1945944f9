import type { Address } from '../events';
import type { Shipment } from '../state';
import type { LineView, OrderView } from './order';

/** What one line of a slip is of. */
export interface SlipLine extends Pick<
  LineView,
  'id' | 'sku' | 'upc' | 'title' | 'partner' | 'notes'
> {
  readonly quantity: number;
  /** Where its units are held; none where its stock is not tracked, or waits for goods. */
  readonly from?: readonly Held[];
}

/** Units that a location holds for a line. */
export interface Held {
  readonly location: string;
  readonly quantity: number;
}

/** Where the units of a line are held, by the line's id. */
export type HeldByLine = ReadonlyMap<string, readonly Held[]>;

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

/** Units of one SKU at one location over many orders, to be fetched in one walk. */
export interface PickedSku extends Pick<SlipLine, 'sku' | 'title' | 'quantity'> {
  /** Absent for units that no location holds. */
  readonly location?: string;
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

export function pickingSlip(order: OrderView, held: HeldByLine = new Map()): PickingSlip {
  const { number, placedAt, shippingAddress, shipping, hold } = order;
  const lines = order.lines
    .filter((line) => line.kind === 'physical' && waiting(line) > 0)
    .map((line) => {
      const from = held.get(line.id);
      return { ...slipLine(line, waiting(line)), ...(from && { from }) };
    });
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

/** A line's units by where they are; what no location holds is nowhere in particular. */
function places({ quantity, from = [] }: SlipLine): (Partial<Held> & { quantity: number })[] {
  const elsewhere = quantity - from.reduce((sum, held) => sum + held.quantity, 0);
  return elsewhere > 0 ? [...from, { quantity: elsewhere }] : [...from];
}

/** All slips as one walk along the shelves, by location and SKU; orders on hold are left out. */
export function pickingRound(slips: readonly PickingSlip[]): PickedSku[] {
  const round = new Map<string, PickedSku>();
  for (const { number, hold, lines } of slips) {
    if (hold !== undefined) continue;
    for (const line of lines) {
      for (const { location, quantity } of places(line)) {
        const key = JSON.stringify([location ?? '', line.sku]);
        const { sku, title } = line;
        const known = round.get(key) ?? { sku, title, quantity: 0, orders: [], location };
        const orders = [...known.orders, { number, quantity }];
        round.set(key, { ...known, quantity: known.quantity + quantity, orders });
      }
    }
  }
  return [...round].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, picked]) => picked);
}
