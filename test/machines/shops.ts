import { defineShop } from '../../machines/table';

/** A bakery: other words for everything, cards captured when a parcel leaves, holds that block all. */
export const bakery = defineShop({
  name: 'Bakery',
  revision: 3,
  orders: {
    initial: 'Wished',
    statuses: {
      Wished: {
        next: ['Baking', 'Dropped'],
        whenCancelled: 'Dropped',
        whenUnpaid: { after: { hours: 2 }, to: 'Dropped' },
      },
      Baking: {
        next: ['Eaten', 'Dropped'],
        lines: 'In the oven',
        whenShipped: 'Eaten',
        whenCancelled: 'Dropped',
      },
      Eaten: { next: [], enter: ['capture', 'void'] },
      Dropped: { next: [], lines: 'Gone', enter: ['cancel-units', 'void', 'refund'] },
    },
  },
  lines: {
    initial: 'Dough',
    statuses: {
      Dough: { next: ['In the oven', 'Gone'] },
      'In the oven': { next: ['On the bike', 'Gone'] },
      'On the bike': { next: [] },
      Gone: { next: [] },
    },
  },
  shippingEvents: {
    Left: {
      means: 'dispatched',
      during: ['Baking'],
      before: ['Binned'],
      lineStatus: 'On the bike',
      stock: 'consume',
      obliges: ['capture', { send: 'on-its-way' }],
    },
    Binned: {
      means: 'cancelled',
      during: ['Wished', 'Baking'],
      before: ['Left'],
      lineStatus: 'Gone',
      stock: 'release',
      obliges: ['void', 'refund'],
    },
  },
  paymentEvents: {
    Promised: { means: 'authorise' },
    Charged: { means: 'capture' },
    Returned: { means: 'refund' },
    Forgiven: { means: 'void' },
  },
  messages: ['on-its-way'],
  gateways: ['sandbox'],
  numbers: { prefix: 'B', from: 1 },
  holdBlocks: ['set-status', 'set-line-status', 'record-shipping-event', 'take-payment', 'cancel'],
});
