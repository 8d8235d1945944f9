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

/** A shop of lamps that partners send: `nord` and `sued`, with `west` behind both. */
export const lamps = defineShop({
  name: 'Lamps',
  revision: 1,
  orders: {
    initial: 'New',
    statuses: {
      New: { next: ['Asked', 'Dropped'], whenCancelled: 'Dropped' },
      Asked: {
        next: ['Sending', 'Delivered', 'Dropped'],
        lines: 'With partner',
        whenAccepted: 'Sending',
        whenShipped: 'Delivered',
        whenCancelled: 'Dropped',
        enter: ['hand-over'],
      },
      Sending: {
        next: ['Delivered', 'Dropped'],
        whenShipped: 'Delivered',
        whenCancelled: 'Dropped',
      },
      Delivered: { next: [] },
      Dropped: { next: [], lines: 'Dropped', enter: ['cancel-units', 'void', 'refund'] },
    },
  },
  lines: {
    initial: 'New',
    statuses: {
      New: { next: ['With partner', 'Dropped'] },
      'With partner': { next: ['Promised', 'Sent', 'Dropped'] },
      Promised: { next: ['Sent', 'Dropped'] },
      Sent: { next: ['Back'] },
      Back: { next: [] },
      Dropped: { next: [] },
    },
  },
  shippingEvents: {
    Emailed: { means: 'dispatched', during: ['Asked', 'Sending'], kinds: ['digital'] },
    Sent: {
      means: 'dispatched',
      during: ['Asked', 'Sending'],
      before: ['Dropped'],
      kinds: ['physical'],
      lineStatus: 'Sent',
      obliges: [{ send: 'parcel-sent' }],
    },
    Back: {
      means: 'returned',
      during: ['Asked', 'Sending', 'Delivered'],
      after: ['Sent'],
      lineStatus: 'Back',
    },
    Dropped: {
      means: 'cancelled',
      during: ['New', 'Asked', 'Sending'],
      before: ['Sent'],
      lineStatus: 'Dropped',
      stock: 'release',
      obliges: ['void', 'refund'],
    },
  },
  paymentEvents: {
    Authorised: { means: 'authorise' },
    Charged: { means: 'capture' },
    Refunded: { means: 'refund' },
    Voided: { means: 'void' },
  },
  messages: ['parcel-sent'],
  gateways: ['sandbox'],
  numbers: { prefix: 'L', from: 1 },
  holdBlocks: ['set-status', 'record-shipping-event'],
  partners: {
    accept: { remind: { hours: 4 }, escalate: { hours: 8 }, giveUp: { hours: 24 } },
    ship: { remind: { hours: 48 }, escalate: { hours: 72 }, giveUp: { hours: 120 } },
    whenDeclined: 'reroute',
    whenSilent: 'reroute',
    routes: { nord: ['sued', 'west'], sued: ['west'] },
    lines: { accepted: 'Promised' },
    park: { days: 3 },
  },
});
