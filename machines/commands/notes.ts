import { needed, NOTE, staff, text, type CommandSpec } from './fields';

export const notesCommands = {
  'add-note': {
    says: 'Adds a note for the staff.',
    roles: staff,
    fields: { text: needed('The note.', NOTE) },
  },
  'edit-note': {
    says: 'Changes a note of one’s own, for five minutes after its last change.',
    roles: staff,
    fields: { note: needed('The id of the note.'), text: needed('What it says now.', NOTE) },
  },
  'send-message': {
    says: 'Sends the customer a message, once for its cause unless it is to be sent again.',
    roles: staff,
    fields: {
      kind: needed('The kind of message.'),
      again: { kind: 'flag', says: 'Also when it was sent before; false unless said.' },
      shippingEvent: text('The shipping event it speaks of; the newest that sends it unless said.'),
    },
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
