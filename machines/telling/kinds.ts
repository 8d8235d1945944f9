import { reachable } from '../pipeline';
import type { OrderContext, Shipment, Told } from '../state';
import type { Obligation, Shop } from '../table';

function sends(obligations: readonly Obligation[] | undefined, kind: string): boolean {
  return (obligations ?? []).some(
    (obligation) =>
      typeof obligation === 'object' && 'send' in obligation && obligation.send === kind,
  );
}

/** The order statuses whose entering sends this kind of message. */
export function statusesSending(shop: Shop, kind: string): string[] {
  const { statuses } = shop.orders;
  return Object.keys(statuses).filter((status) => sends(statuses[status]?.enter, kind));
}

/** The shipping event types whose recording sends it. */
export function eventsSending(shop: Shop, kind: string): string[] {
  const { shippingEvents } = shop;
  return Object.keys(shippingEvents).filter((type) => sends(shippingEvents[type]?.obliges, kind));
}

/** The shipping event that a message of this kind speaks of: the one named, or the newest that sends it. */
export function shipmentToTell(
  shop: Shop,
  { shipments }: OrderContext,
  kind: string,
  id?: string,
): Shipment | undefined {
  const types = eventsSending(shop, kind);
  const isMeant = (each: Shipment) => types.includes(each.event) && (id ?? each.id) === each.id;
  return shipments.findLast(isMeant);
}

/** Whether the order may have come through a status that sends it; nobody is told what never was. */
export function hasBeenTrue(shop: Shop, status: string, kind: string): boolean {
  const { statuses } = shop.orders;
  return statusesSending(shop, kind).some((sender) => reachable(statuses, sender).has(status));
}

/** When a message of this kind was last written for this cause. */
export function toldOf(
  { told }: OrderContext,
  kind: string,
  shippingEvent: string | undefined,
): Told | undefined {
  return told.find((each) => each.kind === kind && each.shippingEvent === shippingEvent);
}
