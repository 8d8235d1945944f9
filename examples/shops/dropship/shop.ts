import { defineShop } from '../../../machines/table';

/** A shop without a warehouse: partners are told of each order, and what they send is charged when it leaves. */
export default defineShop({
  name: 'Lamp & Chair',
  revision: 1,

  orders: {
    initial: 'Received',
    statuses: {
      Received: {
        next: ['With partners', 'To settle', 'Dropped'],
        whenCancelled: 'Dropped',
        whenUnpaid: { after: { days: 1 }, to: 'Dropped' },
        usually: { hours: 2 },
        enter: [{ send: 'order-received' }, { call: 'order-at-partners' }],
        tone: 'info',
      },
      'With partners': {
        next: ['Delivered', 'To settle', 'Dropped'],
        lines: 'With partner',
        whenShipped: 'Delivered',
        whenCancelled: 'Dropped',
        usually: { days: 4 },
        tone: 'warning',
      },
      // A partner could not be reached or said no: people find another one, or drop the order.
      'To settle': {
        next: ['With partners', 'Dropped'],
        whenCancelled: 'Dropped',
        usually: { hours: 8 },
        tone: 'danger',
      },
      // What the card still holds of dropped units is let go.
      Delivered: { next: [], lines: 'Sent', enter: ['void'], tone: 'success' },
      Dropped: {
        next: [],
        lines: 'Dropped',
        enter: [
          'cancel-units',
          'void',
          'refund',
          { call: 'cancel-at-partners' },
          { send: 'order-dropped' },
        ],
        tone: 'neutral',
      },
    },
  },

  lines: {
    initial: 'New',
    statuses: {
      New: { next: ['With partner', 'Dropped'], tone: 'info' },
      'With partner': { next: ['Sent', 'Dropped'], tone: 'warning' },
      Sent: { next: ['Returned'], tone: 'success' },
      Returned: { next: [], tone: 'neutral' },
      Dropped: { next: [], tone: 'neutral' },
    },
  },

  shippingEvents: {
    // Recorded by the partner's own key; the card is charged for what left, and for nothing else.
    Sent: {
      means: 'dispatched',
      during: ['With partners'],
      before: ['Dropped'],
      requires: 'authorised',
      lineStatus: 'Sent',
      obliges: ['capture', { send: 'parcel-sent' }],
    },
    Returned: {
      means: 'returned',
      during: ['With partners', 'Delivered'],
      after: ['Sent'],
      lineStatus: 'Returned',
    },
    Dropped: {
      means: 'cancelled',
      during: ['Received', 'With partners', 'To settle'],
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

  effects: {
    'order-at-partners': {
      says: 'sends each partner its lines of the order',
      whenDone: { become: 'With partners' },
      whenFailed: { become: 'To settle' },
      within: { hours: 4 },
    },
    'cancel-at-partners': { says: 'tells each partner that the order is dropped' },
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
