import { needed, staff, text, units, WHY, type CommandSpec } from './fields';

const which = text(
  "One of the order's hand-overs, such as p1; all that this is about unless said.",
);

export const partnersCommands = {
  'hand-over': {
    says: 'Asks a fulfilment partner to send units; whoever had them before is told not to.',
    roles: staff,
    fields: {
      partner: text('The partner’s code; the one that each line was placed for unless said.', 100),
      lines: units('The units; without them, all that no partner has in hand.'),
    },
  },
  'accept-hand-over': {
    says: 'Says that a partner will send what it was asked for.',
    roles: [...staff, 'partner'],
    fields: {
      handOver: which,
      reference: text("The partner's own reference."),
      lines: units('The units; without them, all that it was asked for.'),
    },
  },
  'decline-hand-over': {
    says: 'Says that a partner will not send what it was asked for, nor has sent any of it.',
    roles: [...staff, 'partner'],
    fields: {
      handOver: which,
      lines: units('The units; without them, all that it was asked for.'),
      reason: needed('Why not.', WHY),
    },
  },
} as const satisfies Record<string, CommandSpec>;
