import { needed, staff, text, units, WHY, type CommandSpec } from './fields';

export const fulfilmentCommands = {
  'record-shipping-event': {
    says: 'Records that units were shipped, returned, or whatever the shop calls its events.',
    // A partner says what left its own house: its own lines only.
    roles: [...staff, 'partner'],
    fields: {
      event: needed("One of the shop's shipping event types."),
      lines: units('The units; without them, all that may still pass.'),
      reference: text("The carrier's or partner's own reference."),
      location: text('Where the units leave; where they are held, unless said.'),
      tracking: { kind: 'tracking', says: 'Carrier and tracking number.' },
      notify: { kind: 'flag', says: 'Whether the customer is told; true unless said otherwise.' },
      override: {
        kind: 'override',
        says: 'Why to go over the rules between events; never over quantities, stock or a hold.',
        longest: WHY,
      },
    },
  },
  'send-downloads': {
    says: 'Asks the digital provider once more: what failed is tried again, what was delivered gets new links.',
    roles: staff,
    fields: { lines: units('The lines; without them, all.') },
  },
  cancel: {
    says: 'Cancels the whole order or some units: money back, stock free, customer told.',
    // A partner says what it will not send: its own lines only.
    roles: [...staff, 'partner'],
    fields: {
      lines: units('The units; without them, the whole order.'),
      reason: needed('Why.', WHY),
    },
  },
} as const satisfies Record<string, CommandSpec>;
