import { needed, NOTE, staff, type CommandSpec } from './fields';

export const notesCommands = {
  'add-note': {
    says: 'Adds a note for the staff.',
    roles: staff,
    fields: { text: needed('The note.', NOTE) },
  },
} as const satisfies Record<string, CommandSpec>;
