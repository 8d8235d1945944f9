import { tell, type Draft } from '../deciding/draft';
import type { EventOf } from '../events';
import { shipmentToTell, toldOf } from './kinds';

/** Writes a message because somebody asked for it: the first of its cause, or one more. */
export function sendMessage(draft: Draft, event: EventOf<'send-message'>): void {
  const { shop, context } = draft;
  const { kind, shippingEvent } = event;
  const shipment = shipmentToTell(shop, context, kind, shippingEvent)?.id;
  const again = toldOf(context, kind, shipment) !== undefined;
  tell(draft, kind, shipment, again ? { again } : {});
}
