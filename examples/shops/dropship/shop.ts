import { defineShop } from '../../../machines/table';

/** A shop without a warehouse: partners are asked to send each order, and what they send is charged when it leaves. */
export default defineShop({
  name: 'Lamp & Chair',
  revision: 2,

  orders: {
    initial: 'Received',
    statuses: {
      Received: {
        next: ['With partners', 'Delivered', 'Dropped'],
        whenAccepted: 'With partners',
        whenShipped: 'Delivered',
        whenCancelled: 'Dropped',
        whenUnpaid: { after: { days: 1 }, to: 'Dropped' },
        enter: [{ send: 'order-received' }, 'hand-over'],
        tone: 'info',
      },
      'With partners': {
        next: ['Delivered', 'Dropped'],
        whenShipped: 'Delivered',
        whenCancelled: 'Dropped',
        tone: 'warning',
      },
      // What the card still holds of dropped units is let go.
      Delivered: { next: [], lines: 'Sent', enter: ['void'], tone: 'success' },
      Dropped: {
        next: [],
        lines: 'Dropped',
        enter: ['cancel-units', 'void', 'refund', { send: 'order-dropped' }],
        tone: 'neutral',
      },
    },
  },

  lines: {
    initial: 'New',
    statuses: {
      New: { next: ['With partner', 'Sent', 'Dropped'], tone: 'info' },
      'With partner': { next: ['Sent', 'Dropped'], tone: 'warning' },
      Sent: { next: ['Returned'], tone: 'success' },
      Returned: { next: [], tone: 'neutral' },
      Dropped: { next: [], tone: 'neutral' },
    },
  },

  shippingEvents: {
    // Said by the partner; the card is charged for what left, and for nothing else.
    Sent: {
      means: 'dispatched',
      during: ['Received', 'With partners'],
      before: ['Dropped'],
      requires: 'authorised',
      lineStatus: 'Sent',
      stock: 'consume',
      obliges: ['capture', { send: 'parcel-sent' }],
    },
    Returned: {
      means: 'returned',
      during: ['Received', 'With partners', 'Delivered'],
      after: ['Sent'],
      lineStatus: 'Returned',
    },
    Dropped: {
      means: 'cancelled',
      during: ['Received', 'With partners'],
      before: ['Sent'],
      lineStatus: 'Dropped',
      stock: 'release',
      obliges: ['void', 'refund', { send: 'units-dropped' }],
    },
  },

  paymentEvents: {
    Authorised: { means: 'authorise' },
    Charged: { means: 'capture' },
    Refunded: { means: 'refund' },
    Voided: { means: 'void' },
  },

  partners: {
    accept: { remind: { hours: 2 }, escalate: { hours: 8 }, giveUp: { days: 1 } },
    ship: { remind: { days: 2 }, escalate: { days: 4 } },
    // Each can send what the other sells; who can send neither asks people.
    whenDeclined: 'reroute',
    whenSilent: 'reroute',
    routes: { lumen: ['oak'], oak: ['lumen'], crate: ['oak', 'lumen'] },
    lines: { accepted: 'With partner' },
    // A partner's message that comes before what it follows from waits for it so long.
    park: { days: 3 },
  },

  returns: { within: { days: 30 }, expectWithin: { days: 21 } },
  messages: ['order-received', 'parcel-sent', 'order-dropped', 'units-dropped'],
  carriers: {
    dhl: { name: 'DHL', track: 'https://www.dhl.com/track?tracking-id={number}' },
    ups: { name: 'UPS', track: 'https://www.ups.com/track?tracknum={number}' },
  },
  overrides: { roles: ['admin'] },
  gateways: ['sandbox'],
  numbers: { prefix: 'LC-', from: 1000 },
  holdBlocks: ['set-status', 'record-shipping-event', 'take-payment'],
});
