import { objectToNotice } from '../tasks/refused';
import { objectToResolving } from '../tasks/resolving';
import { on, type Guard } from './question';

export const taskGuards = {
  taskIsOpen: on('resolve-task', ({ context, event }) => objectToResolving(context, event)),

  isNews: on('command.refused', ({ context, event }) => objectToNotice(context, event)),
} satisfies Record<string, Guard>;
