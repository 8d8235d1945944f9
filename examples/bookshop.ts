import { defineShop } from '../machines/table';

/** A bookshop: parcels are packed first, cards are charged when a parcel leaves, e-books are downloaded. */
export default defineShop({
  name: 'Corner Books',
  revision: 1,

  orders: {
    initial: 'New',
    statuses: {
      New: {
        next: ['Packing', 'Cancelled'],
        whenCancelled: 'Cancelled',
        whenUnpaid: { after: { days: 7 }, to: 'Cancelled' },
        enter: [{ send: 'thank-you' }],
        tone: 'info',
      },
      Packing: {
        next: ['Sent', 'Cancelled'],
        lines: 'Packing',
        whenShipped: 'Sent',
        whenCancelled: 'Cancelled',
        tone: 'warning',
      },
      Sent: { next: ['Closed'], lines: 'Sent', enter: ['consume'], tone: 'success' },
      Closed: { next: [], tone: 'neutral' },
      Cancelled: {
        next: [],
        lines: 'Cancelled',
        enter: ['cancel-units', 'void', 'refund', { send: 'order-cancelled' }],
        tone: 'neutral',
      },
    },
  },

  lines: {
    initial: 'New',
    statuses: {
      New: { next: ['Packing', 'Cancelled'], tone: 'info' },
      Packing: { next: ['Sent', 'Cancelled'], tone: 'warning' },
      Sent: { next: ['Back'], tone: 'success' },
      Back: { next: [], tone: 'neutral' },
      Cancelled: { next: [], tone: 'neutral' },
    },
  },

  shippingEvents: {
    Packed: { during: ['Packing'], before: ['Withdrawn'], kinds: ['physical'] },
    Dispatched: {
      means: 'dispatched',
      during: ['Packing'],
      after: ['Packed'],
      before: ['Withdrawn'],
      kinds: ['physical'],
      lineStatus: 'Sent',
      stock: 'consume',
      obliges: ['capture', { send: 'on-its-way' }],
    },
    Downloaded: {
      means: 'dispatched',
      during: ['Packing'],
      before: ['Withdrawn'],
      kinds: ['digital'],
      lineStatus: 'Sent',
      obliges: ['capture'],
    },
    'Came back': {
      means: 'returned',
      during: ['Packing', 'Sent'],
      after: ['Dispatched'],
      lineStatus: 'Back',
    },
    Withdrawn: {
      means: 'cancelled',
      during: ['New', 'Packing'],
      before: ['Dispatched', 'Downloaded'],
      lineStatus: 'Cancelled',
      stock: 'release',
      obliges: ['void', 'refund', { send: 'units-withdrawn' }],
    },
  },

  paymentEvents: {
    Reserved: { means: 'authorise' },
    Charged: { means: 'capture' },
    'Paid back': { means: 'refund' },
    'Let go': { means: 'void' },
  },

  messages: ['thank-you', 'on-its-way', 'order-cancelled', 'units-withdrawn'],
  gateways: ['sandbox'],
  numbers: { prefix: 'B', from: 1 },
  holdBlocks: ['set-status', 'record-shipping-event', 'take-payment', 'cancel'],
});
