import {
  charges,
  flag,
  minor,
  needed,
  shares,
  staff,
  text,
  units,
  WHY,
  type CommandSpec,
} from './fields';

export const moneyCommands = {
  'take-payment': {
    says: 'Captures authorised money: an amount, or units and charges, or all that is left.',
    roles: staff,
    fields: {
      amount: { kind: 'number', says: 'Minor units of the order’s currency.' },
      lines: units('The units to charge.'),
      charges,
      payment: text('The payment to capture; without it, oldest first.'),
      shares: shares('How much to capture of which payments; together all of it.'),
      final: flag('Lets go of whatever these authorisations still hold.'),
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
      shares: shares('How much to give back of which payments; together all of it.'),
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
      overpaid: flag('More came in than the order owes, and that is meant; false unless said.'),
    },
  },
  'confirm-payment': {
    says: 'Confirms that money came in for a payment outside every gateway: a transfer, cash on delivery.',
    roles: staff,
    fields: {
      payment: needed('The payment that it is for.'),
      amount: minor('Minor units that came in; all that is awaited of it unless said.'),
      reference: text('What the bank calls it; under one reference money comes in once.'),
    },
  },
  'settle-movement': {
    says: 'Says what became of money when the gateway cannot: after asking its people, never on a guess.',
    roles: staff,
    fields: {
      outcome: needed('moved or not-moved.'),
      movement: text('The key of the movement; there is one at a time.', 255),
      reference: text("The gateway's reference; an authorisation that took place needs it."),
      note: needed('How this is known.', WHY),
    },
  },
  undo: {
    says: 'Takes back a command that waits to be done.',
    roles: staff,
    fields: { command: needed('The id of the command.') },
  },
} as const satisfies Record<string, CommandSpec>;
