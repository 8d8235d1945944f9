import { defineShop } from '../../../machines/table';

/** A shop of fonts: the card is charged at once, the files follow at once, nothing is ever packed. */
export default defineShop({
  name: 'Letterbox Fonts',
  revision: 1,

  orders: {
    initial: 'Ordered',
    statuses: {
      Ordered: {
        next: ['Paid', 'Cancelled'],
        whenPaid: 'Paid',
        whenCancelled: 'Cancelled',
        whenUnpaid: { after: { hours: 2 }, to: 'Cancelled' },
        // Nobody has to press a button: what the card allows is taken when the order comes.
        enter: ['capture'],
        tone: 'info',
      },
      Paid: {
        next: ['Delivered', 'Cancelled'],
        lines: 'Paid',
        whenShipped: 'Delivered',
        whenCancelled: 'Cancelled',
        usually: { minutes: 30 },
        enter: [{ call: 'issue-licence' }],
        tone: 'warning',
      },
      Delivered: { next: [], lines: 'Delivered', tone: 'success' },
      Cancelled: {
        next: [],
        lines: 'Cancelled',
        enter: ['cancel-units', 'void', 'refund', { send: 'order-cancelled' }],
        tone: 'neutral',
      },
    },
  },

  lines: {
    initial: 'Ordered',
    statuses: {
      Ordered: { next: ['Paid', 'Cancelled'], tone: 'info' },
      Paid: { next: ['Delivered', 'Cancelled'], tone: 'warning' },
      Delivered: { next: [], tone: 'success' },
      Cancelled: { next: [], tone: 'neutral' },
    },
  },

  shippingEvents: {
    Delivered: {
      means: 'dispatched',
      during: ['Paid'],
      before: ['Cancelled'],
      kinds: ['digital'],
      requires: 'paid',
      fulfilledBy: 'provider',
      lineStatus: 'Delivered',
      obliges: [{ send: 'your-files' }],
    },
    Cancelled: {
      means: 'cancelled',
      during: ['Ordered', 'Paid'],
      before: ['Delivered'],
      lineStatus: 'Cancelled',
      stock: 'release',
      obliges: ['void', 'refund'],
    },
  },

  paymentEvents: {
    Authorised: { means: 'authorise' },
    Paid: { means: 'capture' },
    Refunded: { means: 'refund' },
    Voided: { means: 'void' },
  },

  effects: {
    'issue-licence': {
      says: 'writes a licence for each font',
      whenDone: { obliges: [{ send: 'your-licence' }] },
      within: { days: 2 },
    },
  },

  messages: ['your-files', 'your-licence', 'order-cancelled'],
  gateways: ['sandbox'],
  numbers: { prefix: 'F{year}{month}-', from: 1, digits: 5, each: 'month' },
  vouchers: { whenCancelled: 'given-back' },
  holdBlocks: ['set-status', 'record-shipping-event', 'take-payment'],
});
