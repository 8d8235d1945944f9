import { charges, minor, needed, staff, text, units, WHY, type CommandSpec } from './fields';

export const moneyCommands = {
  'take-payment': {
    says: 'Captures authorised money: an amount, or units and charges, or all that is left.',
    roles: staff,
    fields: {
      amount: { kind: 'number', says: 'Minor units of the order’s currency.' },
      lines: units('The units to charge.'),
      charges,
      payment: text('The payment to capture; without it, oldest first.'),
      shippingEvent: text('The shipping event it is for.'),
    },
  },
  refund: {
    says: 'Gives captured money back: an amount, or units and charges, or all of it.',
    roles: staff,
    fields: {
      amount: { kind: 'number', says: 'Minor units of the order’s currency.' },
      lines: units('The units to refund.'),
      charges,
      reason: needed('Why the money goes back.', WHY),
      payment: text('The payment to refund; without it, newest first.'),
      return: text(
        'The return whose received units it is for; lines and charges choose among them.',
      ),
      keep: minor("Minor units of the return's price that the shop keeps."),
    },
  },
  void: {
    says: 'Gives up authorisations that were not captured.',
    roles: staff,
    fields: { payment: text('The payment; without it, all of them.') },
  },
  'record-payment-event': {
    says: 'Records money that moved outside: a transfer, cash, a refund made at the bank.',
    roles: staff,
    fields: {
      event: needed("One of the shop's payment event types."),
      amount: { kind: 'number', says: 'Minor units of the order’s currency.', required: true },
      lines: units('The units it is for.'),
      reference: text('The reference it has outside.'),
      shippingEvent: text('The shipping event it is for.'),
    },
  },
} as const satisfies Record<string, CommandSpec>;
