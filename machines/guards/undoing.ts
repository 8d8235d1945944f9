import { objectToOvertaking, objectToUndoing } from '../undoing/waiting';
import { on, type Guard } from './question';

export const undoingGuards = {
  noneWaits: ({ context }) => objectToOvertaking(context),

  undoable: on('undo', ({ context, event }) => objectToUndoing(context, event)),
} satisfies Record<string, Guard>;
