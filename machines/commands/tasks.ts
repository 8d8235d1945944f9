import { needed, staff, text, WHY, type CommandSpec } from './fields';

export const taskCommands = {
  'resolve-task': {
    says: 'Ends a task for people, with who ended it and why.',
    roles: staff,
    fields: {
      task: needed('The id of one of the order’s open tasks.'),
      note: text('What was done about it.', WHY),
    },
  },
} as const satisfies Record<string, CommandSpec>;
