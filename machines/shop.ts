import { defineShop } from './table';

/** The default shop: edit this table, run `npm start`, and the shop is yours. */
export default defineShop({
  name: 'Default shop',
  revision: 1,

  orders: {
    initial: 'Pending',
    statuses: {
      Pending: {
        next: ['Being processed', 'Cancelled'],
        whenPaid: 'Being processed',
        whenCancelled: 'Cancelled',
        whenUnpaid: { after: { days: 14 }, to: 'Cancelled' },
        usually: { days: 10 },
        enter: [{ send: 'order-placed' }],
        tone: 'info',
      },
      'Being processed': {
        next: ['Complete', 'Cancelled'],
        lines: 'Being processed',
        usually: { days: 10 },
        whenShipped: 'Complete',
        whenCancelled: 'Cancelled',
        tone: 'warning',
      },
      Complete: { next: [], lines: 'Shipped', enter: ['consume'], tone: 'success' },
      Cancelled: {
        next: [],
        lines: 'Cancelled',
        enter: ['cancel-units', 'void', 'refund', { send: 'order-cancelled' }],
        tone: 'neutral',
      },
    },
  },

  lines: {
    initial: 'Pending',
    statuses: {
      Pending: { next: ['Being processed', 'Cancelled'], tone: 'info' },
      'Being processed': { next: ['Shipped', 'Cancelled'], tone: 'warning' },
      Shipped: { next: ['Returned'], tone: 'success' },
      Returned: { next: [], tone: 'neutral' },
      Cancelled: { next: [], tone: 'neutral' },
    },
  },

  shippingEvents: {
    Shipped: {
      means: 'dispatched',
      during: ['Being processed'],
      before: ['Cancelled'],
      lineStatus: 'Shipped',
      stock: 'consume',
      obliges: [{ send: 'order-shipped' }],
    },
    Downloaded: {
      means: 'dispatched',
      during: ['Being processed'],
      before: ['Cancelled'],
      kinds: ['digital'],
      lineStatus: 'Shipped',
      fulfilledBy: 'provider',
      obliges: [{ send: 'downloads-ready' }],
    },
    Returned: {
      means: 'returned',
      during: ['Being processed', 'Complete'],
      after: ['Shipped'],
      lineStatus: 'Returned',
    },
    Cancelled: {
      means: 'cancelled',
      during: ['Pending', 'Being processed'],
      before: ['Shipped', 'Downloaded'],
      lineStatus: 'Cancelled',
      stock: 'release',
      obliges: ['void', 'refund', { send: 'units-cancelled' }],
    },
  },

  paymentEvents: {
    Authorised: { means: 'authorise' },
    Settled: { means: 'capture' },
    Refunded: { means: 'refund' },
    Voided: { means: 'void' },
  },

  returns: {
    within: { days: 60 },
    expectWithin: { days: 21 },
    requested: [{ send: 'return-requested' }],
    authorised: [{ send: 'return-authorised' }],
    declined: [{ send: 'return-declined' }],
    received: [{ send: 'return-received' }],
    refunded: [{ send: 'return-refunded' }],
  },

  messages: [
    'order-placed',
    'order-shipped',
    'downloads-ready',
    'order-cancelled',
    'units-cancelled',
    'return-requested',
    'return-authorised',
    'return-declined',
    'return-received',
    'return-refunded',
  ],
  carriers: {
    dhl: {
      name: 'DHL',
      track: 'https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}',
    },
    dpd: { name: 'DPD', track: 'https://tracking.dpd.de/status/en_GB/parcel/{number}' },
    fedex: { name: 'FedEx', track: 'https://www.fedex.com/fedextrack/?trknbr={number}' },
    'royal-mail': {
      name: 'Royal Mail',
      track: 'https://www.royalmail.com/track-your-item#/tracking-results/{number}',
    },
    ups: { name: 'UPS', track: 'https://www.ups.com/track?tracknum={number}' },
    usps: {
      name: 'USPS',
      track: 'https://tools.usps.com/go/TrackConfirmAction?tLabels={number}',
    },
  },
  gateways: ['sandbox', 'store-credit'],
  authorisations: { renewBefore: { days: 1 } },
  numbers: { prefix: '', from: 100001 },
  vouchers: { whenCancelled: 'given-back' },
  holdBlocks: [
    'set-status',
    'set-line-status',
    'record-shipping-event',
    'take-payment',
    'exchange',
  ],
});
