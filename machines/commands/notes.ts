import { needed, NOTE, staff, text, type CommandSpec } from './fields';

export const notesCommands = {
  'add-note': {
    says: 'Adds a note for the staff.',
    roles: staff,
    fields: { text: needed('The note.', NOTE) },
  },
  'record-print': {
    says: 'Writes down that a slip was printed.',
    roles: staff,
    fields: {
      document: needed('What was printed, such as picking-slip.'),
      shippingEvent: text('The shipping event that it is of.'),
    },
  },
} as const satisfies Record<string, CommandSpec>;
