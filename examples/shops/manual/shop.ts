import { defineShop } from '../../../machines/table';

/** A potter who sells alone: bank transfers, pots made to order, parcels packed at the kitchen table. */
export default defineShop({
  name: 'Marta’s Pots',
  revision: 1,

  orders: {
    initial: 'Ordered',
    statuses: {
      Ordered: {
        next: ['To pack', 'Called off'],
        whenPaid: 'To pack',
        whenCancelled: 'Called off',
        whenUnpaid: { after: { days: 10 }, to: 'Called off' },
        enter: [{ send: 'how-to-pay' }],
        tone: 'info',
      },
      'To pack': {
        next: ['Sent', 'Called off'],
        lines: 'To pack',
        whenShipped: 'Sent',
        whenCancelled: 'Called off',
        usually: { days: 5 },
        enter: [{ send: 'money-came' }],
        tone: 'warning',
      },
      Sent: { next: [], lines: 'Sent', enter: ['consume'], tone: 'success' },
      'Called off': {
        next: [],
        lines: 'Called off',
        enter: ['cancel-units', 'void', 'refund', { send: 'called-off' }],
        tone: 'neutral',
      },
    },
  },

  lines: {
    initial: 'Ordered',
    statuses: {
      // A pot that is made to order is moved here by hand, and is packed from here.
      Ordered: { next: ['In the kiln', 'To pack', 'Called off'], tone: 'info' },
      'In the kiln': { next: ['To pack', 'Called off'], tone: 'warning' },
      'To pack': { next: ['In the kiln', 'Sent', 'Called off'], tone: 'warning' },
      Sent: { next: ['Back'], tone: 'success' },
      Back: { next: [], tone: 'neutral' },
      'Called off': { next: [], tone: 'neutral' },
    },
  },

  shippingEvents: {
    Posted: {
      means: 'dispatched',
      during: ['To pack'],
      before: ['Crossed out'],
      requires: 'paid',
      lineStatus: 'Sent',
      stock: 'consume',
      obliges: [{ send: 'posted' }],
    },
    'Came back': {
      means: 'returned',
      during: ['To pack', 'Sent'],
      after: ['Posted'],
      lineStatus: 'Back',
    },
    'Crossed out': {
      means: 'cancelled',
      during: ['Ordered', 'To pack'],
      before: ['Posted'],
      lineStatus: 'Called off',
      stock: 'release',
      obliges: ['void', 'refund', { send: 'crossed-out' }],
    },
  },

  paymentEvents: {
    Promised: { means: 'authorise' },
    Received: { means: 'capture' },
    'Sent back': { means: 'refund' },
    Forgone: { means: 'void' },
  },

  returns: { within: { days: 14 }, refundShipping: true },
  messages: ['how-to-pay', 'money-came', 'posted', 'called-off', 'crossed-out'],
  carriers: {
    post: {
      name: 'Deutsche Post',
      track: 'https://www.deutschepost.de/sendung/?form.sendungsnummer={number}',
    },
  },
  // Money comes by transfer or in cash: no card gateway is needed.
  gateways: [],
  numbers: { prefix: 'M{year}-', from: 1, digits: 4, each: 'year' },
  holdBlocks: ['set-status', 'record-shipping-event'],
});
