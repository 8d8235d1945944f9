import { objectToCancel } from '../fulfilment/cancelling';
import { objectToShippingEvent } from '../fulfilment/shipping';
import { on, type Guard } from './question';

export const fulfilmentGuards = {
  unitsMayPass: on('record-shipping-event', ({ shop, status, context, event }) =>
    objectToShippingEvent(shop, context, status, event),
  ),

  cancellable: on('cancel', ({ shop, status, context, event }) =>
    objectToCancel(shop, context, status, event),
  ),
} satisfies Record<string, Guard>;
