import type { CommandSpec, Field } from './fields';

const words = (says: string): Field => ({ kind: 'words', says, longest: 100 });

export const tableCommands = {
  renew: {
    says: 'Moves the order to another table: a newer one of its shop.',
    roles: [],
    fields: {
      shop: {
        kind: 'table',
        says: 'The table; the shop’s present one when absent.',
        longest: 200_000,
      },
      statuses: words('Order statuses that are called otherwise now: { "old": "new" }.'),
      lineStatuses: words('Line statuses that are called otherwise now.'),
      shippingEvents: words('Shipping event types that are called otherwise now.'),
      paymentEvents: words('Payment event types; without them, the one that means the same.'),
    },
  },
} as const satisfies Record<string, CommandSpec>;
