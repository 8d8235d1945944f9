import type { Duration } from '../duration';

/** Commands that cannot be taken back once they are done, and may be made to wait. */
export const undoableCommands = [
  'take-payment',
  'refund',
  'void',
  'cancel',
  'record-shipping-event',
] as const;

export type UndoableCommand = (typeof undoableCommands)[number];

/** How long each command waits before it is done, so that whoever sent it may think again; not at all when absent. */
export type UndoRule = { readonly [C in UndoableCommand]?: Duration };
