import { flag, minor, needed, staff, text, units, WHY, type CommandSpec } from './fields';
import { limits } from '../deciding/limits';

const which = needed("One of the order's returns, such as r1.");
const notify = flag('Whether the customer is told; true unless said otherwise.');

export const returnCommands = {
  'request-return': {
    says: 'Asks for units that have left to come back.',
    // A storefront asks on behalf of its customer.
    roles: [...staff, 'storefront'],
    fields: {
      lines: units('The units; without them, all that can come back.'),
      reason: needed('Why.', WHY),
      late: flag("Takes units back after the shop's time for it; not for a storefront."),
    },
  },
  'authorise-return': {
    says: 'Lets the goods of a return come.',
    roles: staff,
    fields: {
      return: which,
      instructions: text('How to send them.', WHY),
      notify,
    },
  },
  'decline-return': {
    says: 'Does not take the goods of a return back.',
    roles: staff,
    fields: { return: which, reason: needed('Why not.', WHY), notify },
  },
  'receive-return': {
    says: 'Records what came of a return: good, damaged, back on the shelf.',
    roles: staff,
    fields: {
      return: which,
      lines: {
        kind: 'received',
        says: 'What came, line by line; without it, all that is awaited, and good.',
        longest: limits.lines,
      },
      complete: flag('Nothing more is awaited: what did not come is given up.'),
      reference: text(
        "The carrier's or the warehouse's own reference; the return's id when absent.",
      ),
      notify,
    },
  },
  'close-return': {
    says: 'Ends a return as it stands: what has not come may be asked for again.',
    roles: staff,
    fields: { return: which, reason: needed('Why.', WHY) },
  },
  exchange: {
    says: 'Places an order that takes the place of returned goods, paid with what they cost.',
    roles: staff,
    fields: {
      return: which,
      lines: {
        kind: 'goods',
        says: 'The lines of the new order, at the agreed prices.',
        longest: limits.lines,
        required: true,
      },
      shipping: { kind: 'charge', says: 'The new order’s shipping charge.' },
      number: text("The new order's number; this one's with -X1, -X2, … when absent."),
      keep: minor("Minor units of the returned goods' price that the shop keeps."),
      reason: text('Why.', WHY),
    },
  },
} as const satisfies Record<string, CommandSpec>;
