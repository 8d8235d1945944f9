import { objectToEdit } from '../notes/editing';
import { objectToAddress, objectToAgain, objectToKind, objectToTruth } from '../telling/asking';
import { on, type Guard } from './question';

/** What people write: notes to each other, messages to the customer. */
export const notesGuards = {
  noteIsYours: on('edit-note', ({ context, event }) => objectToEdit(context, event)),
  kindIsKnown: on('send-message', objectToKind),
  customerHasAddress: on('send-message', objectToAddress),
  messageIsTrue: on('send-message', objectToTruth),
  notSentBefore: on('send-message', objectToAgain),
} satisfies Record<string, Guard>;
