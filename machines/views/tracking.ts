import type { Tracking } from '../events';
import type { Shipment } from '../state';
import type { Shop } from '../table';

/** Where a parcel can be followed; a carrier that the shop does not know stays the text it is. */
export interface TrackingView extends Tracking {
  /** The carrier as customers know it. */
  readonly name?: string;
  readonly url?: string;
}

/** A shipment as it is shown. */
export type ShipmentView = Omit<Shipment, 'tracking'> & { readonly tracking?: TrackingView };

function carrierOf({ carriers = {} }: Shop, said: string) {
  const wanted = said.trim().toLowerCase();
  const known = Object.entries(carriers);
  const byCode = known.find(([code]) => code.toLowerCase() === wanted);
  return (byCode ?? known.find(([, { name }]) => name.toLowerCase() === wanted))?.[1];
}

/** A tracking number with its carrier's name and the link to follow it, as far as the shop knows them. */
export function viewTracking(shop: Shop, tracking: Tracking): TrackingView {
  const { carrier, number } = tracking;
  const known = carrier === undefined ? undefined : carrierOf(shop, carrier);
  const url = known?.track?.replaceAll('{number}', () => encodeURIComponent(number.trim()));
  return { ...tracking, ...(known && { name: known.name }), ...(url !== undefined && { url }) };
}

export function viewShipment(shop: Shop, { tracking, ...shipment }: Shipment): ShipmentView {
  return { ...shipment, ...(tracking && { tracking: viewTracking(shop, tracking) }) };
}
