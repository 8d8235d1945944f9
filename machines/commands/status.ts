import { needed, staff, text, units, WHY, type CommandSpec } from './fields';

export const statusCommands = {
  'set-status': {
    says: 'Moves the order along its pipeline; the cascade moves its lines.',
    roles: staff,
    fields: {
      status: needed('The status wanted.'),
      note: text('Kept as a System note.', WHY),
    },
  },
  'set-line-status': {
    says: 'Moves whole lines along the line pipeline, all or none.',
    roles: staff,
    fields: { lines: units('The lines to move.', true), status: needed('The status wanted.') },
  },
  hold: {
    says: 'Stops the order until it is released.',
    roles: staff,
    fields: {
      reason: needed('Why.', WHY),
      until: { kind: 'time', says: 'When it is released by itself.' },
    },
  },
  'release-hold': { says: 'Lets a held order go on.', roles: staff, fields: {} },
} as const satisfies Record<string, CommandSpec>;
