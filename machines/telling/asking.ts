import type { EventOf } from '../events';
import type { Question } from '../guards/question';
import { listed, type Objection } from '../refusals';
import { agreed } from '../state';
import { eventsSending, hasBeenTrue, shipmentToTell, statusesSending, toldOf } from './kinds';

type Asked = Question<EventOf<'send-message'>>;

export function objectToKind({ shop, event: { kind } }: Asked): Objection | undefined {
  if (shop.messages.includes(kind)) return undefined;
  const detail = `There is no message ${JSON.stringify(kind)}; there is ${listed(shop.messages)}.`;
  const errors = [{ pointer: '/kind', detail }];
  return { code: 'validation', detail, allowed: shop.messages, errors };
}

export function objectToAddress({ context, event: { kind } }: Asked): Objection | undefined {
  const { number, customer } = agreed(context);
  if (customer.email) return undefined;
  const detail = `The customer of order ${number} has no e-mail address, so ${kind} cannot be sent: tell them in another way.`;
  return { code: 'cannot-tell', detail, figures: { order: number, kind } };
}

/** Nobody is told of a parcel that has not left, or of a status the order was never in. */
export function objectToTruth({ shop, status, context, event }: Asked): Objection | undefined {
  const { kind, shippingEvent } = event;
  const { number } = agreed(context);
  const [events, statuses] = [eventsSending(shop, kind), statusesSending(shop, kind)];
  const figures = { order: number, kind, status, shippingEvent };
  const shipment = shipmentToTell(shop, context, kind, shippingEvent);
  if (shippingEvent !== undefined && !shipment) {
    const detail = `Order ${number} has no shipping event ${shippingEvent} that ${kind} speaks of.`;
    const allowed = context.shipments.filter((each) => events.includes(each.event));
    const errors = [{ pointer: '/shippingEvent', detail }];
    return { code: 'cannot-tell', detail, figures, allowed: allowed.map(({ id }) => id), errors };
  }
  if (shipment || events.length + statuses.length === 0 || hasBeenTrue(shop, status, kind)) {
    return undefined;
  }
  const detail =
    statuses.length === 0
      ? `Order ${number} has no ${listed(events)} yet, of which ${kind} speaks.`
      : `Order ${number} is ${status}; ${kind} is for orders that became ${listed(statuses)}.`;
  return { code: 'cannot-tell', detail, figures };
}

export function objectToAgain({ shop, context, event }: Asked): Objection | undefined {
  const { kind, again, shippingEvent } = event;
  const shipment = shipmentToTell(shop, context, kind, shippingEvent)?.id;
  const told = toldOf(context, kind, shipment);
  if (!told || again) return undefined;
  const { number } = agreed(context);
  const of = shipment === undefined ? '' : ` for shipping event ${shipment}`;
  const detail = `Order ${number}: ${kind}${of} was written for the customer at ${told.at}; say "again": true to send it again.`;
  return {
    code: 'already-sent',
    detail,
    figures: { order: number, kind, at: told.at, shippingEvent: shipment },
    errors: [{ pointer: '/again', detail: 'Send true to write it again.' }],
  };
}
