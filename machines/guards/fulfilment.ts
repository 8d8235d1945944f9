import { listed } from '../refusals';
import { agreed } from '../state';
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

  shipmentIsThere: on('record-print', ({ context, event: { shippingEvent } }) => {
    const ids = context.shipments.map(({ id }) => id);
    if (shippingEvent === undefined || ids.includes(shippingEvent)) return undefined;
    const { number } = agreed(context);
    const detail = `${shippingEvent} is no shipping event of order ${number}; it has ${listed(ids)}.`;
    return { code: 'validation', detail, errors: [{ pointer: '/shippingEvent', detail }] };
  }),
} satisfies Record<string, Guard>;
